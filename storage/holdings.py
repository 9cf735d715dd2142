"""Everything that is held about one person, in words that they can read."""

import json
from dataclasses import dataclass
from datetime import datetime

from dialogues.condition import Value
from dialogues.conversation import Ending, Outcome, Response
from dialogues.labels import response_label
from dialogues.script import PROBE, Language, Say, Script, ScriptHash, StepId
from storage import alert_words, scripts
from storage.answers import question_step
from storage.database import Transaction
from storage.ids import ConversationId, RespondentId
from storage.moment import from_text
from storage.respondents import Role


@dataclass(frozen=True, slots=True)
class HeldResponse:
    """A response as its respondent saw it; `given` is None where they did not answer."""

    wording: str
    outcome: Outcome
    given: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class HeldDialogue:
    """A conversation; `ending` is None while it goes on."""

    title: str
    started_at: datetime
    ending: Ending | None
    responses: tuple[HeldResponse, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """Everything held about a person; `reviews` counts the decisions that they took as a member.

    `alert_words` are the words that stand with an open alert and are no response.
    """

    joined_at: datetime
    channel: str
    address: str
    language: str | None
    site: str | None
    role: Role | None
    consents: int
    reviews: int
    alerts: int
    alert_words: tuple[str, ...]
    dialogues: tuple[HeldDialogue, ...]


def held(tx: Transaction, respondent_id: RespondentId) -> Held:
    """Return everything held about the person. Raises KeyError where there is none of that id."""
    row = tx.execute(
        """
        SELECT joined_at, channel, address, language, site, role,
            (SELECT count(*) FROM consents WHERE consents.respondent_id = :id),
            (SELECT count(*) FROM reviews WHERE reviews.member_id = :id),
            (SELECT count(*) FROM alerts WHERE alerts.respondent_id = :id)
        FROM respondents JOIN contacts ON contacts.respondent_id = respondents.id
        WHERE respondents.id = :id
        """,
        {"id": respondent_id},
    ).fetchone()
    if row is None:
        raise KeyError(respondent_id)
    joined_at, channel, address, language, site, role, consents, reviews, alerts = row
    words = alert_words.kept_of(tx, respondent_id)
    dialogues = _dialogues(tx, respondent_id)
    return Held(
        from_text(joined_at), channel, address, language, site, role, consents, reviews, alerts, words, dialogues
    )


def _dialogues(tx: Transaction, respondent_id: RespondentId) -> tuple[HeldDialogue, ...]:
    rows = tx.execute(
        """
        SELECT id, script_hash, started_at, ending, json_extract(state, '$.language') FROM conversations
        WHERE respondent_id = :id ORDER BY started_at, rowid
        """,
        {"id": respondent_id},
    ).fetchall()
    found = []
    for conversation_id, script_hash, started_at, ending, language in rows:
        script = scripts.load(tx, ScriptHash(script_hash))
        title = script.title[script.language(language)]
        responses = _responses(tx, ConversationId(conversation_id), script)
        found.append(HeldDialogue(title, from_text(started_at), ending, responses))
    return tuple(found)


def _responses(tx: Transaction, conversation_id: ConversationId, script: Script) -> tuple[HeldResponse, ...]:
    rows = tx.execute(
        """
        SELECT question, outcome, value, text, wording, language, asked_at, coalesce(amended_at, responded_at)
        FROM responses WHERE conversation_id = :id ORDER BY id
        """,
        {"id": conversation_id},
    )
    found = []
    for question, outcome, value, text, wording, language, asked_at, at in rows:
        response = Response(
            StepId(question), outcome, _value(value), text, wording, Language(language), from_text(asked_at)
        )
        found.append(HeldResponse(wording, outcome, _given(script, response), from_text(at)))
    return tuple(found)


def _given(script: Script, response: Response) -> str | None:
    """Return what was given: the label of what was chosen, with the words that said so; or own words alone."""
    step = question_step(script, response.question)
    if step is None or isinstance(step, Say) or response.question.endswith(PROBE):
        return response.text
    label = response_label(step, response, response.language)
    if response.text is None or label is None or response.text in label:
        return label or response.text
    return f"{label} (“{response.text}”)"


def _value(text: str | None) -> Value | None:
    """Return the value that the column holds as JSON; several options come back as a tuple."""
    value: Value | list[str] | None = None if text is None else json.loads(text)
    return tuple(value) if isinstance(value, list) else value
