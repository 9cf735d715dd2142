"""A lead and a young person write to each other through the bot."""

import pytest

from bot.incoming import Left
from tests.bot.town import Person, Town, play, texts

INTO_OPEN = ("/menu", "[Buses · 2 min]", "[I'm in]", "[By bus]", "20")
WORRYING = "i want to kill myself"


@pytest.fixture
def lea(town: Town) -> Person:
    return town.member("lea", "lead")


@pytest.fixture
def ana(town: Town, lea: Person) -> Person:
    """Somebody who would like a person to get in touch."""
    assert lea
    ana = town.person("ana")
    play(ana, *INTO_OPEN, WORRYING, "[I'd like someone to get in touch]")
    return ana


def test_a_lead_writes_and_the_answer_goes_to_the_lead_and_nowhere_else(town: Town, lea: Person, ana: Person) -> None:
    play(lea, "[I'll take this one]", "[Write to them]")
    assert "/reach 1 and what you want to say" in lea.story[-1]
    before = town.responses()
    assert lea.say("/reach 1 Hi, I'm Kim. Do you want to talk?").startswith("bot: Sent to #1.")
    assert ana.story[-1] == (
        "bot: A person from Yarra's youth team writes to you:\n\n“Hi, I'm Kim. Do you want to talk?”\n\n"
        "What you type now goes only to them. I don't keep it.\n[Carry on]"
    )
    assert ana.say("yes please zzqx") == "bot: I've passed that on to them."
    assert lea.story[-1].startswith("bot: #1 writes:\n\nyes please zzqx\n\n")
    assert town.responses() == before
    assert not any("zzqx" in line or "Kim" in line for line in town.dump())


def test_carrying_on_ends_it_and_typed_words_are_answers_again(town: Town, lea: Person, ana: Person) -> None:
    lea.say("/reach 1 Hi")
    ana.tap("Did I get that wrong? Carry on")
    heard = len(lea.story)
    ana.say("something else")
    assert len(lea.story) == heard


def test_a_person_in_the_middle_of_questions_is_not_asked_on_while_they_write(
    town: Town, lea: Person, ana: Person
) -> None:
    play(ana, "/resume", "/menu", "[Parks]")
    lea.say("/reach 1 Hi")
    assert ana.say("they need lamps") == "bot: I've passed that on to them."
    assert "they need lamps" not in list(texts(town))
    assert "What do parks lack?" in ana.tap("Carry on")
    ana.say("they need lamps")
    assert "they need lamps" in list(texts(town))


@pytest.mark.parametrize("way", ["/resume", "/menu", "/stop", "[Carry on]", "[Parks]"])
@pytest.mark.usefixtures("ana")
def test_turning_to_something_else_ends_it(town: Town, lea: Person, ana: Person, way: str) -> None:
    ana.say("/menu")
    lea.say("/reach 1 Hi")
    play(ana, way)
    assert town.rows("SELECT talking_with FROM alerts") == [(None,)]


def test_serious_words_to_the_lead_bring_the_help_lines_and_stand_with_the_alert(
    town: Town, lea: Person, ana: Person
) -> None:
    lea.say("/reach 1 Hi")
    said = ana.say("my dad hits me")
    assert said.startswith("bot: Thank you for telling me.")
    assert "Kids Helpline" in said
    assert said.endswith("I've passed that on to them.")
    assert "my dad hits me" in lea.story[-1]
    assert "abuse" in str(town.rows("SELECT flags FROM alerts"))


def test_closing_ends_it(town: Town, lea: Person, ana: Person) -> None:
    play(lea, "/reach 1 Hi", "[Close]", "[I was in touch]")
    heard = len(lea.story)
    ana.say("thanks")
    assert len(lea.story) == heard
    assert "no open alert #1" in lea.say("/reach 1 Hi")


def test_a_lead_whose_alert_it_is_not_does_not_write(town: Town, lea: Person, ana: Person) -> None:
    max_ = town.member("max", "lead")
    lea.tap("I'll take this one")
    heard = len(ana.story)
    assert "Another lead has #1." in max_.say("/reach 1 Hi")
    assert len(ana.story) == heard


def test_who_blocked_the_bot_cannot_be_reached_and_the_lead_is_told(lea: Person, ana: Person) -> None:
    ana.send(Left())
    assert "can't be reached" in lea.say("/reach 1 Hi")


def test_words_for_a_lead_who_blocked_the_bot_stay_with_the_alert_and_go_with_their_writer(
    town: Town, lea: Person, ana: Person
) -> None:
    town.member("max", "lead")
    lea.say("/reach 1 Hi")
    lea.send(Left())
    assert ana.say("i am here zzqx").startswith("bot: I've passed that on")
    assert any("zzqx" in str(text) for (text,) in town.rows("SELECT text FROM alert_words"))
    ana.say("/delete")
    ana.tap("Yes, delete it all")
    assert not any("zzqx" in line for line in town.dump())


@pytest.mark.parametrize("line", ["/reach", "/reach 1", "/reach hello", "/reach 99999999999999999999 hi"])
def test_a_lead_who_mistypes_is_told_how(lea: Person, line: str) -> None:
    assert "such as:\n/reach 3 Hello" in lea.say(line)


def test_what_a_lead_writes_to_a_person_is_not_taken_for_their_own_trouble(lea: Person, ana: Person) -> None:
    assert ana
    assert "Sent to #1" in lea.say("/reach 1 You wrote that you want to kill yourself. I'm here.")


def test_nobody_else_can_write_so(town: Town, ana: Person) -> None:
    heard = len(ana.story)
    assert "That is for lead." in town.member("amy", "ambassador").say("/reach 1 Hi")
    assert "don't know that command" in town.person("ben").say("/reach 1 Hi")
    assert len(ana.story) == heard


def test_long_words_reach_the_lead_whole(lea: Person, ana: Person) -> None:
    lea.say("/reach 1 Hi")
    ana.say("zzqx " * 810)
    assert sum(line.count("zzqx") for line in lea.story) == 810
