import pytest
import yaml

from bot.library import shipped_codebook
from nlp.codebook import Codebook, codebook_from
from nlp.codebook_checks import FEWEST_FOR_UNUSED, alike, doubts_of
from nlp.encoder import UseEncoder

SECOND_BUSES = """
id: getting-about
name: Buses and trains
definition: Going by bus, train and bike, and whether it is easy and cheap to get about.
examples: [the bus is always late, train tickets cost too much, more bike lanes]
"""
SECOND_STRESS = """
id: mental-health
name: Mental health
definition: Feeling stressed, anxious or low, and getting someone to talk to.
examples: [i feel so anxious, waiting months for a counsellor]
"""
EXAMS = {"id": "exams", "name": "Exams", "definition": "Pressure of tests and grades.", "examples": ["exam stress"]}


def with_theme(theme: object) -> Codebook:
    return codebook_from({"themes": [*(own.model_dump() for own in shipped_codebook().themes), theme]})


def names(*themes: str) -> Codebook:
    return codebook_from({"themes": list(themes)})


def kinds(book: Codebook, given: list[list[str]]) -> list[tuple[str, tuple[str, ...]]]:
    return [(doubt.kind, doubt.themes) for doubt in doubts_of(book, given)]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_shipped_themes_are_far_enough_apart(use: UseEncoder, language: str) -> None:
    assert alike(shipped_codebook(), language, use) == []


@pytest.mark.parametrize(("theme", "pair"), [
    (SECOND_BUSES, ("transport", "getting-about")), (SECOND_STRESS, ("wellbeing", "mental-health")),
])  # fmt: skip
def test_a_theme_that_says_again_what_another_says_is_named_with_it(
    use: UseEncoder, theme: str, pair: tuple[str, str]
) -> None:
    (doubt,) = alike(with_theme(yaml.safe_load(theme)), "en", use)
    assert doubt.themes == pair
    assert all(f"'{name}'" in doubt.says for name in pair)
    assert "`exclude:`" in doubt.fix


@pytest.mark.parametrize("pair", [("Jobs", "Work"), ("Sport", "Sports facilities"), ("School", "Education")])
def test_bare_names_can_be_too_alike(use: UseEncoder, pair: tuple[str, str]) -> None:
    assert [doubt.themes for doubt in alike(names(*pair, "Money", "Parks"), "en", use)] == [pair]


def test_a_narrower_theme_is_no_doubt(use: UseEncoder) -> None:
    assert alike(with_theme(EXAMS), "en", use) == []


def test_a_theme_and_its_parent_may_be_alike(use: UseEncoder) -> None:
    child = {**yaml.safe_load(SECOND_BUSES), "parent": "transport"}
    assert alike(with_theme(child), "en", use) == []
    book = codebook_from({"themes": ["bus", {"name": "tram", "parent": "bus"}, "park"]})
    assert kinds(book, [["bus", "tram"]] * 10 + [["park"]] * 15) == []


def test_a_theme_that_nothing_matches_is_named_once_there_are_enough_replies() -> None:
    enough = [["bus"]] * 40 + [["park"]] * 60
    assert len(enough) == FEWEST_FOR_UNUSED
    assert kinds(names("bus", "park", "moon"), enough) == [("unused", ("moon",)), ("swallows", ("park",))]
    assert kinds(names("bus", "park", "moon"), enough[1:60]) == [("swallows", ("bus",))]


def test_a_theme_that_swallows_half_of_all_replies_is_named() -> None:
    replies = [["bus"]] * 16 + [[]] * 14
    (doubt,) = doubts_of(names("bus"), replies)
    assert (doubt.kind, doubt.themes) == ("swallows", ("bus",))
    assert "16 of 30" in doubt.says
    assert doubts_of(names("bus"), [["bus"]] * 15 + [[]] * 15) == []
    assert doubts_of(names("bus"), [["bus"]] * 20) == []


def test_themes_that_always_come_together_are_named() -> None:
    book = names("bus", "tram", "park")
    assert kinds(book, [["tram", "bus"]] * 8 + [["bus"]] * 2 + [["park"]] * 30) == [
        ("swallows", ("park",)), ("together", ("bus", "tram")),
    ]  # fmt: skip
    assert kinds(book, [["tram", "bus"]] * 7 + [["bus"]] * 3 + [["park"]] * 10) == []


def test_no_replies_raise_no_doubt() -> None:
    assert doubts_of(names("bus", "park"), []) == []
