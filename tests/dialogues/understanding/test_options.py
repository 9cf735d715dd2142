import time
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dialogues.understanding.options import understand_option, understand_options
from dialogues.understanding.quantity import understand_number
from dialogues.understanding.reading import Between, Clear, DontKnow, Reading, Refusal, Unclear
from dialogues.understanding.words import fold, words

TRAVEL = ("Bus", "Tram", "Train", "Bike", "Walking", "Car")
VIAJE = ("El bus", "El tranvía", "La bici", "A pie", "El coche")

languages = st.sampled_from(("en", "es", "fr", "en-GB", ""))
word_list = (
    "bus tram not the no yes 1 2 3 second and or but , . ? / all except none because 👍 👎 idk 16 - # last maybe"
)
phrases = st.lists(st.sampled_from(word_list.split()), max_size=9).map(" ".join)
texts = st.one_of(st.text(max_size=60), phrases)
label_lists = st.lists(st.one_of(st.text(min_size=1, max_size=20), phrases.filter(bool)), min_size=1, max_size=6)
plain_words = st.text(alphabet="abcdefghijklmnopqrstuvwxyzñáé", min_size=2, max_size=9)


def indices(reading: Reading[int]) -> tuple[int, ...]:
    match reading:
        case Clear(index):
            return (index,)
        case Between(candidates):
            return candidates
        case _:
            return ()


@given(label_lists, st.data(), languages)
def test_the_label_of_an_option_means_that_option(labels: list[str], data: st.DataObject, language: str) -> None:
    assume(len(set(labels)) == len(labels))
    index = data.draw(st.integers(0, len(labels) - 1))
    assert understand_option(labels[index], labels, language) == Clear(index)
    assert understand_options(labels[index], labels, language) == Clear((index,))


@given(st.lists(plain_words, min_size=1, max_size=9, unique_by=fold), st.data(), languages)
def test_the_place_of_an_option_means_that_option(labels: list[str], data: st.DataObject, language: str) -> None:
    for label in labels:
        assume(not isinstance(understand_number(label, language), Clear | Between))
    index = data.draw(st.integers(0, len(labels) - 1))
    assert understand_option(str(index + 1), labels, language) == Clear(index)


@given(texts, label_lists, languages)
def test_only_options_that_exist_are_understood(text: str, labels: list[str], language: str) -> None:
    one, several = understand_option(text, labels, language), understand_options(text, labels, language)
    assert set(indices(one)) <= set(range(len(labels)))
    chosen = (
        [several.value] if isinstance(several, Clear) else several.candidates if isinstance(several, Between) else []
    )
    for way in chosen:
        assert way
        assert list(way) == sorted(set(way))
        assert set(way) <= set(range(len(labels)))
    for reading in (one, several):
        assert not isinstance(reading, Between) or 1 <= len(set(reading.candidates)) == len(reading.candidates) <= 4


def test_a_letter_after_no_may_be_a_name_and_is_asked() -> None:
    assert understand_option("no N", ["N", "S"], "es") == Between((0,))
    assert understand_option("N", ["N", "S"], "es") == Clear(0)


@given(label_lists, st.data(), st.sampled_from(("en", "es")))
def test_an_option_after_not_is_never_chosen(labels: list[str], data: st.DataObject, language: str) -> None:
    index = data.draw(st.integers(0, len(labels) - 1))
    negation = "not" if language == "en" else "no"
    text = f"{negation} {labels[index]}"
    assume(words(labels[index]) and words(labels[index])[0] != negation)  # "no no" is a no
    assume(not any(words(label) == words(text) for label in labels))
    assert understand_option(text, labels, language) != Clear(index)


@pytest.mark.parametrize("language", ["en", "es", "fr"])
@pytest.mark.parametrize(
    "text", ["bus " * 1000, "1" * 4096, "🚌" * 4096, "not " * 100, "ﷺ" * 4000, "1/2" * 130, "\0" * 400]
)
def test_a_long_reply_takes_no_long_time(text: str, language: str) -> None:
    started = time.process_time()
    understand_option(text, TRAVEL, language)
    understand_options(text, TRAVEL, language)
    assert time.process_time() - started < 1


def named(reading: Reading[int], labels: Sequence[str]) -> str:
    match reading:
        case Clear(index):
            return labels[index]
        case Between(candidates):
            return " / ".join(labels[index] for index in candidates) + " ?"
        case Unclear():
            return "?"
        case Refusal():
            return "refusal"
        case DontKnow():
            return "don't know"


