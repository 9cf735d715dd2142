"""What members, the command line and the program did: a list that is only added to, each entry chained to the last.

An entry holds ids and verbs, no words and no names. Its hash covers the hash before it, so that changing, dropping or
inserting one shows in every later hash. Whoever can rewrite the whole file can build the chain anew; a head that was
noted elsewhere shows that too (`holds`). A member stands here by a number, which is forgotten when they are deleted.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from storage.database import Transaction
from storage.ids import MemberId
from storage.moment import from_text, to_text

Actor: TypeAlias = MemberId | Literal["command line", "program"]
"""Who did it: a member, somebody at the machine, or the program by itself."""

DEED = re.compile(r"[a-z]{1,20}( [a-z]{1,20})?")
ABOUT = re.compile(r"[a-z]{1,20}( [a-z]{1,20})?( [0-9a-z-]{1,16})?")
BEFORE_THE_FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody did something: `about` is what it was done to, as in "alert 3"; `hash` chains it to the one before."""

    seq: int
    at: datetime
    actor: str
    deed: str
    about: str
    hash: str


def record(tx: Transaction, actor: Actor, deed: str, about: str, now: datetime) -> None:
    """Add an entry, in the transaction of what it tells of.

    Raises ValueError where `deed` or `about` is more than a verb, or a kind with its id: no words can get in.
    """
    if not DEED.fullmatch(deed) or not ABOUT.fullmatch(about):
        raise ValueError("an audit entry holds a verb of ours, a kind and an id")
    last = head(tx)
    seq, before = (last.seq + 1, last.hash) if last else (1, BEFORE_THE_FIRST)
    by = member(actor)
    who = named(tx, by) if by else actor
    at = to_text(now)
    tx.execute(
        """
        INSERT INTO audit (seq, at, actor, deed, about, hash) VALUES (:seq, :at, :actor, :deed, :about, :hash)
        """,
        {
            "seq": seq,
            "at": at,
            "actor": who,
            "deed": deed,
            "about": about,
            "hash": _hash(before, seq, at, who, deed, about),
        },
    )


def member(actor: Actor | None) -> MemberId | None:
    """Return the member that the actor is, None where it is none."""
    return None if actor in (None, "command line", "program") else MemberId(actor)


def named(tx: Transaction, member_id: MemberId) -> str:
    """Return what the member is called here, such as "member 7"; a number is never used again."""
    tx.execute(
        "INSERT INTO member_numbers (respondent_id) VALUES (:id) ON CONFLICT (respondent_id) DO NOTHING",
        {"id": member_id},
    )
    row = tx.execute("SELECT number FROM member_numbers WHERE respondent_id = :id", {"id": member_id}).fetchone()
    return f"member {row[0]}"


def entries(tx: Transaction) -> Iterator[Entry]:
    """Yield every entry, the oldest first."""
    for seq, at, actor, deed, about, hashed in tx.execute(f"{_COLUMNS} ORDER BY seq"):
        yield Entry(seq, from_text(at), actor, deed, about, hashed)


def head(tx: Transaction) -> Entry | None:
    """Return the latest entry, None before the first."""
    row = tx.execute(f"{_COLUMNS} ORDER BY seq DESC LIMIT 1").fetchone()
    return None if row is None else Entry(row[0], from_text(row[1]), *row[2:])


def first_broken(tx: Transaction) -> int | None:
    """Return the number of the first entry that does not follow from the one before it, None if all do."""
    before = BEFORE_THE_FIRST
    for expected, row in enumerate(tx.execute(f"{_COLUMNS} ORDER BY seq"), start=1):
        *columns, found = row
        if row[0] != expected or found != _hash(before, *columns):
            return expected
        before = found
    return None


def holds(tx: Transaction, noted: str) -> bool:
    """Return whether a head that was noted earlier is still in the chain."""
    return tx.execute("SELECT 1 FROM audit WHERE hash = :hash", {"hash": noted}).fetchone() is not None


_COLUMNS = "SELECT seq, at, actor, deed, about, hash FROM audit"


def _hash(before: str, *columns: str | int) -> str:
    """Return SHA-256 of the hash before and the entry as compact JSON in ASCII."""
    canonical = json.dumps([before, *columns], separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
