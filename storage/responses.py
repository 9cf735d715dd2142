"""Responses: what was given to each question of a conversation, in the wording that the respondent saw."""

import json
from collections.abc import Sequence
from datetime import datetime

from dialogues.conversation import Response
from dialogues.script import ScriptHash, StepId
from storage import scripts
from storage.answers import has_own_words, question_step
from storage.database import Transaction
from storage.ids import ConversationId, RespondentId, ResponseId
from storage.looking import NOT_LOOKED_AT
from storage.moment import to_text


def record(
    tx: Transaction, conversation_id: ConversationId, response: Response, message_id: int | None, now: datetime
) -> ResponseId:
    """Store a response. Breaks a rule (RuleBrokenError) if the question has one: that would be amended."""
    row = tx.execute(
        """
        INSERT INTO responses
            (conversation_id, question, outcome, value, text, wording, language, asked_at, responded_at, message_id,
             taggable)
        VALUES
            (:conversation_id, :question, :outcome, :value, :text, :wording, :language, :asked_at, :now, :message_id,
             :taggable)
        RETURNING id
        """,
        _parameters(tx, conversation_id, response, message_id, now),
    ).fetchone()
    return ResponseId(row[0])


def amend(
    tx: Transaction, conversation_id: ConversationId, response: Response, message_id: int | None, now: datetime
) -> ResponseId:
    """Put a response in the place of the one to the same question. Raises KeyError where there is none.

    What the machine made of the old words goes, claims end, and a decision on them is open again. Flags stay. The
    machine may have learned from that decision, so the next one on the reply says nothing about how good it is.
    """
    row = tx.execute(
        """
        UPDATE responses
        SET outcome = :outcome, value = :value, text = :text, wording = :wording, language = :language,
            asked_at = :asked_at, amended_at = :now, message_id = :message_id, taggable = :taggable,
            revision = revision + 1, codebook_version = NULL, tagger = '', decided = 0, redacted_at = NULL
        WHERE conversation_id = :conversation_id AND question = :question
        RETURNING id
        """,
        _parameters(tx, conversation_id, response, message_id, now),
    ).fetchone()
    if row is None:
        raise KeyError(response.question)
    for statement in (
        "DELETE FROM taggings WHERE response_id = :id",
        "DELETE FROM tagging_failures WHERE response_id = :id",
        "DELETE FROM claims WHERE response_id = :id",
        "DELETE FROM review_queue WHERE response_id = :id",
        "DELETE FROM review_tags WHERE response_id = :id",
        "UPDATE reviews SET drawn = NULL, model = NULL, codebook_version = NULL WHERE response_id = :id",
    ):
        tx.execute(statement, {"id": row[0]})
    return ResponseId(row[0])


def withdraw(tx: Transaction, conversation_id: ConversationId, question: StepId) -> None:
    """Delete the response to a question, if there is one, with all that was made of it."""
    tx.execute(
        "DELETE FROM responses WHERE conversation_id = :conversation_id AND question = :question",
        {"conversation_id": conversation_id, "question": question},
    )


def by_message(tx: Transaction, respondent_id: RespondentId, message_id: int) -> tuple[ConversationId, StepId] | None:
    """Return to which conversation and question the respondent gave a response by that message, if to any."""
    row = tx.execute(
        """
        SELECT conversation_id, question FROM conversations
        JOIN responses ON responses.conversation_id = conversations.id
        WHERE respondent_id = :respondent_id AND message_id = :message_id
        ORDER BY responses.id DESC LIMIT 1
        """,
        {"respondent_id": respondent_id, "message_id": message_id},
    ).fetchone()
    return None if row is None else (ConversationId(row[0]), StepId(row[1]))


def flag(tx: Transaction, conversation_id: ConversationId, question: StepId, flags: Sequence[str]) -> ResponseId | None:
    """Note what the screening found in a response. While it has flags, it is kept from tagging, review and export.

    Returns which response that is, None where the question has none.
    """
    row = tx.execute(
        """
        UPDATE responses SET flags = :flags WHERE conversation_id = :conversation_id AND question = :question
        RETURNING id
        """,
        {"conversation_id": conversation_id, "question": question, "flags": json.dumps(list(flags))},
    ).fetchone()
    return None if row is None else ResponseId(row[0])


def flagged(
    tx: Transaction, conversation_id: ConversationId, question: StepId
) -> tuple[ResponseId, tuple[str, ...]] | None:
    """Return which response to that question is flagged, and with what; None where none is."""
    row = tx.execute(
        """
        SELECT id, flags FROM responses
        WHERE conversation_id = :conversation_id AND question = :question AND flags NOT IN ('[]', :not_looked_at)
        """,
        {"conversation_id": conversation_id, "question": question, "not_looked_at": json.dumps([NOT_LOOKED_AT])},
    ).fetchone()
    return None if row is None else (ResponseId(row[0]), tuple(json.loads(row[1])))


def _parameters(
    tx: Transaction, conversation_id: ConversationId, response: Response, message_id: int | None, now: datetime
) -> dict[str, str | int | None]:
    """Return the columns of a response by name."""
    return {
        "conversation_id": conversation_id,
        "question": response.question,
        "outcome": response.outcome,
        "value": None if response.value is None else json.dumps(response.value, ensure_ascii=False),
        "text": response.text,
        "wording": response.wording,
        "language": response.language,
        "asked_at": to_text(response.asked_at),
        "now": to_text(now),
        "message_id": message_id,
        "taggable": _is_taggable(tx, conversation_id, response),
    }


def _is_taggable(tx: Transaction, conversation_id: ConversationId, response: Response) -> bool:
    """Return whether the response is own words, in a conversation that counts."""
    row = tx.execute(
        "SELECT script_hash FROM conversations WHERE id = :id AND trial = 0", {"id": conversation_id}
    ).fetchone()
    if row is None or response.outcome != "answered" or not (response.text or "").strip():
        return False
    script = scripts.load(tx, ScriptHash(row[0]))
    return has_own_words(question_step(script, response.question), response.value)
