"""What a young person meets when words of theirs sound serious, read as they read it."""

import pytest

from bot.incoming import Delivery, Left, Words
from storage.respondents import Role
from tests.bot.town import WHOLE, Person, Town, play, texts

INTO_OPEN = ("/menu", "[Buses · 2 min]", "[I'm in]", "[By bus]", "20")
WORRYING = "i want to kill myself"

HELPED = """\
bot: Thank you for telling me. That sounds really hard, and you don't have to deal with it on your own.

Kids Helpline: 1800 55 1800

If you're in danger right now, call 000.
bot: I'm a bot, so I've told the person at Yarra who looks after safety that a message sounded serious. They can read \
it; the rest of the team can't. A person looks on weekdays. If it's urgent, please don't wait for them: call.

The questions can wait.
[I'd like someone to get in touch]
[Did I get that wrong? Carry on]"""
AYUDA = """\
bot: Gracias por contármelo. Suena muy duro, y no tienes que pasar por esto sin ayuda.

Kids Helpline: 1800 55 1800

Si estás en peligro ahora mismo, llama al 000.
bot: Soy un bot, así que he avisado a la persona de Yarra que se ocupa de la seguridad de que un mensaje sonaba serio. \
Puede leerlo; el resto del equipo no. Una persona mira los días laborables. Si es urgente, no esperes: llama, por \
favor.

Las preguntas pueden esperar.
[Quiero que alguien me escriba]
[¿Lo he entendido mal? Seguir]"""


@pytest.fixture
def lea(town: Town) -> Person:
    return town.member("lea", "lead")


@pytest.mark.usefixtures("lea")
def test_serious_words_are_met_with_help_a_way_to_a_person_and_a_way_on(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN)
    assert ana.say(WORRYING) == HELPED
    assert ana.say("ok") == (
        "bot: I've passed that on to them too. I'm only a bot, so I can't answer it myself.\n\n"
        "The questions can wait.\n[I'd like someone to get in touch]\n[Carry on]"
    )
    assert "Thank you." in ana.tap("Did I get that wrong? Carry on")
    assert town.rows("SELECT phase FROM conversations") == [("ended",)]


@pytest.mark.usefixtures("lea")
def test_in_spanish_too(town: Town) -> None:
    ana = town.person("ana", "es")
    play(ana, "/menu", "[Buses · 2 min]", "[Participo]", "[En bus]", "20")
    assert ana.say("me quiero matar") == AYUDA
    assert "Te escribirá aquí" not in ana.tap("Quiero que alguien me escriba")
    assert ana.story[-1] == (
        "bot: De acuerdo, le he pedido que te escriba, aquí mismo en este chat. Una persona mira los días laborables. "
        "Si es urgente, no esperes: llama, por favor.\n\nNo tienes que dar ni nombre ni número.\n[Seguir]"
    )


def test_where_there_is_no_lead_nobody_is_promised(town: Town) -> None:
    ana = town.person("ana")
    said = ana.say(WORRYING)
    assert "nobody else reads this chat right now" in said
    assert "told the person" not in said
    assert ana.labels == ["Did I get that wrong? Carry on"]
    ana.tap_token("h:touch")
    assert "there's nobody I can ask right now" in ana.story[-1]
    assert town.rows("SELECT contact_wanted_at FROM alerts") == [(None,)]


def test_a_lead_who_blocked_the_bot_is_promised_to_nobody(town: Town, lea: Person) -> None:
    lea.send(Left())
    assert "nobody else reads this chat right now" in town.person("ana").say(WORRYING)


@pytest.mark.usefixtures("lea")
def test_outside_the_questions_nothing_is_said_to_wait_and_carrying_on_shows_the_menu(town: Town) -> None:
    ana = town.person("ana")
    assert "questions can wait" not in ana.say(WORRYING)
    assert "What's on today" in ana.tap("Did I get that wrong? Carry on")


@pytest.mark.usefixtures("lea")
def test_carrying_on_asks_the_question_again_once(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN[:-1], WORRYING)
    number, token = ana.find("Did I get that wrong? Carry on")
    assert "How many minutes?" in ana.tap_token(token, number)
    assert ana.tap_token(token, number).startswith("note: That button is from earlier")


def test_asking_for_contact_says_what_happens_and_is_passed_on_once(town: Town, lea: Person) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN, WORRYING)
    number, token = ana.find("I'd like someone to get in touch")
    assert ana.tap_token(token, number) == (
        "bot: OK, I've asked them to write to you, right here in this chat. A person looks on weekdays. If it's "
        "urgent, please don't wait for them: call.\n\nYou don't have to give a name or a number.\n[Carry on]"
    )
    assert lea.story[-1].startswith("bot: Somebody would like you to get in touch.\n\n#1 · ")
    heard = len(lea.story)
    assert "They'll write to you here" in ana.tap_token(token, number)
    assert len(lea.story) == heard


@pytest.mark.parametrize(
    ("second", "head"),
    [
        (("unsure",), "I might have got this wrong, but that sounded hard."),
        (("abuse",), "Thank you for telling me."),
        (("abuse", "unsure"), "Thank you for telling me."),
    ],
)
def test_what_only_the_second_look_noticed_is_asked_gently_when_it_is_unsure(
    town: Town, lea: Person, second: tuple[str, ...], head: str
) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN)
    town.take(Delivery(town.next_update(), ana.sender, Words("he comes in at night", town.next_number()), second))
    town.deliver()
    assert ana.story[-2].startswith(f"bot: {head}")
    assert town.rows("SELECT phase FROM conversations") == [("paused",)]
    assert second[0] in lea.story[-1]


