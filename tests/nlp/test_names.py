import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.names import PLACES, first_names, is_word_too, listed, named
from nlp.redaction import redact


def hidden(text: str) -> str:
    return redact(text, named(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my name is sam and I hate it", "my name is [name] and I hate it"),
        ("My name's Sam O'Hara.", "My name's [name]."),
        ("hi im called leila", "hi im called [name]"),
        ("everyone calls me Tiger", "everyone calls me [name]"),
        ("ask for leila at the desk", "ask for [name] at the desk"),
        ("me llamo ana de la Cruz", "me llamo [name]"),
        ("Me llamo Ana de la Cruz", "Me llamo [name]"),
        ("se llama Rosa", "se llama [name]"),
        ("name: jo smith", "name: [name]"),
        ("my names tran nguyen and im 15", "my names [name] and im 15"),
        ("my name is sam thanks", "my name is [name] thanks"),
        ("mr smith is mean", "mr [name] is mean"),
        ("el señor García nos grita", "el señor [name] nos grita"),
        ("I'm Sebastian, hi", "I'm [name], hi"),
        ("pregunta por Nuria en el parque", "pregunta por [name] en el parque"),
        ("I'm Naomi Ryan, from town", "I'm [name], from town"),
        ("im Zak", "im [name]"),
        ("soy Lucía y odio el bus", "soy [name] y odio el bus"),
        ("Mr. Baader shouts at us", "Mr. [name] shouts at us"),
        ("my teacher Mrs Patel", "my teacher [name]"),
        ("my best friend Aisha moved", "my best friend [name] moved"),
        ("mi prima Rosa lo sabe", "mi prima [name] lo sabe"),
        ("my brother is called Jay", "my brother is called [name]"),
        ("Hey Leo, the bus", "Hey [name], the bus"),
        ("my mum Jane's car", "my mum [name]'s car"),
    ],
)
def test_a_phrase_gives_a_name_away(text: str, expected: str) -> None:
    assert hidden(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "my name is private",
        "se llama igual, me llamo como mi padre",
        "I'm tired and hungry",
        "I'm Somali, I'm Spanish, soy Christian.",
        "ask for help",
        "ask for more buses in town",
        "my friend thinks so",
        "my mum and dad",
        "Hi, the bus is late",
        "they call me names",
        "my teacher says no",
        "I'm OK.",
        "It's a shame",
        "This is the worst",
    ],
)
def test_ordinary_words_are_no_names(text: str) -> None:
    assert hidden(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i hate steve", "i hate [name]"),
        ("Why is Teresa Lima so loud?", "Why is [name] so loud?"),
        ("megan's mum", "[name]'s mum"),
        ("Ryan P Costa and jo", "[name] and jo"),
        ("Gordon Avenue is dark", "Gordon Avenue is dark"),
        ("St. Patrick church", "St. Patrick church"),
        ("the park is in Paris", "the park is in Paris"),
        ("megan@x.org", "megan@x.org"),
    ],
)
def test_a_first_name_on_the_list_is_a_name(text: str, expected: str) -> None:
    assert redact(text, listed(text, any_case=True)) == expected


def test_in_other_languages_a_listed_name_needs_its_capital() -> None:
    assert redact("paula y Paula", listed("paula y Paula", any_case=False)) == "paula y [name]"


def test_a_name_that_people_need_as_a_word_is_known_to_be_one() -> None:
    assert is_word_too("Will")
    assert is_word_too("luz")
    assert not is_word_too("Nguyen")


def test_no_listed_name_is_a_place_too() -> None:
    assert first_names().isdisjoint(PLACES)


def test_shouting_gives_no_name_away_by_its_capitals() -> None:
    assert hidden("I AM SO TIRED, AND I AM DONE") == "I AM SO TIRED, AND I AM DONE"


@given(st.text(alphabet=st.sampled_from("my nameisIMrAb.',\n ") | st.characters()))
def test_any_text_is_searched(text: str) -> None:
    assert all(0 <= own.start < own.end <= len(text) for own in named(text))


@pytest.mark.parametrize("piece", ["\n", "\n: ", "\n> "])
def test_many_short_lines_take_no_time(piece: str) -> None:
    started = time.process_time()
    assert not list(named(piece * 10_000))
    assert time.process_time() - started < 2, "something in the patterns is quadratic"
