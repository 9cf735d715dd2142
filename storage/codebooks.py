"""Versions of the codebook, as JSON; one of them is active."""

import json
from datetime import datetime

from storage import audit
from storage.audit import Actor
from storage.database import Transaction
from storage.moment import to_text


def store(tx: Transaction, codebook_id: str, version: str, content_json: str, now: datetime) -> None:
    """Keep a version; one that is already kept stays as it is."""
    tx.execute(
        """
        INSERT INTO codebooks (version, codebook, content, stored_at) VALUES (:version, :codebook, :content, :now)
        ON CONFLICT DO NOTHING
        """,
        {"version": version, "codebook": codebook_id, "content": content_json, "now": to_text(now)},
    )


def activate(tx: Transaction, version: str, now: datetime, by: Actor = "program") -> None:
    """Tag by that version from now on; what could not be tagged by another gets a new try.

    Activating the active version changes nothing. Breaks a rule (RuleBrokenError) if the version was never stored.
    """
    found = active(tx)
    if found is not None and found[0] == version:
        return
    tx.execute(
        "INSERT INTO activations (version, activated_at) VALUES (:version, :now)",
        {"version": version, "now": to_text(now)},
    )
    tx.execute("DELETE FROM tagging_failures")
    audit.record(tx, by, "activated", f"codebook {version[:16]}", now)


def active(tx: Transaction) -> tuple[str, str] | None:
    """Return the version to tag by and its content, None before the first was activated."""
    row = tx.execute(
        """
        SELECT codebooks.version, codebooks.content
        FROM activations JOIN codebooks ON codebooks.version = activations.version
        ORDER BY activations.id DESC LIMIT 1
        """
    ).fetchone()
    return None if row is None else (row[0], row[1])


def theme_ids(tx: Transaction) -> dict[str, frozenset[str]]:
    """Return the ids of the themes of every version that is kept."""
    rows = tx.execute(
        """
        SELECT version, json_group_array(json_extract(theme.value, '$.id'))
        FROM codebooks, json_each(codebooks.content, '$.themes') AS theme
        GROUP BY version
        """
    )
    return {version: frozenset(json.loads(ids)) for version, ids in rows}
