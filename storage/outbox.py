"""What is to be sent: stored in the transaction that causes it, sent after it, and deleted once it was sent.

Only the number that the channel gave to the message of a question stays, so that its buttons can be changed later.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from storage import respondents
from storage.database import Transaction
from storage.ids import ConversationId, OutboxId, RespondentId
from storage.moment import from_text, to_text

Kind: TypeAlias = Literal["message", "edit", "export", "mydata"]
Buttons: TypeAlias = tuple[tuple[tuple[str, str], ...], ...]
"""Row by row, what each button says and the token that it sends back."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something to send.

    `edits` is the channel's number of the message to edit; None with the kind "edit" means the message that was sent
    for this conversation and revision. What is for `members_only` is withheld from who is none any more. It goes
    unsent with the person whom it `quotes`, if another than it is sent to.
    """

    kind: Kind
    text: str
    buttons: Buttons = ()
    conversation: ConversationId | None = None
    revision: int | None = None
    edits: int | None = None
    members_only: bool = False
    quotes: RespondentId | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something to send now, and where to; `outgoing.edits` is filled in where it is known by now."""

    id: OutboxId
    respondent: RespondentId
    channel: str
    address: str
    outgoing: Outgoing
    attempts: int


def put(tx: Transaction, respondent_id: RespondentId, outgoing: Outgoing, now: datetime) -> OutboxId:
    """Have it sent to that person, after all that was put before."""
    row = tx.execute(
        """
        INSERT INTO outbox
            (respondent_id, kind, text, buttons, conversation_id, revision, edits, members_only, quotes, created_at)
        VALUES (
            :respondent_id, :kind, :text, :buttons, :conversation_id, :revision, :edits, :members_only, :quotes, :now
        )
        RETURNING id
        """,
        {
            "respondent_id": respondent_id,
            "kind": outgoing.kind,
            "text": outgoing.text,
            "buttons": json.dumps(outgoing.buttons, ensure_ascii=False),
            "conversation_id": outgoing.conversation,
            "revision": outgoing.revision,
            "edits": outgoing.edits,
            "members_only": outgoing.members_only,
            "quotes": outgoing.quotes,
            "now": to_text(now),
        },
    ).fetchone()
    return OutboxId(row[0])


def waiting(tx: Transaction, now: datetime, limit: int, channel: str | None = None) -> tuple[Waiting, ...]:
    """Return the next message to each address of the channel (None: of any), oldest first.

    Nothing to who blocked us; and while an address's next message waits to be tried again, nothing to that address.
    """
    rows = tx.execute(
        """
        SELECT outbox.id, outbox.respondent_id, contacts.channel, contacts.address, outbox.attempts,
            outbox.kind, outbox.text, outbox.buttons, outbox.conversation_id, outbox.revision,
            coalesce(outbox.edits, CASE outbox.kind WHEN 'edit' THEN messages.message_id END)
        FROM outbox
        CROSS JOIN contacts ON contacts.respondent_id = outbox.respondent_id
        LEFT JOIN messages
            ON messages.conversation_id = outbox.conversation_id AND messages.revision = outbox.revision
        WHERE contacts.blocked_at IS NULL AND (:channel IS NULL OR contacts.channel = :channel)
            AND (outbox.retry_at IS NULL OR outbox.retry_at <= :now)
            AND NOT EXISTS (
                SELECT 1 FROM contacts AS same
                CROSS JOIN outbox AS earlier ON earlier.respondent_id = same.respondent_id
                WHERE same.channel = contacts.channel AND same.address = contacts.address
                    AND same.blocked_at IS NULL AND earlier.id < outbox.id
            )
        ORDER BY outbox.id LIMIT :limit
        """,  # CROSS JOIN: from the oldest row on, so that a long outbox is read no further than the limit
        {"now": to_text(now), "limit": limit, "channel": channel},
    )
    return tuple(_waiting(row) for row in rows)


def sent(tx: Transaction, outbox_id: OutboxId, message_id: int | None, now: datetime) -> None:
    """Delete what was sent, keeping the channel's number of the message if it asked a question."""
    tx.execute(
        """
        INSERT INTO messages (conversation_id, revision, message_id)
        SELECT conversation_id, revision, :message_id FROM outbox
        WHERE id = :id AND conversation_id IS NOT NULL AND revision IS NOT NULL AND :message_id IS NOT NULL
        ON CONFLICT (conversation_id, revision) DO UPDATE SET message_id = excluded.message_id
        """,
        {"id": outbox_id, "message_id": message_id},
    )
    _remove(tx, outbox_id)


def retry(tx: Transaction, outbox_id: OutboxId, at: datetime) -> None:
    """Count an attempt that failed, and try again from then on; the address's later messages wait for it."""
    tx.execute(
        "UPDATE outbox SET attempts = attempts + 1, retry_at = :at WHERE id = :id",
        {"id": outbox_id, "at": to_text(at)},
    )


