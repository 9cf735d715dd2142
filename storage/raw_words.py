"""Raw words that were kept long enough give way to their redacted form, in the response and in its conversation.

What the machine redacted when it tagged is taken as it is; what it never tagged is redacted now. What was typed to a
closed question goes altogether: the option or number that it meant stays.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from dialogues import conversation as conversations
from dialogues.condition import Value
from dialogues.conversation import Response
from dialogues.script import Choice, Choices, Script, ScriptHash, StepId
from storage import scripts
from storage.answers import has_own_words, public_wording, question_step
from storage.database import Transaction
from storage.ids import ConversationId
from storage.moment import to_text

Redact: TypeAlias = Callable[[str, str], str]
"""Returns a text, in the language of two letters, without personal data."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What of a response can hold raw words; `tagged` is its redacted text where the machine tagged it."""

    question: StepId
    value: Value | None
    text: str | None
    wording: str
    language: str
    tagged: str | None


def kept(tx: Transaction, before: datetime) -> int:
    """Return how many responses given before then still have what `drop` takes."""
    row = tx.execute(f"SELECT count(*) {_RAW}", {"before": to_text(before)}).fetchone()
    return int(row[0])


def drop(tx: Transaction, before: datetime, limit: int, redact: Redact, now: datetime) -> int:
    """Redact what was given before then in at most so many conversations; return how many responses. Purge after it.

    Words of who has an open alert stay until it is closed: a lead may have to read them.
    """
    rows = tx.execute(
        f"SELECT DISTINCT conversation_id {_RAW} LIMIT :limit",
        {"before": to_text(before), "limit": limit},
    ).fetchall()
    return sum(_drop_in(tx, ConversationId(found), before, redact, now) for (found,) in rows)


_RAW = """
    FROM responses JOIN conversations ON conversations.id = conversation_id
    WHERE redacted_at IS NULL AND coalesce(amended_at, responded_at) < :before AND NOT EXISTS (
        SELECT 1 FROM alerts WHERE alerts.respondent_id = conversations.respondent_id AND closed_at IS NULL
    )
"""


def _drop_in(tx: Transaction, conversation_id: ConversationId, before: datetime, redact: Redact, now: datetime) -> int:
    script_hash, state, changed_at = tx.execute(
        "SELECT script_hash, state, changed_at FROM conversations WHERE id = :id", {"id": conversation_id}
    ).fetchone()
    script = scripts.load(tx, ScriptHash(script_hash))
    rows = tx.execute(
        """
        SELECT id, question, value, text, wording, responses.language, redacted
        FROM responses LEFT JOIN taggings ON response_id = id
        WHERE conversation_id = :id AND redacted_at IS NULL AND coalesce(amended_at, responded_at) < :before
        """,
        {"id": conversation_id, "before": to_text(before)},
    ).fetchall()
    done = {}
    for response_id, question, value, *more in rows:
        words = _redacted(script, _Words(StepId(question), _read(value), *more), redact)
        _store(tx, response_id, words, now)
        done[words.question] = words
    state = _cleaned(state, done, rest=changed_at < to_text(before))
    tx.execute("UPDATE conversations SET state = :state WHERE id = :id", {"id": conversation_id, "state": state})
    return len(rows)


def _redacted(script: Script, raw: _Words, redact: Redact) -> _Words:
    """Return the words without personal data: own words redacted, those to a closed question gone."""
    step = question_step(script, raw.question)
    shown = public_wording(step, raw.question, raw.language, raw.wording)
    if not has_own_words(step, raw.value):
        return replace(raw, text=None, wording=shown)
    options = {option.id for option in step.options} if isinstance(step, Choice | Choices) else set()

    def without(words: str) -> str:
        if words in options:
            return words
        return raw.tagged if raw.tagged is not None and words == raw.text else redact(words, raw.language)

    text = None if raw.text is None else without(raw.text)
    return replace(raw, value=_each(raw.value, without), text=text, wording=shown)


def _each(value: Value | None, change: Callable[[str], str]) -> Value | None:
    """Return the value with each text in it changed."""
    match value:
        case str():
            return change(value)
        case tuple():
            return tuple(change(one) for one in value)
        case _:
            return value


def _store(tx: Transaction, response_id: int, one: _Words, now: datetime) -> None:
    tx.execute(
        """
        UPDATE responses SET value = :value, text = :text, wording = :wording, redacted_at = :now WHERE id = :id
        """,
        {
            "id": response_id,
            "value": None if one.value is None else json.dumps(one.value, ensure_ascii=False),
            "text": one.text,
            "wording": one.wording,
            "now": to_text(now),
        },
    )


def _cleaned(state: str, done: dict[StepId, _Words], *, rest: bool) -> str:
    """Return the conversation's state with those responses redacted; and where `rest`, without half-given replies."""
    conversation = conversations.from_json(state)

    def as_now(response: Response) -> Response:
        one = done.get(response.question)
        return response if one is None else replace(response, value=one.value, text=one.text, wording=one.wording)

    conversation = replace(conversation, responses=tuple(map(as_now, conversation.responses)))
    if rest:
        conversation = replace(conversation, candidates=(), unplaced=None)
    return conversations.to_json(conversation)


def _read(value: str | None) -> Value | None:
    """Return the value that the column holds as JSON; several options come back as a tuple."""
    read: Value | Sequence[str] | None = None if value is None else json.loads(value)
    return tuple(read) if isinstance(read, list) else read  # type: ignore[return-value]