@pytest.mark.parametrize(
    "typed",
    [
        "bus",
        "Bus.",
        "(bus)",
        "*bus*",
        "- bus",
        "the bus",
        "a bus",
        "busss",
        "buses",
        "by bus",
        "i go by bus",
        "1",
        "1.",
        "1)",
        "#1",
        "option 1",
        "number 1",
        "option one",
        "first",
        "1st",
        "the 1st one",
        "top one",
        "first one pls",
        "bus 👍",
        "probably the bus",
        "prob bus tbh",
        "bus i guess",
        "bus lol",
        "definitely the bus",
        "bus obviously",
        "maybe the bus",
        "i prefer bus over tram",
        "bus instead of tram",
        "bus rather than the tram",
        "bus, not tram",
        "bus not tram",
        "bus because its cheap",
        "bus cos i have no choice",
        "bus bus bus",
        "yeah bus",
        "i'd say bus",
        "1️⃣",
        "①",
        "１",
        "1 (bus)",
        "not the tram but the bus",
        "i usually take the bus",
        "just the bus",
        "bus is best",
        "me i take da bus",
    ],
)
def test_it_understands_the_bus(typed: str) -> None:
    assert understand_option(typed, TRAVEL, "en") == Clear(0)


@pytest.mark.parametrize(
    "typed",
    [
        "not bus",
        "not the bus",
        "definitely not bus",
        "never the bus",
        "i hate the bus",
        "anything but the bus",
        "no bus",
        "i dont take the bus",
        "bus? no",
        "bus no",
        "bus nah",
        "anything except bus",
        "bus?",
        "my mum takes the bus",
        "bus or tram",
        "bus and tram",
        "bus used to be good",
        "bus sucks",
        "bus when it rains",
        "if it rains the bus",
        "bus jk",
        "bus lol jk tram",
        "bus, actually tram",
        "bus no wait tram",
        "not only the bus",
        "i don't not take the bus",
        "cant beat the bus",
        "bus 👎",
        "idk maybe bus",
        "not sure, bus",
        "no, bus",
        "not tram, bus",
        "bus but tram too",
        "avoid the bus",
        "skip the bus",
        "none of them except the bus",
        "the other bus",
        "bus stop",
        "bsu",
        "bas",
        "that one",
        "no one",
        "-1",
        "no. 1",
        "1.5",
        "0",
        "11",
        "1 2",
        "1 or 2",
        "1 bus 2",
        "first two",
        "bus is rubbish",
        "without the bus",
        "rarely the bus",
        "neither the bus",
        "no way the bus",
        "bus? not for me",
        "everyone says bus",
        "bus isnt for me",
        "not the first",
        "bus ❌",
        "anything, not the bus",
        "bus 🙄",
        "unlike the bus",
        "i wish i had a bus",
        "not a fan of the bus",
        "bus never",
    ],
)
def test_it_does_not_take_this_for_the_bus(typed: str) -> None:
    assert understand_option(typed, TRAVEL, "en") != Clear(0)


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("el bus", "El bus"),
        ("en bici", "La bici"),
        ("voy en coche", "El coche"),
        ("la dos", "El tranvía"),
        ("2º", "El tranvía"),
        ("la última", "El coche"),
        ("el penúltimo", "A pie"),
        ("opción 3", "La bici"),
        ("nº 2", "El tranvía"),
        ("tranbia", "El tranvía"),
        ("el bus porque es barato", "El bus"),
        ("no el bus sino la bici", "La bici"),
        ("bici, no bus", "La bici"),
        ("el bus no", "El bus ?"),
        ("ni bus ni bici", "El tranvía / A pie / El coche ?"),
        ("mi padre me lleva en coche", "El coche ?"),
        ("paso", "refusal"),
        ("ns", "don't know"),
        ("cohete", "?"),
        ("el uno", "El bus"),
        ("pues la bici jaja", "La bici"),
        ("menos el bus", "El tranvía / La bici / A pie / El coche ?"),
        ("bici o bus", "La bici / El bus ?"),
        ("bus?", "El bus ?"),
    ],
)
def test_it_understands_spanish(typed: str, meaning: str) -> None:
    assert named(understand_option(typed, VIAJE, "es"), VIAJE) == meaning