def give_up(tx: Transaction, outbox_id: OutboxId, reason: str, now: datetime) -> None:
    """Delete what cannot be sent, and note why."""
    tx.execute(
        """
        INSERT INTO undelivered (respondent_id, reason, gave_up_at)
        SELECT respondent_id, :reason, :now FROM outbox WHERE id = :id
        """,
        {"id": outbox_id, "reason": reason, "now": to_text(now)},
    )
    _remove(tx, outbox_id)


def give_up_all(tx: Transaction, respondent_id: RespondentId, reason: str, now: datetime) -> None:
    """Delete all that waits for that person, and note why."""
    tx.execute(
        """
        INSERT INTO undelivered (respondent_id, reason, gave_up_at)
        SELECT respondent_id, :reason, :now FROM outbox WHERE respondent_id = :id
        """,
        {"id": respondent_id, "reason": reason, "now": to_text(now)},
    )
    tx.execute("DELETE FROM outbox WHERE respondent_id = :id", {"id": respondent_id})
    _forget_who_left(tx, respondent_id)


def withhold(tx: Transaction, respondent_id: RespondentId) -> None:
    """Delete what waits for that person as a member: they are none any more."""
    tx.execute("DELETE FROM outbox WHERE respondent_id = :id AND members_only = 1", {"id": respondent_id})


def is_waiting(tx: Transaction, outbox_id: OutboxId) -> bool:
    """Return whether it is still to be sent."""
    return tx.execute("SELECT 1 FROM outbox WHERE id = :id", {"id": outbox_id}).fetchone() is not None


def first_shown(tx: Transaction, conversation_id: ConversationId, revision: int) -> int | None:
    """Return the lowest of the channel's numbers of the messages that asked at that revision or later; None if none."""
    row = tx.execute(
        "SELECT min(message_id) FROM messages WHERE conversation_id = :conversation_id AND revision >= :revision",
        {"conversation_id": conversation_id, "revision": revision},
    ).fetchone()
    return None if row[0] is None else int(row[0])


def oldest_unsent(tx: Transaction) -> datetime | None:
    """Return since when the oldest message waits, None if none does; what waits for who blocked us does not count."""
    row = tx.execute(
        """
        SELECT outbox.created_at FROM outbox JOIN contacts ON contacts.respondent_id = outbox.respondent_id
        WHERE contacts.blocked_at IS NULL ORDER BY outbox.id LIMIT 1
        """
    ).fetchone()
    return None if row is None else from_text(row[0])


def say_goodbye(tx: Transaction, channel: str, address: str, new_id: str, text: str, now: datetime) -> None:
    """Send one more message to the address of someone who was forgotten; then the address is forgotten too.

    While such a message waits there, no other is added: a group may mention the bot again and again.
    """
    row = tx.execute(
        "SELECT 1 FROM contacts WHERE channel = :channel AND address = :address AND leaving = 1",
        {"channel": channel, "address": address},
    ).fetchone()
    if row is None:  # else the message that it stays for is waiting
        leaver = RespondentId(new_id)
        respondents.add(tx, leaver, channel, address, now, leaving=True)
        put(tx, leaver, Outgoing("message", text), now)


def _remove(tx: Transaction, outbox_id: OutboxId) -> None:
    """Delete the message, and with the last one to someone leaving also them."""
    row = tx.execute("DELETE FROM outbox WHERE id = :id RETURNING respondent_id", {"id": outbox_id}).fetchone()
    if row is not None:
        _forget_who_left(tx, RespondentId(row[0]))


def _forget_who_left(tx: Transaction, respondent_id: RespondentId) -> None:
    """Forget the person if they are leaving and nothing waits for them."""
    last_words = tx.execute(
        """
        SELECT 1 FROM contacts WHERE respondent_id = :id AND leaving = 1
            AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.respondent_id = contacts.respondent_id)
        """,
        {"id": respondent_id},
    ).fetchone()
    if last_words is not None:
        respondents.forget(tx, respondent_id)


def _waiting(row: tuple[int, str, str, str, int, Kind, str, str, str | None, int | None, int | None]) -> Waiting:
    outbox_id, respondent_id, channel, address, attempts, kind, text, buttons, conversation_id, revision, edits = row
    conversation = None if conversation_id is None else ConversationId(conversation_id)
    outgoing = Outgoing(kind, text, _buttons(json.loads(buttons)), conversation, revision, edits)
    return Waiting(OutboxId(outbox_id), RespondentId(respondent_id), channel, address, outgoing, attempts)


def _buttons(rows: Iterable[Iterable[tuple[str, str]]]) -> Buttons:
    return tuple(tuple((label, token) for label, token in row) for row in rows)
