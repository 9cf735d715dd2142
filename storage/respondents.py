"""People by pseudonym: meeting them, what is known of them, forgetting them. An address stands in `contacts` only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from storage.database import Transaction
from storage.ids import RespondentId
from storage.moment import from_text, to_text

Role: TypeAlias = Literal["ambassador", "staff", "lead"]


@dataclass(frozen=True, slots=True)
class Respondent:
    """A person, and where to reach them; `blocked` when they do not want our messages.

    `introduced` names the wording of the introduction that they were shown last, `band` is their age group.
    """

    id: RespondentId
    channel: str
    address: str
    language: str | None
    site: str | None
    role: Role | None
    blocked: bool
    introduced: str | None = None
    band: str | None = None


def meet(tx: Transaction, channel: str, address: str, new_id: str, now: datetime) -> Respondent:
    """Return who writes from that address, as `new_id` if they are new. Who writes does not block us any more."""
    row = tx.execute(
        """
        SELECT respondent_id FROM contacts
        WHERE channel = :channel AND address = :address AND leaving = 0
        """,
        {"channel": channel, "address": address},
    ).fetchone()
    if row is None:
        add(tx, RespondentId(new_id), channel, address, now)
    else:
        _note_seen(tx, RespondentId(row[0]), now)
    found = find(tx, RespondentId(new_id if row is None else row[0]))
    assert found is not None  # noqa: S101 - both branches above leave the rows in this transaction
    return found


def _note_seen(tx: Transaction, respondent_id: RespondentId, now: datetime) -> None:
    """Note that the person was here today; of the time, the day is all that is kept."""
    tx.execute(
        """
        UPDATE contacts SET blocked_at = NULL, seen_on = :today
        WHERE respondent_id = :id AND (blocked_at IS NOT NULL OR seen_on IS NOT :today)
        """,
        {"id": respondent_id, "today": now.date().isoformat()},
    )


def add(
    tx: Transaction, respondent_id: RespondentId, channel: str, address: str, now: datetime, *, leaving: bool = False
) -> None:
    """Store a new person at an address; one that is leaving stays only until they were told so."""
    tx.execute("INSERT INTO respondents (id, joined_at) VALUES (:id, :now)", {"id": respondent_id, "now": to_text(now)})
    tx.execute(
        """
        INSERT INTO contacts (respondent_id, channel, address, leaving, seen_on)
        VALUES (:id, :channel, :address, :leaving, :today)
        """,
        {
            "id": respondent_id,
            "channel": channel,
            "address": address,
            "leaving": leaving,
            "today": now.date().isoformat(),
        },
    )


def find(tx: Transaction, respondent_id: RespondentId) -> Respondent | None:
    """Return the person, None where there is none of that id."""
    row = tx.execute(
        """
        SELECT id, channel, address, language, site, role, blocked_at IS NOT NULL, introduced, band
        FROM respondents JOIN contacts ON respondent_id = id WHERE id = :id
        """,
        {"id": respondent_id},
    ).fetchone()
    return None if row is None else respondent(row)


def respondent(
    row: tuple[str, str, str, str | None, str | None, Role | None, int, str | None, str | None],
) -> Respondent:
    """Return the person of a row with the columns of `Respondent`."""
    respondent_id, channel, address, language, site, role, blocked, introduced, band = row
    return Respondent(
        RespondentId(respondent_id), channel, address, language, site, role, bool(blocked), introduced, band
    )


def joined_at(tx: Transaction, respondent_id: RespondentId) -> datetime:
    """Return when the person first wrote. Raises KeyError where there is none of that id."""
    row = tx.execute("SELECT joined_at FROM respondents WHERE id = :id", {"id": respondent_id}).fetchone()
    if row is None:
        raise KeyError(respondent_id)
    return from_text(row[0])


def set_language(tx: Transaction, respondent_id: RespondentId, language: str) -> None:
    """Speak that language with the person from now on."""
    tx.execute(
        "UPDATE respondents SET language = :language WHERE id = :id", {"id": respondent_id, "language": language}
    )


def set_site(tx: Transaction, respondent_id: RespondentId, site: str | None) -> None:
    """Count what the person begins from now on to that site."""
    tx.execute("UPDATE respondents SET site = :site WHERE id = :id", {"id": respondent_id, "site": site})


def set_introduced(tx: Transaction, respondent_id: RespondentId, wording: str) -> None:
    """Note that the person was shown the introduction in that wording."""
    tx.execute("UPDATE respondents SET introduced = :wording WHERE id = :id", {"id": respondent_id, "wording": wording})


def set_band(tx: Transaction, respondent_id: RespondentId, band: str) -> None:
    """Count what the person begins from now on to that age group."""
    tx.execute("UPDATE respondents SET band = :band WHERE id = :id", {"id": respondent_id, "band": band})


_UNDECIDED = """
    SELECT id FROM respondents JOIN contacts ON contacts.respondent_id = id
    WHERE joined_at < :before AND role IS NULL AND leaving = 0
        AND NOT EXISTS (SELECT 1 FROM conversations WHERE conversations.respondent_id = respondents.id)
        AND NOT EXISTS (SELECT 1 FROM alerts WHERE alerts.respondent_id = respondents.id)
        AND NOT EXISTS (SELECT 1 FROM complaints WHERE complaints.respondent_id = respondents.id)
