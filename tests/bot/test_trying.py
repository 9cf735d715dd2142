import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from bot.commands import EVENTS
from bot.library import shipped_sets
from bot.trying import HOW, play
from dialogues.conversation import Conversation
from dialogues.script import Language, Script
from tests.bot.town import BUSES, script_of

COMMANDS = [f"/{name}" for name in EVENTS]

EN = Language("en")
LINES = st.lists(
    st.sampled_from([*COMMANDS, "a", "b", "c", "1", "yes", "no idea", "the bus", "", "  "]) | st.text(max_size=9)
)


def played(script: Script, *lines: str, language: Language = EN) -> tuple[Conversation, str]:
    screen = io.StringIO()
    conversation = play(script, language, iter(lines), Console(file=screen, width=100))
    return conversation, screen.getvalue()


def test_it_plays_to_the_end_with_letters_labels_and_words() -> None:
    conversation, screen = played(script_of(BUSES), "a", "By bike", "20", "more lanes for bikes please")
    assert conversation.ending == "complete"
    assert [str(given.value) for given in conversation.responses][1:3] == ["by-bike", "20"]
    assert "[a] By bus   [b] By bike" in screen
    assert "Thank you." in screen


def test_numbers_are_left_for_answers() -> None:
    conversation, _ = played(script_of(BUSES), "a", "2")
    assert conversation.responses[-1].value == "by-bike"


def test_it_stops_where_the_lines_do() -> None:
    assert played(script_of(BUSES), "a")[0].phase == "asking"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_is_offered_works(command: str) -> None:
    assert command in HOW
    conversation, screen = played(script_of(BUSES), "a", command)
    assert command not in [given.text for given in conversation.responses]
    assert screen.count("How do you travel?") >= 1


@given(lines=LINES, index=st.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_nothing_that_is_typed_breaks_a_shipped_set(lines: list[str], index: int) -> None:
    played(shipped_sets()[index][0], "a", *lines)
