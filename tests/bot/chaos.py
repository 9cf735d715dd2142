"""Somebody who does anything in any order, and whether the database is right all the same."""

import json

from hypothesis import strategies as st

from bot.incoming import Left, Media
from tests.bot.town import Person, Town

WORRYING = "i want to kill myself"
LINES = (
    "/start", "/menu", "/skip", "/back", "/pause", "/resume", "/stop", "/language", "/mydata", "/delete", "/nonsense",
    "20", "by bus", "something else", "more buses at night please", "parks", "yes", "no", "?", "🦆" * 9, WORRYING,
)  # fmt: skip
ACTS = st.lists(
    st.tuples(st.sampled_from(["say", "say", "tap", "tap", "tap", "old", "edit", "media", "left"]), st.integers(0, 99)),
    max_size=25,
)
Act = tuple[str, int]


def act(person: Person, kind: str, number: int) -> None:
    """Do something: a number picks the line, the button or the message."""
    shown = [
        (at, token)
        for at, message in person.screen.items()
        for row in message.buttons
        for _, token in row
        if token != "d:yes"  # noqa: S105 - a button; deleting everything has tests of its own
    ]
    match kind:
        case "tap" if shown:
            at, token = shown[-1 - number % min(len(shown), 6)]
            person.tap_token(token, at)
        case "old" if shown:
            at, token = shown[number % len(shown)]
            person.tap_token(token, at)
        case "edit":
            person.edit(LINES[number % len(LINES)].lstrip("/"), person.last_message - number % 3)
        case "media":
            person.send(Media("photo", person.town.next_number(), f"album {number % 3}"))
        case "left":
            person.send(Left())
        case _:
            person.say(LINES[number % len(LINES)])


def differing(town: Town) -> list[tuple[object, object]]:
    """Return the conversations whose stored responses are not those that the engine accepted."""
    problems: list[tuple[object, object]] = []
    for conversation, state in town.rows("SELECT id, state FROM conversations WHERE trial = 0"):
        accepted = {
            (one["question"], one["outcome"], json.dumps(one["value"]), one["text"])
            for one in json.loads(str(state))["responses"]
        }
        stored = town.rows(
            "SELECT question, outcome, coalesce(value, 'null'), text FROM responses WHERE conversation_id = :id",
            id=conversation,
        )
        if {(q, o, json.dumps(json.loads(str(v))), t) for q, o, v, t in stored} != accepted:
            problems.append((accepted, stored))
    return problems
