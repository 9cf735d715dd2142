"""Replies that only phrases were looked for in: held back like flagged ones, until the second look has seen them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from dialogues.script import Language
from storage.database import Transaction
from storage.ids import ConversationId, RespondentId, ResponseId

NOT_LOOKED_AT = "not looked at"
"""Stands among the flags of such a reply, so that it is kept from tagging, review and export as they are."""
_HELD = json.dumps([NOT_LOOKED_AT])


@dataclass(frozen=True, slots=True)
class Unseen:
    """Own words that wait for the second look; `revision` counts their amendments, and is to be handed back."""

    response_id: ResponseId
    respondent: RespondentId
    conversation: ConversationId
    text: str
    language: Language
    revision: int


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
