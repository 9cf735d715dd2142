"""Tagged responses as rows for staff: one a response, redacted, with no name for who gave it.

Raw text never leaves through here: own words appear as the redaction left them, and not before. Flagged responses and
trials are left out. What is told of who gave it is what their disguise tells. `export` writes the rows to files.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, TypeAlias

from dialogues.conversation import Outcome
from dialogues.script import ScriptHash
from storage import scripts
from storage.answers import closed_value, public_wording, question_step
from storage.database import Transaction
from storage.disguises import Disguise, Disguises
from storage.ids import ConversationId, ResponseId

BATCH_CONVERSATIONS = 200

ReviewState: TypeAlias = Literal[
    "nothing to review", "not yet tagged", "could not be tagged", "not reviewed", "reviewed", "reopened"
]
Standing: TypeAlias = Literal["suggested", "accepted", "confirmed"]
"""How a theme came to stand: a machine said so; one that was shown to be right often enough; a person decided."""


@dataclass(frozen=True, slots=True)
class Row:
    """A response with its themes: a person's where one decided, else the machine's, each with its confidence.

    `value` is what was chosen (option ids, yes or no, a number), `text` the own words without names. A confidence is
    None for a theme that the machine did not suggest. `coder` is the role of the member who decided, else the model, ""
    while nobody coded. `wording` is without what it repeated of the respondent's words, and "" where it would tell the
    version or language that the disguise does not. See `Disguise` for conversation, version, language, site, band and
    week. The `response_id` stays inside: it tells when somebody came, and which row of another export is theirs.
    """

    response_id: ResponseId
    conversation: int
    dialogue: str
    version: str
    question: str
    wording: str
    language: str
    site: str
    band: str
    week: str
    outcome: Outcome
    value: str | float | None
    text: str
    themes: tuple[str, ...]
    confidence: tuple[float | None, ...]
    standing: tuple[Standing, ...]
    coder: str
    review_state: ReviewState


def stream(tx: Transaction, disguises: Disguises) -> Iterator[Row]:
    """Yield every row, in the order of the disguises, a batch at a time."""
    for some in batches(disguises):
        yield from batch(tx, some, disguises)


def batches(disguises: Disguises) -> Iterator[tuple[ConversationId, ...]]:
    """Yield the conversations in their order, some at a time."""
    left = iter(disguises)
    while some := tuple(islice(left, BATCH_CONVERSATIONS)):
        yield some


def batch(tx: Transaction, some: Sequence[ConversationId], disguises: Disguises) -> list[Row]:
    """Return the rows of those conversations, in the order of the disguises; none of what was deleted since."""
    found = tx.execute(
        """
        SELECT conversation_id, responses.id, script_hash, question, wording, responses.language, outcome, value,
            redacted, taggers.model, accepted_from, taggable, decided,
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
        LEFT JOIN taggers ON taggers.version = responses.tagger
        WHERE conversation_id IN (SELECT value FROM json_each(:some)) AND flags = '[]'
        """,
        {"some": json.dumps(some)},
    ).fetchall()
    found.sort(key=lambda columns: (disguises[columns[0]].number, columns[1]))
    return [_row(tx, disguises[conversation], *columns) for conversation, *columns in found]


def _row(
    tx: Transaction,
    disguise: Disguise,
    response_id: ResponseId,
    version: ScriptHash,
    question: str,
    wording: str,
    language: str,
    outcome: Outcome,
    value: str | None,
    redacted: str | None,
    model: str | None,
    accepted_from: float | None,
    taggable: int,
    decided: int,
    failed: int,
    reviewed: int,
    reviewer: str,
) -> Row:
    script = scripts.load(tx, version)
    closed = None if value is None else closed_value(question_step(script, question), _parsed(value))
    told = (version, language) == (disguise.version, disguise.language)
    suggested = _suggested(tx, response_id)
    themes = _decided(tx, response_id) if decided else tuple(suggested)
    return Row(
        response_id=response_id,
        conversation=disguise.number,
        dialogue=script.dialogue,
        version=disguise.version,
        question=question,
        wording=public_wording(question_step(script, question), question, language, wording) if told else "",
        language=disguise.language,
        site=disguise.site,
        band=disguise.band,
        week=disguise.week,
        outcome=outcome,
        value=closed,
        text=redacted or "",
        themes=themes,
        confidence=tuple(suggested.get(theme) for theme in themes),
        standing=tuple("confirmed" if decided else _standing(suggested[theme], accepted_from) for theme in themes),
        coder=reviewer if decided else "" if model is None else f"model {model}",
        review_state=_state(bool(taggable), model is not None, bool(failed), bool(reviewed), bool(decided)),
    )


def _standing(confidence: float, accepted_from: float | None) -> Standing:
    return "accepted" if accepted_from is not None and confidence >= accepted_from else "suggested"


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