def test_other_languages_get_digits_names_and_emoji() -> None:
    labels = ("Oui", "Non", "😀 Le tram")
    assert understand_option("2", labels, "fr") == Clear(1)
    assert understand_option("NON!", labels, "fr") == Clear(1)
    assert understand_option("😀", labels, "fr") == Clear(2)
    assert understand_option("trma", labels, "fr") == Clear(2)
    assert understand_option("pas le tram", labels, "fr") == Between((2,))


@pytest.mark.parametrize(
    ("typed", "labels", "meaning"),
    [
        ("yes", ("Yes", "No"), "Yes"),
        ("👍", ("Yes", "No"), "Yes"),
        ("👎", ("Yes", "No"), "No"),
        ("nah", ("Yes", "No", "Not sure"), "No"),
        ("not yes", ("Yes", "No"), "No / Yes ?"),
        ("yes", ("Yes, a lot", "Yes, a bit", "No"), "Yes, a lot / Yes, a bit ?"),
        ("yes a bit", ("Yes, a lot", "Yes, a bit", "No"), "Yes, a bit"),
        ("idk", ("Yes", "No", "Not sure"), "Not sure"),
        ("i agree", ("Strongly agree", "Agree", "Disagree"), "Agree"),
        ("dont agree", ("Agree", "Disagree"), "Disagree"),
        ("disagree", ("Agree", "Disagree"), "Disagree"),
        ("👍", ("Bus", "Tram"), "?"),
        ("yes", ("Bus", "Tram"), "?"),
        ("skip", ("Yes", "Prefer not to say"), "refusal"),
        ("rather not say", ("Yes", "Prefer not to say"), "Prefer not to say"),
        ("pass", ("Bus pass", "Cash"), "Bus pass ?"),
        ("no", ("No preference", "Bus"), "?"),
        ("both", ("Bus", "Tram"), "Bus / Tram ?"),
        ("something else", ("Bus", "Other"), "Other"),
        ("neither", ("Agree", "Neither agree nor disagree"), "Neither agree nor disagree"),
        ("unhappy", ("Happy", "Sad"), "?"),
        ("not happy", ("Happy", "Not happy"), "Not happy"),
        ("i never go", ("Never", "Often"), "Never"),
        ("own", ("On my own", "With friends"), "On my own"),
        ("friends and family", ("With friends", "With family"), "With friends / With family ?"),
        ("2", ("Route 2", "Route 3"), "Route 2 / Route 3 ?"),
        ("route 3", ("Route 2", "Route 3"), "Route 3"),
        ("hours", ("Under an hour", "Over an hour"), "Under an hour / Over an hour ?"),
    ],
)
def test_the_options_decide_what_a_reply_means(typed: str, labels: tuple[str, ...], meaning: str) -> None:
    assert named(understand_option(typed, labels, "en"), labels) == meaning


def test_a_part_that_is_not_understood_is_never_dropped() -> None:
    for typed in (
        "bus and skateboard",
        "1 and 9",
        "bus, tram and a unicorn",
        "bus, not sure about tram",
        "2 bus",
        "bus maybe tram",
    ):
        assert not isinstance(understand_options(typed, TRAVEL, "en"), Clear)


def test_a_near_word_among_many_others_is_not_heard() -> None:
    for typed in ("my old granny likes studi", "our town shuts at 2"):
        assert understand_option(typed, ("School", "Study", "Parks"), "en") == Unclear()
        assert understand_options(typed, ("School", "Study", "Parks"), "en") == Unclear()
    assert understand_option("my old granny likes parks", ("School", "Study", "Parks"), "en") == Between((2,))


def test_a_reading_that_rests_on_a_near_word_alone_is_faint() -> None:
    assert understand_options("tran and bus", ("Tram", "Bus"), "en") == Between(((0, 1),))
    assert understand_options("trma", ("Train", "Tram"), "en") == Clear((1,))
    assert understand_options("tran", ("Tram", "Bus"), "en") == Between(((0,),), faint=True)


def test_all_leaves_out_what_stands_apart() -> None:
    labels = ("Parks", "Shops", "None of these", "Prefer not to say")
    assert understand_options("all of them", labels, "en") == Clear((0, 1))
    assert understand_options("all but the parks", labels, "en") == Clear((1,))
    assert understand_options("none", labels, "en") == Clear((2,))
