"""Conversations that are broken off and taken up again, and those that end without an answer."""

import pytest

from bot import conversing
from bot.visit import Visit
from storage import conversations, respondents, scripts
from storage.conversations import Stored
from tests.bot.town import Person, Town, play

BEFORE_THE_LAST = ("/menu", "[Buses · 2 min]", "[I'm in]", "[By bus]", "20")
ALARM = "I want to kill myself"


def visit_of(town: Town, person: Person) -> tuple[Visit, Stored]:
    """Return a visit of this person and the conversation that they are in."""
    sender = person.sender
    respondent = respondents.meet(town.tx, sender.channel, sender.address, "0" * 16, town.now)
    current = conversations.current(town.tx, respondent.id)
    assert current is not None
    return Visit(town.house, town.tx, respondent, town.now), current


def responses(town: Town) -> dict[object, object]:
    return {question: text for question, _, _, text in town.responses()}


def test_who_left_at_a_probe_answers_the_question_that_is_shown(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *BEFORE_THE_LAST, "buses", "/menu", "[Parks]", "[Start: Parks]")
    assert ana.say("benches")
    assert responses(town)["lack"] == "benches"
    assert "wish.probe" not in responses(town)


def test_what_is_taken_up_again_takes_the_answer_under_its_question(town: Town) -> None:
    ana = town.person("ana")
    play(ana, "/menu", "[Buses · 2 min]", "[I'm in]", "[Another way]", "/menu", "[Parks]", "[Start: Parks]", "benches")
    play(ana, "/menu", "[Buses · 2 min]", "bike", "20", "more lanes for bikes please")
    assert responses(town)["wish"] == "more lanes for bikes please"
    assert town.rows("SELECT value FROM responses WHERE question = 'mode'") == [('"by-bike"',)]


def test_words_that_were_not_saved_are_gone_with_what_is_broken_off(town: Town) -> None:
    ana = town.person("ana")
    play(ana, "/menu", "[Buses · 2 min]", "[I'm in]", "by hovercraft")
    assert any("hovercraft" in line for line in town.dump() if '"conversations"' in line)
    play(ana, "/menu", "[Parks]", "[Start: Parks]")
    assert not any("hovercraft" in line for line in town.dump())


@pytest.mark.parametrize(("words", "ends"), [((), False), ((ALARM,), True)])
def test_resuming_and_switching_say_whether_that_ended_it(town: Town, words: tuple[str, ...], ends: bool) -> None:
    ana = town.person("ana")
    play(ana, *BEFORE_THE_LAST, *words)
    visit, current = visit_of(town, ana)
    assert conversing.resume(visit, current) is ends
    assert conversing.switch(visit, current, "es") is ends


def test_beginning_says_whether_that_ended_it(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *BEFORE_THE_LAST, ALARM)
    visit, current = visit_of(town, ana)
    buses, parks = scripts.live(town.tx)
    conversing.break_off(visit, current)
    assert conversing.begin(visit, buses) is True
    assert conversing.begin(visit, parks) is False
