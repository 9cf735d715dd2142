"""In every state, serious words are met with help before anything else, and never with the next question."""

import random
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

import pytest

from bot.help_phrases import help_phrases
from bot.incoming import Command, EditedWords, Incoming, Media, Upload, Words
from bot.roles import COMMANDS
from nlp.screening import screen
from storage.respondents import Role
from tests.bot.listed_phrases import lines, misspelt, sentence
from tests.bot.town import BUSES, WHOLE, Person, Town, play
from tests.dialogues.plays import SETS, shipped
from tests.storage.fresh import fresh

PHRASES = [made for line in lines() if (made := sentence(line))]
INTO_OPEN = ("/menu", "[Buses · 2 min]", "[I'm in]", "[By bus]", "20")
TYPED = ("20", "by bus", "something else entirely", "yes", "some lamps would be nice", "?", "maybe 15 or 16", "ok")
MOST_STEPS = 25


def test_every_listed_phrase_and_its_simple_misspellings_are_noticed() -> None:
    assert len(PHRASES) >= 0.97 * len(lines())
    assert [text for phrase in PHRASES for text in misspelt(phrase) if not screen(text, "en")] == []


def check_help(person: Person, said: str) -> None:
    """Check that this is help and a way on, and that nothing else was said or asked."""
    says = help_phrases(person.sender.language or "en")
    assert said.startswith(f"bot: {says.support}\n\nKids Helpline"), person.transcript
    assert said.count("bot: ") == 2, person.transcript
    assert person.labels == [says.touch, says.mistaken], person.transcript
    assert not person.town.rows("SELECT 1 FROM conversations WHERE phase = 'asking'"), person.transcript


def wander(person: Person, rng: random.Random) -> None:
    """Do something that somebody might do at the question that is on the screen."""
    newest = person.screen[max(person.screen)]
    buttons = [token for row in newest.buttons for _, token in row]
    if buttons and rng.random() < 0.7:
        person.tap_token(rng.choice(buttons), max(person.screen))
    else:
        person.say(rng.choice(TYPED))


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_at_every_question_of_every_shipped_set_help_comes_first(path: Path, language: str, seed: int) -> None:
    rng = random.Random(f"{path.stem} {language} {seed}")
    phrases = cycle(rng.sample(PHRASES, len(PHRASES)))
    with fresh() as tx:
        town = Town(tx)
        town.offer(path.read_text(encoding="utf-8"))
        town.member("lea", "lead")
        ana = town.person("ana", language)
        ana.say("/menu")
        ana.tap_token(f"m:{shipped(path).dialogue}")
        for _ in range(MOST_STEPS):
            for phrase in islice(phrases, 2):
                check_help(ana, ana.say(phrase))
                ana.tap(help_phrases(language).mistaken)
            wander(ana, rng)
        assert town.rows("SELECT count(*) > 0 FROM responses") == [(1,)]


SOMEWHERE: dict[str, tuple[str, ...]] = {
    "a stranger": (),
    "at the menu": ("/menu",),
    "after the greeting": ("/start",),
    "at help": ("/help",),
    "choosing a language": ("/language",),
    "asked whether to delete": ("/delete",),
    "looking at their data": ("/mydata",),
    "at the consent": INTO_OPEN[:2],
    "at a number": INTO_OPEN[:4],
    "asked back": (*INTO_OPEN[:4], "15 or 16"),
    "behind other": (*INTO_OPEN[:3], "[Another way]"),
    "at an open question": INTO_OPEN,
    "at a probe": (*INTO_OPEN, "buses"),
    "on the way back": (*INTO_OPEN, "/back"),
    "paused": (*INTO_OPEN, "/pause"),
    "stopped": (*INTO_OPEN, "/stop"),
    "having said no": (*INTO_OPEN[:2], "[No thanks]"),
    "after the end": WHOLE,
    "on a break": (*INTO_OPEN, "/safe"),
    "helped before": (*INTO_OPEN, PHRASES[0]),
    "having asked for contact": (*INTO_OPEN, PHRASES[0], "[I'd like someone to get in touch]"),
    "complaining": ("/complain",),
    "complaining at a question": (*INTO_OPEN, "/complain"),
}


def in_ways(town: Town, person: Person, phrase: str) -> dict[str, Incoming]:
    """Return the ways in which words can come in."""
    number = town.next_number()
    return {
        "words": Words(phrase, number),
        "an edit": EditedWords(phrase, person.last_message),
        "a caption": Media("photo", number, caption=phrase),
        "a caption in an album": Media("photo", number, "album", phrase),
        "a caption of a file": Upload("file", "x.pdf", 5, number, phrase),
        "behind /menu": Command("menu", phrase, number),
        "behind /resume": Command("resume", phrase, number),
        "behind /skip": Command("skip", phrase, number),
        "behind /start": Command("start", phrase, number),
        "behind what is no command": Command("hello", phrase, number),
    }


@pytest.mark.parametrize("way", ["words", "an edit", "a caption", "a caption in an album", "a caption of a file",
                                 "behind /menu", "behind /resume", "behind /skip", "behind /start",
                                 "behind what is no command"])  # fmt: skip