def test_the_lead_hears_of_it_without_the_words_and_ambassadors_and_staff_do_not(town: Town, lea: Person) -> None:
    others = [town.member("amy", "ambassador"), town.member("sam", "staff")]
    heard = [len(member.story) for member in others]
    ana = town.person("ana")
    play(ana, *INTO_OPEN, WORRYING)
    assert lea.story[-1] == (
        "bot: A message sounded serious.\n\n#1 · 23 Nov 12:00 UTC · self-harm\nNobody has taken it yet.\n"
        "Replies held back until you release them: 1.\n[I'll take this one]\n[Read the words]"
    )
    assert [len(member.story) for member in others] == heard
    assert "kill" not in lea.transcript


def test_what_somebody_writes_next_joins_their_alert_and_the_lead_is_told_again_only_of_news(
    town: Town, lea: Person
) -> None:
    ana = town.person("ana")
    play(ana, WORRYING)
    heard = len(lea.story)
    ana.say("i really want to die")
    assert len(lea.story) == heard
    ana.say("my dad hits me")
    assert lea.story[-1].startswith("bot: There is more on #1.")
    lea.tap("I'll take this one")
    ana.say("i want to die")
    assert lea.story[-1].startswith("bot: There is more on #1.")
    assert town.rows("SELECT count(*) FROM alerts") == [(1,)]


def test_what_somebody_writes_on_while_the_questions_wait_reaches_the_lead(town: Town, lea: Person) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN[:-1], WORRYING, "it started last summer", "[I'd like someone to get in touch]")
    assert "it started last summer" not in list(texts(town))
    ana.say("are you there?")
    assert ana.labels == ["Carry on"]
    lea.tap("I'll take this one")
    assert "“it started last summer”" in lea.tap("Read the words")
    ana.say("hello?")
    assert lea.story[-1].startswith("bot: There is more on #1.")
    play(ana, "[Carry on]", "/pause")
    assert "passed that on" in ana.say("hm")


def test_a_pause_without_an_alert_is_only_a_pause(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN, "/pause")
    assert "paused" in ana.say("hm")


# --- the safe word


@pytest.mark.parametrize("line", ["/safe", "safe", "SAFE!", " safe. "])
@pytest.mark.parametrize("into", [(), INTO_OPEN[:-2], INTO_OPEN, WHOLE], ids=len)
def test_the_safe_word_brings_the_help_lines_and_a_break_and_is_no_answer(
    town: Town, lea: Person, into: tuple[str, ...], line: str
) -> None:
    ana = town.person("ana")
    play(ana, *into)
    before, heard = town.responses(), len(lea.story)
    said = ana.say(line)
    assert said.startswith("bot: OK, let's take a break. If you'd like to talk to someone:\n\nKids Helpline")
    assert "Nobody is told that you asked for a break." in said
    assert ana.labels == ["I'd like someone to get in touch", "Carry on"]
    assert (town.responses(), len(lea.story)) == (before, heard)
    assert town.rows("SELECT count(*) FROM alerts") == [(0,)]
    assert town.rows("SELECT count(*) FROM conversations WHERE phase = 'asking'") == [(0,)]


def test_who_meant_the_safe_word_as_an_answer_is_told_how_to_give_it(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN)
    assert "If that was your answer, carry on and say it in a few more words." in ana.say("safe")
    play(ana, "[Carry on]", "safe mostly, with the new lamps")
    assert "safe mostly, with the new lamps" in list(texts(town))
    assert "that was your answer" not in ana.say("/safe")


def test_after_the_safe_word_somebody_can_be_asked_to_get_in_touch(town: Town, lea: Person) -> None:
    ana = town.person("ana")
    play(ana, "/safe", "[I'd like someone to get in touch]")
    assert "#1 · 23 Nov 12:00 UTC · asked for contact\nWould like somebody to get in touch." in lea.story[-1]


# --- what is held, and deleted


@pytest.mark.usefixtures("lea")
def test_mydata_shows_the_words_that_were_passed_on_and_are_no_answer(town: Town) -> None:
    ana = town.person("ana")
    ana.say(WORRYING)
    assert f"looks after safety: 1\n• “{WORRYING}”" in ana.say("/mydata")


def test_deleting_with_an_open_alert_says_what_it_means_deletes_all_and_tells_the_lead(town: Town, lea: Person) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN, WORRYING)
    assert "A person may still want to write to you here. If you delete everything, they can't." in ana.say("/delete")
    ana.tap("Yes, delete it all")
    assert lea.story[-1].startswith("bot: The person behind #1 had everything deleted.")
    for table in ("alerts", "alert_words", "alert_steps"):
        assert town.rows(f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608 - the names above


@pytest.mark.parametrize("role", ["ambassador", "staff", "lead"])
def test_members_find_help_like_anybody(town: Town, role: Role) -> None:
    member = town.member("mo", role)
    assert "Kids Helpline" in member.say(WORRYING)