"""


def undecided(tx: Transaction, met_before: datetime) -> tuple[RespondentId, ...]:
    """Return who first wrote before then and never began a conversation, nor has an alert or complaint; no members.

    It looks at everybody: some 0.4 s of processor time for 100,000 people.
    """
    rows = tx.execute(f"{_UNDECIDED} ORDER BY joined_at", {"before": to_text(met_before)})
    return tuple(RespondentId(name) for (name,) in rows)


def forget_undecided(tx: Transaction, respondent_id: RespondentId, met_before: datetime) -> None:
    """Forget who is undecided still: they may have begun something since `undecided` looked."""
    found = tx.execute(f"{_UNDECIDED} AND id = :id", {"before": to_text(met_before), "id": respondent_id})
    if found.fetchone() is not None:
        forget(tx, respondent_id)


def mark_blocked(tx: Transaction, respondent_id: RespondentId, now: datetime) -> None:
    """Send the person nothing until they write again; someone leaving is forgotten unheard."""
    tx.execute(
        "UPDATE contacts SET blocked_at = :now WHERE respondent_id = :id", {"id": respondent_id, "now": to_text(now)}
    )
    if tx.execute("SELECT 1 FROM contacts WHERE respondent_id = :id AND leaving = 1", {"id": respondent_id}).fetchone():
        forget(tx, respondent_id)


def first_of_album(tx: Transaction, respondent_id: RespondentId, album: str) -> bool:
    """Return whether this is the first part of an album. Only the latest album is kept: parts arrive one by one."""
    changed = tx.execute(
        "UPDATE contacts SET album = :album WHERE respondent_id = :id AND album IS NOT :album",
        {"id": respondent_id, "album": album},
    )
    return changed.rowcount == 1


def forget(tx: Transaction, respondent_id: RespondentId, *, wipe: bool = True) -> bool:
    """Delete everything that the person gave; False where there is none of that id. `Database.purge` must follow.

    Decisions that they took as a member stay, without saying whose they were. Without `wipe` no purge is due: for a
    stranger who was met only now, since else anyone could have the file rewritten. A group's goodbye needs none either.
    """
    group = _is_group_told(tx, respondent_id)
    deleted = tx.execute("DELETE FROM respondents WHERE id = :id", {"id": respondent_id}).rowcount == 1
    if deleted and wipe and not group:
        tx.execute("INSERT INTO purge_due DEFAULT VALUES")
    return deleted


def _is_group_told(tx: Transaction, respondent_id: RespondentId) -> bool:
    """Return whether this is a group, kept only until it was answered: the addresses of those are negative numbers."""
    row = tx.execute(
        "SELECT 1 FROM contacts WHERE respondent_id = :id AND leaving = 1 AND address LIKE '-%'", {"id": respondent_id}
    ).fetchone()
    return row is not None
