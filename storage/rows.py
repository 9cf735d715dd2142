"""Tagged responses as rows for staff: one a response, redacted, with no name for who gave it.

Raw text never leaves through here: own words appear as the redaction left them, and not before. Flagged responses and
trials are left out. `export` writes the rows to files.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from dialogues.conversation import Outcome
from dialogues.script import Language, ScriptHash
from storage import scripts
from storage.answers import closed_value, public_wording, question_step
from storage.database import Transaction
from storage.ids import ConversationId, ResponseId
from storage.moment import from_text

BATCH_ROWS = 500

ReviewState: TypeAlias = Literal[
    "nothing to review", "not yet tagged", "could not be tagged", "not reviewed", "reviewed", "reopened"
]


@dataclass(frozen=True, slots=True)
class Row:
    """A response with its themes: a person's where one decided, else the machine's, each with its confidence.

    `value` is what was chosen (option ids, yes or no, a number), `text` the own words without names. A confidence is
    None for a theme that the machine did not suggest. `coder` is the role of the member who decided, else the model, ""
    while nobody coded. `wording` is without what it repeated of the respondent's words.
    """

    response_id: ResponseId
    conversation: ConversationId
    dialogue: str
    version: ScriptHash
    question: str
    wording: str
    language: Language
    site: str | None
    outcome: Outcome
    value: str | float | None
    text: str
    themes: tuple[str, ...]
    confidence: tuple[float | None, ...]
    coder: str
    review_state: ReviewState
    asked_at: datetime
    responded_at: datetime


def stream(tx: Transaction, *, pilot: bool = False) -> Iterator[Row]:
    """Yield every row, in the order in which the responses were first given, a batch at a time."""
    after = ResponseId(0)
    while found := batch(tx, after, BATCH_ROWS, pilot=pilot):
        yield from found
        after = found[-1].response_id


def batch(tx: Transaction, after: ResponseId, limit: int, *, pilot: bool = False) -> tuple[Row, ...]:
    """Return the next rows behind `after` (0 for the first), at most `limit`; with `pilot`, those of test runs only."""
    found = tx.execute(
        """
        SELECT responses.id, conversation_id, script_hash, question, wording, responses.language, site, outcome, value,
            redacted, model, taggable, decided, asked_at, responded_at,
            EXISTS (SELECT 1 FROM tagging_failures WHERE response_id = responses.id),
            EXISTS (SELECT 1 FROM reviews WHERE response_id = responses.id),
            coalesce(
                (SELECT role FROM reviews JOIN respondents ON respondents.id = reviews.member_id
                 WHERE reviews.response_id = responses.id),
                'former member'
            )
        FROM responses
        JOIN conversations ON conversations.id = conversation_id
        LEFT JOIN taggings ON taggings.response_id = responses.id
        WHERE responses.id > :after AND flags = '[]' AND trial = 0 AND pilot = :pilot
        ORDER BY responses.id LIMIT :limit
        """,
        {"after": after, "limit": limit, "pilot": pilot},
    ).fetchall()
    return tuple(_row(tx, *columns) for columns in found)


def _row(
    tx: Transaction,
    response_id: ResponseId,
    conversation: ConversationId,
    version: ScriptHash,
    question: str,
    wording: str,
    language: Language,
    site: str | None,
    outcome: Outcome,
    value: str | None,
    redacted: str | None,
    model: str | None,
    taggable: int,
    decided: int,
    asked_at: str,
    responded_at: str,
    failed: int,
    reviewed: int,
    reviewer: str,
) -> Row:
    script = scripts.load(tx, version)
    closed = None if value is None else closed_value(question_step(script, question), _parsed(value))
    suggested = _suggested(tx, response_id)
    themes = _decided(tx, response_id) if decided else tuple(suggested)
    return Row(
        response_id=response_id,
        conversation=conversation,
        dialogue=script.dialogue,
        version=version,
        question=question,
        wording=public_wording(question_step(script, question), question, language, wording),
        language=language,
        site=site,
        outcome=outcome,
        value=closed,
        text=redacted or "",
        themes=themes,
        confidence=tuple(suggested.get(theme) for theme in themes),
        coder=reviewer if decided else "" if model is None else f"model {model}",
        review_state=_state(bool(taggable), model is not None, bool(failed), bool(reviewed), bool(decided)),
        asked_at=from_text(asked_at),
        responded_at=from_text(responded_at),
    )


def _state(taggable: bool, tagged: bool, failed: bool, reviewed: bool, decided: bool) -> ReviewState:
    """Return how far a response is. What was tagged once stays usable, even if a later tagging failed."""
    if not taggable:
        return "nothing to review"
    if not tagged:
        return "could not be tagged" if failed else "not yet tagged"
    if not reviewed:
        return "not reviewed"
    return "reviewed" if decided else "reopened"


def _parsed(value: str) -> str | bool | float | tuple[str, ...]:
    parsed: str | bool | float | list[str] = json.loads(value)
    return tuple(parsed) if isinstance(parsed, list) else parsed


def _suggested(tx: Transaction, response_id: ResponseId) -> dict[str, float]:
    """Return the machine's themes with their confidence, the most confident first."""
    found = tx.execute(
        "SELECT theme, confidence FROM tags WHERE response_id = :id ORDER BY confidence DESC, theme",
        {"id": response_id},
    )
    return dict(found.fetchall())


def _decided(tx: Transaction, response_id: ResponseId) -> tuple[str, ...]:
    found = tx.execute("SELECT theme FROM review_themes WHERE response_id = :id ORDER BY theme", {"id": response_id})
    return tuple(theme for (theme,) in found)