@pytest.mark.parametrize("state", SOMEWHERE)
def test_wherever_somebody_is_and_however_the_words_come_help_comes_first(town: Town, state: str, way: str) -> None:
    phrases = random.Random(f"{state} {way}").sample(PHRASES, 2)
    town.member("lea", "lead")
    ana = town.person("ana")
    play(ana, *SOMEWHERE[state])
    for phrase in phrases:
        check_help(ana, ana.send(in_ways(town, ana, phrase)[way]))


ON_THE_WAY_IN: dict[str, tuple[str, ...]] = {
    "a newcomer": (),
    "at the introduction": ("/start",),
    "having asked for more": ("/start", "[Tell me more]"),
    "asked back whether they agree": ("/start", "what is this"),
    "at the age": ("/start", "[I'm in]"),
    "asked back how old": ("/start", "[I'm in]", "old enough"),
    "below the age": ("/start", "[I'm in]", "[Under 13]"),
    "who would rather not say": ("/start", "[I'm in]", "[I'd rather not say]"),
    "having said no": ("/start", "[No thanks]"),
    "complaining": ("/start", "/complain"),
}


@pytest.mark.parametrize("guardian", [False, True], ids=["stop", "guardian"])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("state", ON_THE_WAY_IN)
def test_before_anybody_agreed_help_comes_first_too(town: Town, state: str, language: str, *, guardian: bool) -> None:
    town.house = replace(town.house, deployment=replace(town.house.deployment, guardian=guardian))
    town.member("lea", "lead")
    lines = ON_THE_WAY_IN[state]
    for way in in_ways(town, town.newcomer("nobody"), ""):
        sam = town.newcomer("sam", "en")
        play(sam, *lines)
        if language == "es":
            play(sam, "/language", "[Español]")
            sam.sender = replace(sam.sender, language="es")
        check_help(sam, sam.send(in_ways(town, sam, PHRASES[0])[way]))
        check_help(sam, sam.say(PHRASES[1]))


@pytest.mark.parametrize("state", ["a stranger", "at an open question", "complaining at a question", "stopped"])
@pytest.mark.parametrize("name", COMMANDS)
def test_behind_every_command_help_comes_first_and_no_question_follows(town: Town, state: str, name: str) -> None:
    town.member("lea", "lead")
    ana = town.person("ana")
    play(ana, *SOMEWHERE[state])
    for edited in (False, True):
        said = ana.send(Command(name, PHRASES[0], town.next_number(), edited))
        assert said.startswith(f"bot: {help_phrases('en').support}\n\nKids Helpline"), said
        assert not town.rows("SELECT 1 FROM conversations WHERE phase = 'asking'"), said


def test_somebody_who_writes_with_a_lead_gets_the_help_lines_before_anything_else(town: Town) -> None:
    lea, ana = town.member("lea", "lead"), town.person("ana")
    play(ana, *INTO_OPEN, PHRASES[0])
    lea.say("/reach 1 Hello, I'm Kim")
    for phrase in random.Random("reach").sample(PHRASES, 9):
        said = ana.say(phrase)
        assert said.startswith(f"bot: {help_phrases('en').support}\n\nKids Helpline")
        assert said.endswith(help_phrases("en").relayed)
        assert phrase in lea.story[-1]
    assert town.rows("SELECT phase FROM conversations") == [("paused",)]


@pytest.mark.parametrize("phrase", random.Random("misspelt").sample(PHRASES, 5))
def test_misspelt_phrases_are_met_with_help_at_a_question_and_in_the_menu(town: Town, phrase: str) -> None:
    town.member("lea", "lead")
    for led_here in (INTO_OPEN, ("/menu",), INTO_OPEN[:4]):
        ana = town.person("ana")
        play(ana, *led_here)
        for said in misspelt(phrase):
            check_help(ana, ana.say(said))


MIDDLES: dict[str, tuple[str, ...]] = {
    "shown a reply": ("/review",),
    "having ticked a theme": ("/review", "[Parks]"),
    "having decided": ("/review", "[None of these]"),
    "with all reviewed": ("/review", "[None of these]", "/review"),
}


@pytest.mark.parametrize("state", MIDDLES)
@pytest.mark.parametrize("role", ["ambassador", "staff", "lead"])
def test_a_member_anywhere_in_a_review_is_helped_like_anybody(town: Town, role: Role, state: str) -> None:
    town.member("lea", "lead")
    play(town.person("ben"), *WHOLE)
    town.tag("buses")
    mo = town.member("mo", role)
    play(mo, *MIDDLES[state])
    said = mo.say(PHRASES[0])
    assert said.startswith(f"bot: {help_phrases('en').support}")
    assert "What would help?" not in said


def test_a_member_who_tries_a_set_out_is_helped_too(town: Town) -> None:
    (script,) = town.offer(BUSES)
    member = town.member("mo", "lead")
    member.tap_token(f"s:{script}:try")
    said = member.say(PHRASES[0])
    assert said.startswith(f"bot: {help_phrases('en').support}")
    assert town.rows("SELECT phase FROM conversations") == [("paused",)]
