"""Members: respondents with a role, which they got by redeeming an invitation. Tokens are stored as hashes only."""

from dataclasses import dataclass
from datetime import datetime

from storage import audit, outbox
from storage.audit import Actor
from storage.database import Transaction
from storage.ids import MemberId, RespondentId
from storage.moment import from_text, to_text
from storage.respondents import Respondent, Role, find, respondent

_RANK: dict[Role | None, int] = {None: 0, "ambassador": 1, "staff": 2, "lead": 3}


@dataclass(frozen=True, slots=True)
class Member:
    """Who has a role, by pseudonym, and since when; `name` is what the audit log calls them."""

    id: MemberId
    name: str
    role: Role
    since: datetime


def invite(
    tx: Transaction, role: Role, token_hash: str, now: datetime, expires_at: datetime, by: Actor = "command line"
) -> None:
    """Let who knows the token behind `token_hash` take the role, once, before it expires."""
    tx.execute(
        """
        INSERT INTO invitations (token_hash, role, created_at, expires_at)
        VALUES (:token_hash, :role, :now, :expires_at)
        """,
        {"token_hash": token_hash, "role": role, "now": to_text(now), "expires_at": to_text(expires_at)},
    )
    audit.record(tx, by, "invited", f"{role} invitation {token_hash[:8]}", now)


def redeem(tx: Transaction, token_hash: str, respondent_id: RespondentId, now: datetime) -> Role | None:
    """Return the role that the person has now; None if there is no such invitation, or it was used, or is too old.

    A lower role than the person's own changes nothing, and leaves the invitation to someone else.
    """
    row = tx.execute(
        """
        SELECT role FROM invitations
        WHERE token_hash = :token_hash AND redeemed_at IS NULL AND expires_at > :now
        """,
        {"token_hash": token_hash, "now": to_text(now)},
    ).fetchone()
    person = find(tx, respondent_id)
    if row is None or person is None:
        return None
    role: Role = row[0]
    if person.role is not None and _RANK[role] <= _RANK[person.role]:
        return person.role
    tx.execute(
        "UPDATE invitations SET redeemed_at = :now, redeemed_by = :id WHERE token_hash = :token_hash",
        {"token_hash": token_hash, "id": respondent_id, "now": to_text(now)},
    )
    _set_role(tx, respondent_id, role, now)
    audit.record(tx, respondent_id, "joined", f"{role} invitation {token_hash[:8]}", now)
    return role


def members(tx: Transaction, role: Role | None = None) -> tuple[Respondent, ...]:
    """Return who has that role, or any role, the longest first."""
    rows = tx.execute(
        """
        SELECT id, channel, address, language, site, role, blocked_at IS NOT NULL, introduced, band
        FROM respondents JOIN contacts ON respondent_id = id
        WHERE role IS NOT NULL AND (:role IS NULL OR role = :role)
        ORDER BY role_changed_at, id
        """,
        {"role": role},
    )
    return tuple(respondent(row) for row in rows)


def roll(tx: Transaction) -> tuple[Member, ...]:
    """Return every member, the longest first."""
    rows = tx.execute(
        """
        SELECT id, number, role, role_changed_at FROM respondents JOIN member_numbers ON respondent_id = id
        WHERE role IS NOT NULL ORDER BY role_changed_at, id
        """
    )
    return tuple(Member(RespondentId(id_), f"member {number}", role, from_text(at)) for id_, number, role, at in rows)


def remove(tx: Transaction, member_id: MemberId, now: datetime, by: Actor = "command line") -> None:
    """Take the role away, at once: what waits for them as a member is not sent, what they reviewed is free for others.

    The person stays a respondent, and what they decided stands.
    """
    _set_role(tx, member_id, None, now)
    outbox.withhold(tx, member_id)
    tx.execute("DELETE FROM uploads WHERE respondent_id = :id", {"id": member_id})
    tx.execute("DELETE FROM claims WHERE member_id = :id", {"id": member_id})
    audit.record(tx, by, "removed", audit.named(tx, member_id), now)


def _set_role(tx: Transaction, respondent_id: RespondentId, role: Role | None, now: datetime) -> None:
    tx.execute(
        "UPDATE respondents SET role = :role, role_changed_at = :now WHERE id = :id",
        {"id": respondent_id, "role": role, "now": to_text(now)},
    )
