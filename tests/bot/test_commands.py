"""Commands win over whatever is being asked, in every state."""

from dataclasses import replace

import pytest

from bot.commands import DESCRIPTIONS, EVENTS, listed
from bot.phrases import ENGLISH
from bot.roles import COMMANDS
from dialogues.phrases import LANGUAGES
from tests.bot.town import WHOLE, Person, Town, play

INTO: dict[str, tuple[str, ...]] = {
    "before": (),
    "consent": ("/menu", "[Buses · 2 min]"),
    "choice": ("/menu", "[Buses · 2 min]", "[I'm in]"),
    "other": ("/menu", "[Buses · 2 min]", "[I'm in]", "[Another way]"),
    "asked back": ("/menu", "[Buses · 2 min]", "[I'm in]", "[By bus]", "half an hour"),
    "open": ("/menu", "[Buses · 2 min]", "[I'm in]", "[By bus]", "20"),
    "probe": ("/menu", "[Buses · 2 min]", "[I'm in]", "[By bus]", "20", "buses"),
    "paused": ("/menu", "[Buses · 2 min]", "[I'm in]", "/pause"),
    "after": WHOLE,
}
"""How to get into each state; every one but the first and the last is in mid-conversation."""
IN_CONVERSATION = [state for state in INTO if state not in ("before", "after")]
ALL = (*COMMANDS, "nonsense")


def brought(town: Town, state: str) -> Person:
    ana = town.person("ana")
    play(ana, *INTO[state])
    return ana


@pytest.mark.parametrize("state", INTO)
@pytest.mark.parametrize("command", ALL)
def test_a_command_is_answered_and_never_taken_for_a_reply(town: Town, state: str, command: str) -> None:
    ana = brought(town, state)
    assert ana.say(f"/{command} at all")
    assert not any("/" in str(text) or "at all" in str(text) for *_, text in town.responses())


@pytest.mark.parametrize("state", INTO)
@pytest.mark.parametrize(
    ("command", "starts"),
    [
        ("help", "bot: /menu – what's on"),
        ("language", f"bot: {ENGLISH.choose_language}"),
        ("mydata", "bot: This is everything I have about you."),
        ("delete", f"bot: {ENGLISH.delete_ask}"),
        ("nonsense", f"bot: {ENGLISH.unknown_command}"),
        ("review", f"bot: {ENGLISH.unknown_command}"),
        ("export", f"bot: {ENGLISH.unknown_command}"),
        ("alerts", f"bot: {ENGLISH.unknown_command}"),
        ("start", "bot: Hi again!"),
    ],
)
def test_commands_around_the_questions_leave_the_conversation_as_it_is(
    town: Town, state: str, command: str, starts: str
) -> None:
    ana = brought(town, state)
    before = town.rows("SELECT state, phase, ending FROM conversations")
    assert ana.say(f"/{command}").startswith(starts)
    assert town.rows("SELECT state, phase, ending FROM conversations") == before


@pytest.mark.parametrize("command", EVENTS)
@pytest.mark.parametrize("state", ["before", "after"])
def test_commands_for_a_conversation_say_that_there_is_none(town: Town, state: str, command: str) -> None:
    assert brought(town, state).say(f"/{command}") == f"bot: {ENGLISH.not_started}"


@pytest.mark.parametrize("state", IN_CONVERSATION)
def test_stop_ends_it_and_shows_what_else_there_is(town: Town, state: str) -> None:
    said = brought(town, state).say("/stop")
    assert said.startswith("bot: Stopped.")
    assert said.endswith("[Buses · 2 min]\n[Parks]")
    assert town.rows("SELECT ending FROM conversations") == [("break_off",)]


@pytest.mark.parametrize("state", IN_CONVERSATION)
def test_pause_waits_and_resume_asks_the_same_again(town: Town, state: str) -> None:
    ana = brought(town, state)
    assert "Carry on" in ana.say("/pause")
    assert "paused" in ana.say("hello?")
    (before,) = town.rows("SELECT json_extract(state, '$.step') FROM conversations")
    assert ana.say("/resume").count("bot:") == 1
    assert town.rows("SELECT json_extract(state, '$.step'), phase FROM conversations") == [(*before, "asking")]


def test_skip_leaves_the_question_out_and_back_returns_to_it(town: Town) -> None:
    ana = brought(town, "choice")
    assert "How many minutes?" in ana.say("/skip")
    assert "How do you travel?" in ana.say("/back")
    play(ana, "[By bike]")
    assert town.responses()[1] == ("mode", "answered", '"by-bike"', None)


def test_words_that_look_like_a_command_in_the_middle_are_a_reply(town: Town) -> None:
    play(brought(town, "open"), "please /stop the noise at night")
    assert town.responses()[-1][3] == "please /stop the noise at night"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_that_telegram_lists_is_obeyed(town: Town, language: str) -> None:
    ana, names = town.person("ana"), DESCRIPTIONS[language]
    assert [name for name in names if ENGLISH.unknown_command in ana.say(f"/{name}")] == []
    assert all(f"/{name}" in ENGLISH.help for name in names if name != "help")


def test_export_says_which_forms_there_are(town: Town) -> None:
    sam = town.member("sam", "staff")
    assert "csv, xlsx and jsonl" in sam.say("/export pdf")
    assert sam.say("/export .CSV").startswith("bot: Preparing tagged.csv")
    sam.say("/export")
    assert sam.files == ["tagged.csv", "tagged.xlsx"]


def test_export_and_alerts_are_refused_to_an_ambassador_in_words(town: Town) -> None:
    amy = town.member("amy", "ambassador")
    assert amy.say("/export") == "bot: That is for staff and lead."
    assert amy.say("/alerts") == "bot: That is for lead."


def test_help_tells_members_what_they_can_do(town: Town) -> None:
    assert "/review" in town.member("amy", "ambassador").say("/help")
    assert "/alerts" in town.member("lea", "lead").say("/help")
    assert "/review" not in town.person("ana").say("/help")


def test_help_names_whom_to_turn_to(town: Town) -> None:
    ana = town.person("ana")
    said = ana.say("/help")
    assert "Kids Helpline: 1800 55 1800\n\nIf you're in danger right now, call 000." in said


@pytest.mark.parametrize(
    ("languages", "named"), [(("en", "es"), "English / Español"), (("es",), "Español"), (("fr",), "English")]
)
def test_help_and_the_list_of_commands_name_the_languages_that_are_spoken(
    town: Town, languages: tuple[str, ...], named: str
) -> None:
    town.house = replace(town.house, deployment=replace(town.house.deployment, languages=languages))
    assert f"/language – {named}\n" in town.person("ana").say("/help")
    assert {descriptions["language"] for descriptions in listed(languages).values()} == {named}
