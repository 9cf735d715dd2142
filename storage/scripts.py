"""Versions of dialogues: immutable, named by the hash of their content; a release makes one the live version."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from dialogues import script as scripts
from dialogues.script import Script, ScriptHash, script_hash
from storage import audit
from storage.audit import Actor
from storage.database import Transaction
from storage.moment import to_text

_parsed = lru_cache(maxsize=64)(scripts.from_json)  # a hot path reads the same few versions, and parsing takes longer


@dataclass(frozen=True, slots=True)
class Live:
    """The version of a dialogue that a new conversation gets."""

    hash: ScriptHash
    dialogue: str
    script: Script


def store(tx: Transaction, script: Script, source: str, by: Actor | None, now: datetime) -> ScriptHash:
    """Keep a version with the text of its file, and return its name; a version already kept stays as it is.

    `by` None is the program itself, as when it sets up a new database.
    """
    name = script_hash(script)
    added = tx.execute(
        """
        INSERT INTO scripts (hash, dialogue, content, source, stored_at, stored_by)
        VALUES (:hash, :dialogue, :content, :source, :now, :by)
        ON CONFLICT DO NOTHING
        """,
        {
            "hash": name,
            "dialogue": script.dialogue,
            "content": scripts.to_json(script),
            "source": source,
            "now": to_text(now),
            "by": audit.member(by),
        },
    )
    if added.rowcount == 1:
        audit.record(tx, by or "program", "stored", f"set {name}", now)
    return name


def load(tx: Transaction, script_hash: ScriptHash) -> Script:
    """Return the version. Raises KeyError where there is none of that name."""
    row = tx.execute("SELECT content FROM scripts WHERE hash = :hash", {"hash": script_hash}).fetchone()
    if row is None:
        raise KeyError(script_hash)
    return _parsed(row[0])


def release(tx: Transaction, script_hash: ScriptHash, by: Actor | None, now: datetime) -> None:
    """Make it the live version of its dialogue; conversations that run stay with theirs."""
    tx.execute(
        "INSERT INTO releases (script_hash, released_at, released_by) VALUES (:hash, :now, :by)",
        {"hash": script_hash, "now": to_text(now), "by": audit.member(by)},
    )
    audit.record(tx, by or "program", "made live", f"set {script_hash}", now)


def live(tx: Transaction) -> tuple[Live, ...]:
    """Return the live version of every dialogue, in the order in which the dialogues were first released."""
    rows = tx.execute(
        """
        SELECT scripts.hash, scripts.dialogue, scripts.content
        FROM (
            SELECT max(releases.id) AS latest, min(releases.id) AS first
            FROM releases JOIN scripts ON scripts.hash = releases.script_hash
            GROUP BY scripts.dialogue
        )
        JOIN releases ON releases.id = latest
        JOIN scripts ON scripts.hash = releases.script_hash
        ORDER BY first
        """
    )
    return tuple(Live(ScriptHash(name), dialogue, _parsed(content)) for name, dialogue, content in rows)


def has_releases(tx: Transaction) -> bool:
    """Return whether anything was ever made live."""
    return tx.execute("SELECT 1 FROM releases LIMIT 1").fetchone() is not None
