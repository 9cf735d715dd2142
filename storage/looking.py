"""Words that only phrases were looked for in, until the second look has seen them.

Replies are held back like flagged ones; what became no reply is kept for the look, and deleted after it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogues.script import Language
from storage.database import Transaction
from storage.ids import ConversationId, RespondentId, ResponseId
from storage.moment import to_text

NOT_LOOKED_AT = "not looked at"
"""Stands among the flags of such a reply, so that it is kept from tagging, review and export as they are."""
_HELD = json.dumps([NOT_LOOKED_AT])


@dataclass(frozen=True, slots=True)
class Unseen:
    """A reply that waits for the second look; `revision` counts its amendments, and is to be handed back."""

    response_id: ResponseId
    respondent: RespondentId
    conversation: ConversationId
    text: str
    language: Language
    revision: int


@dataclass(frozen=True, slots=True)
class UnseenWords:
    """Words that became no reply and wait for the second look."""

    id: int
    respondent: RespondentId
    text: str
    language: Language


def hold(tx: Transaction, response_id: ResponseId) -> None:
    """Hold a response back until it was looked at, unless it is flagged."""
    tx.execute("UPDATE responses SET flags = :held WHERE id = :id AND flags = '[]'", {"id": response_id, "held": _HELD})


def waiting(tx: Transaction, limit: int) -> tuple[Unseen, ...]:
    """Return what waits for the second look, oldest first."""
    rows = tx.execute(
        """
        SELECT responses.id, respondent_id, conversation_id, text, language, revision
        FROM responses JOIN conversations ON conversations.id = conversation_id
        WHERE flags = '["not looked at"]' ORDER BY responses.id LIMIT :limit
        """,
        {"limit": limit},
    )
    return tuple(
        Unseen(
            ResponseId(response_id),
            RespondentId(respondent_id),
            ConversationId(conversation_id),
            text or "",
            Language(language),
            revision,
        )
        for response_id, respondent_id, conversation_id, text, language, revision in rows
    )


def settle(tx: Transaction, response_id: ResponseId, flags: Sequence[str], *, revision: int) -> bool:
    """Put what the second look found in the place of the mark; False if the words were amended or are gone."""
    changed = tx.execute(
        "UPDATE responses SET flags = :flags WHERE id = :id AND revision = :revision AND flags = :held",
        {"id": response_id, "flags": json.dumps(list(flags)), "revision": revision, "held": _HELD},
    )
    return changed.rowcount == 1


def keep(tx: Transaction, respondent_id: RespondentId, text: str, language: str, now: datetime) -> None:
    """Keep words that became no reply, until they were looked at; none of who was forgotten for what they said."""
    tx.execute(
        """
        INSERT INTO unseen_words (respondent_id, text, language, written_at)
        SELECT id, :text, :language, :now FROM respondents WHERE id = :id
        """,
        {"id": respondent_id, "text": text, "language": language, "now": to_text(now)},
    )


def waiting_words(tx: Transaction, limit: int) -> tuple[UnseenWords, ...]:
    """Return the words that are kept for the second look, oldest first."""
    rows = tx.execute(
        "SELECT id, respondent_id, text, language FROM unseen_words ORDER BY id LIMIT :limit", {"limit": limit}
    )
    return tuple(UnseenWords(number, RespondentId(who), text, Language(code)) for number, who, text, code in rows)


def drop(tx: Transaction, words: UnseenWords) -> bool:
    """Delete words that were looked at; False if their writer had everything deleted meanwhile. A purge must follow."""
    deleted = tx.execute("DELETE FROM unseen_words WHERE id = :id", {"id": words.id}).rowcount == 1
    if deleted:
        tx.execute("INSERT INTO purge_due DEFAULT VALUES")
    return deleted
