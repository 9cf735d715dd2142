"""Conversations: where each respondent is in which version of a script, and which wordings of consent they gave."""

from dataclasses import dataclass
from datetime import datetime

from dialogues import conversation as conversations
from dialogues.conversation import Conversation
from dialogues.script import ScriptHash
from storage.database import Transaction
from storage.ids import ConversationId, RespondentId
from storage.moment import to_text


@dataclass(frozen=True, slots=True)
class Stored:
    """A conversation with what the engine does not know about it. A trial is a member's, and counts for nothing."""

    id: ConversationId
    respondent: RespondentId
    script_hash: ScriptHash
    trial: bool
    conversation: Conversation
    site: str | None


def begin(
    tx: Transaction,
    id: ConversationId,  # noqa: A002 - the field's name, here and in `Stored`
    respondent_id: RespondentId,
    script_hash: ScriptHash,
    channel: str,
    conversation: Conversation,
    site: str | None,
    trial: bool,
    now: datetime,
    *,
    pilot: bool = False,
) -> None:
    """Store a new conversation, with the age group that the respondent has by now.

    Breaks a rule (RuleBrokenError) while the respondent has one that has not ended.
    """
    tx.execute(
        """
        INSERT INTO conversations
            (id, respondent_id, script_hash, channel, site, band, trial, pilot, phase, ending, state, started_at,
             changed_at)
        VALUES
            (:id, :respondent_id, :script_hash, :channel, :site,
             (SELECT band FROM respondents WHERE respondents.id = :respondent_id), :trial, :pilot, :phase, :ending,
             :state, :now, :now)
        """,
        {
            "id": id,
            "respondent_id": respondent_id,
            "script_hash": script_hash,
            "channel": channel,
            "site": site,
            "trial": trial,
            "pilot": pilot,
            "phase": conversation.phase,
            "ending": conversation.ending,
            "state": conversations.to_json(conversation),
            "now": to_text(now),
        },
    )


def load(tx: Transaction, conversation_id: ConversationId) -> Stored:
    """Return the conversation. Raises KeyError where there is none of that id."""
    row = tx.execute(
        "SELECT id, respondent_id, script_hash, trial, state, site FROM conversations WHERE id = :id",
        {"id": conversation_id},
    ).fetchone()
    if row is None:
        raise KeyError(conversation_id)
    return _stored(row)


def current(tx: Transaction, respondent_id: RespondentId) -> Stored | None:
    """Return the respondent's conversation that has not ended, if any."""
    row = tx.execute(
        """
        SELECT id, respondent_id, script_hash, trial, state, site FROM conversations
        WHERE respondent_id = :respondent_id AND phase <> 'ended'
        """,
        {"respondent_id": respondent_id},
    ).fetchone()
    return None if row is None else _stored(row)


def broken_off(tx: Transaction, respondent_id: RespondentId, dialogue: str) -> Stored | None:
    """Return the respondent's latest conversation about that dialogue if it was broken off, in whichever version."""
    row = tx.execute(
        """
        SELECT id, respondent_id, script_hash, trial, state, site, ending FROM conversations
        JOIN scripts ON scripts.hash = conversations.script_hash
        WHERE respondent_id = :respondent_id AND dialogue = :dialogue AND trial = 0
        ORDER BY started_at DESC, conversations.rowid DESC LIMIT 1
        """,
        {"respondent_id": respondent_id, "dialogue": dialogue},
    ).fetchone()
    return _stored(row[:-1]) if row is not None and row[-1] == "break_off" else None


def save(tx: Transaction, conversation_id: ConversationId, conversation: Conversation, now: datetime) -> None:
    """Put the conversation's new state in the place of the old; one that ended is not reminded. Raises KeyError."""
    changed = tx.execute(
        """
        UPDATE conversations
        SET phase = :phase, ending = :ending, state = :state, changed_at = :now,
            remind_at = CASE :phase WHEN 'ended' THEN NULL ELSE remind_at END
        WHERE id = :id
        """,
        {
            "id": conversation_id,
            "phase": conversation.phase,
            "ending": conversation.ending,
            "state": conversations.to_json(conversation),
            "now": to_text(now),
        },
    )
    if changed.rowcount != 1:
        raise KeyError(conversation_id)


def set_reminder(tx: Transaction, conversation_id: ConversationId, at: datetime | None) -> None:
    """Let the conversation be `due` from then on; None takes it back."""
    tx.execute(
        "UPDATE conversations SET remind_at = :at WHERE id = :id AND phase <> 'ended'",
        {"id": conversation_id, "at": None if at is None else to_text(at)},
    )


def due(tx: Transaction, now: datetime, limit: int) -> tuple[ConversationId, ...]:
    """Return the conversations whose reminder's time has come, longest overdue first; not of who blocked us."""
    rows = tx.execute(
        """
        SELECT conversations.id FROM conversations
        JOIN contacts ON contacts.respondent_id = conversations.respondent_id
        WHERE remind_at IS NOT NULL AND remind_at <= :now AND blocked_at IS NULL
        ORDER BY remind_at LIMIT :limit
        """,
        {"now": to_text(now), "limit": limit},
    )
    return tuple(ConversationId(conversation_id) for (conversation_id,) in rows)


def finished_dialogues(tx: Transaction, respondent_id: RespondentId) -> frozenset[str]:
    """Return the dialogues that the respondent completed, in whichever version; trials do not count."""
    rows = tx.execute(
        """
        SELECT DISTINCT scripts.dialogue FROM conversations
        JOIN scripts ON scripts.hash = conversations.script_hash
        WHERE respondent_id = :respondent_id AND ending = 'complete' AND trial = 0
        """,
        {"respondent_id": respondent_id},
    )
    return frozenset(dialogue for (dialogue,) in rows)


def agree(tx: Transaction, respondent_id: RespondentId, key: str, now: datetime, wording: str | None = None) -> None:
    """Note that the respondent agreed to what `key` names; to which wording of it, where there are several."""
    tx.execute(
        """
        INSERT INTO consents (respondent_id, key, agreed_at, wording) VALUES (:respondent_id, :key, :now, :wording)
        ON CONFLICT DO UPDATE SET agreed_at = excluded.agreed_at, wording = excluded.wording
        WHERE excluded.wording IS NOT NULL AND wording IS NOT excluded.wording
        """,
        {"respondent_id": respondent_id, "key": key, "now": to_text(now), "wording": wording},
    )


def agreed_wording(tx: Transaction, respondent_id: RespondentId, key: str) -> str | None:
    """Return which wording of what `key` names the respondent agreed to last, None for none."""
    row = tx.execute(
        "SELECT wording FROM consents WHERE respondent_id = :id AND key = :key", {"id": respondent_id, "key": key}
    ).fetchone()
    return None if row is None else row[0]


def agreed_consents(tx: Transaction, respondent_id: RespondentId) -> frozenset[str]:
    """Return the keys of the consents that the respondent gave."""
    rows = tx.execute("SELECT key FROM consents WHERE respondent_id = :id", {"id": respondent_id})
    return frozenset(key for (key,) in rows)


def _stored(row: tuple[str, str, str, int, str, str | None]) -> Stored:
    conversation_id, respondent_id, script_hash, trial, state, site = row
    return Stored(
        ConversationId(conversation_id),
        RespondentId(respondent_id),
        ScriptHash(script_hash),
        bool(trial),
        conversations.from_json(state),
        site,
    )
