"""Compares what people sent and saw with what the bot's database holds."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.phrases import ENGLISH
from dialogues.script import Language
from dialogues.understanding.assent import understand_yes_no
from dialogues.understanding.reading import Clear
from tests.botapi.diarist import Diarist, Sent
from tests.botapi.server import FakeBotApi
from tests.botapi.world import Message

_AROUND = re.compile(
    r" min$|^(Start:|Empezar:|English|Español|Tell me more|Cuéntame más|Under |Menos de )|\bCarry on\b|\bSeguir\b"
)


WELCOMED = ("w:agree:yes:", "w:age:16-17:")
"""How the data of the buttons begin that lead through the introduction."""
ENDS = (ENGLISH.menu_next, ENGLISH.menu_done)


def settings_for(api: FakeBotApi, database: Path) -> dict[str, str]:
    """Return the settings of a bot on the fake Bot API, which takes more messages a second than Telegram."""
    return {
        "TUCKSHOP_TELEGRAM_API": api.url,
        "TUCKSHOP_TELEGRAM_TOKEN": api.token,
        "TUCKSHOP_DATABASE": str(database),
        "TUCKSHOP_MESSAGES_PER_SECOND": "1000",
    }


def has_ended(text: str) -> bool:
    """Return whether the bot's message says that a dialogue is over."""
    return text.startswith(ENDS)


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored response, and the person's chat it came from."""

    chat_id: int
    conversation: str
    question: str
    outcome: str
    value: str | None
    text: str | None
    wording: str
    message_id: int | None


def stored_responses(database: Path) -> list[Stored]:
    """Return every response in the database file."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            "SELECT CAST(address AS INTEGER), conversation_id, question, outcome, value, text, wording, message_id"
            " FROM responses JOIN conversations ON conversations.id = conversation_id"
            " JOIN contacts ON contacts.respondent_id = conversations.respondent_id"
        )
        return [Stored(*row) for row in rows]


def states(database: Path) -> Iterator[tuple[str, str, str | None, dict[str, object]]]:
    """Yield id, address, ending and state of every conversation."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            "SELECT conversations.id, address, ending, state FROM conversations"
            " JOIN contacts ON contacts.respondent_id = conversations.respondent_id WHERE trial = 0"
        ).fetchall()
    for conversation_id, address, ending, state in rows:
        yield conversation_id, address, ending, json.loads(state)


def misplaced(people: Iterable[Diarist], stored: Iterable[Stored]) -> list[str]:
    """Return each response whose words nobody sent, or which stands under a question that was not on the screen."""
    by_chat = {person.id: person for person in people}
    return [problem for one in stored if (problem := _misplaced(by_chat[one.chat_id], one))]


def _misplaced(person: Diarist, one: Stored) -> str | None:
    if one.text is not None and one.text not in {sent.text for sent in person.sent}:
        return f"{one}: nobody sent these words"
    if one.message_id is None:
        return None
    sendings = [sent for sent in person.sent if sent.message_id == one.message_id and sent.kind in ("text", "edit")]
    if one.text is not None and sendings and sendings[-1].text != one.text and not _was_asked_back(sendings, one):
        return f"{one}: last sent as {sendings[-1].text!r}"
    seen = [question for sent in sendings for question in person.questions_for(sent)]
    asked = one.wording.rpartition("\n\n")[2]  # a consent asked once more is cut to its last paragraph
    return None if any(asked in question for question in seen) else f"{one}: was asked {seen}"


def is_question(message: Message) -> bool:
    """Return whether a message of the bot belongs to a dialogue: it has buttons, and not those of a menu or a pause."""
    labels = [button.label for row in message.markup.rows for button in row]
    return bool(labels) and not any(_AROUND.search(label) for label in labels)


def _was_asked_back(sendings: list[Sent], one: Stored) -> bool:
    """Return whether the last words were not understood, or only said yes: then earlier ones were kept."""
    said_yes = understand_yes_no(sendings[-1].text or "", Language("en")) == Clear(True)
    return said_yes or any(sent.text == one.text for sent in sendings)


def differing(database: Path) -> list[str]:
    """Return the conversations whose responses are not exactly those that the engine accepted."""
    stored: dict[str, dict[str, tuple[str, object, str | None]]] = {}
    for one in stored_responses(database):
        value = None if one.value is None else json.loads(one.value)
        stored.setdefault(one.conversation, {})[one.question] = (one.outcome, value, one.text)
    problems = []
    for conversation_id, _, _, state in states(database):
        accepted = {
            given["question"]: (given["outcome"], given["value"], given["text"]) for given in state["responses"]
        }
        if accepted != stored.get(conversation_id, {}):
            problems.append(f"{conversation_id}: accepted {accepted}, stored {stored.get(conversation_id)}")
    return problems
