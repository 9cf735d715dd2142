import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.understanding.declining import declines
from dialogues.understanding.reading import DontKnow, Refusal


@pytest.mark.parametrize(
    "text",
    [
        "skip",
        "Pass!",
        "next",
        "n/a",
        "N/A",
        "rather not say",
        "I'd rather not say tbh",
        "prefer not to say",
        "no comment",
        "none of your business",
        "i don't want to answer this",
        "skip this one pls",
        "that's private",
        "skip 🙄",
    ],
)
def test_a_refusal_is_heard(text: str) -> None:
    assert declines(text, "en") == Refusal()


@pytest.mark.parametrize(
    "text",
    [
        "idk",
        "IDKKK",
        "dunno",
        "don't know",
        "i dont really know sorry",
        "no idea lol",
        "not sure",
        "no clue",
        "🤷",
        "🤷🏽‍♀️",
        "idk 🤷",
        "i forgot",
    ],
)
def test_a_dont_know_is_heard(text: str) -> None:
    assert declines(text, "en") == DontKnow()


@pytest.mark.parametrize(
    "text",
    [
        "skip the bus",
        "next year",
        "I don't know, the bus maybe",
        "no",
        "nothing",
        "not skip",
        "I know",
        "don't skip",
        "pass the bus",
        "I'm not sure the council listens",
        "idk but I think buses are too expensive",
        "",
        "🙂",
        "next to the park",
        "who knows what",
    ],
)
def test_part_of_an_opinion_declines_nothing(text: str) -> None:
    assert declines(text, "en") is None


@pytest.mark.parametrize(
    ("text", "declined"),
    [
        ("prefiero no decir", Refusal()),
        ("Prefiero no contestar", Refusal()),
        ("paso", Refusal()),
        ("siguiente", Refusal()),
        ("no sé", DontKnow()),
        ("ni idea", DontKnow()),
        ("no lo sé jaja", DontKnow()),
        ("NS/NC", DontKnow()),
        ("no sé, el bus", None),
        ("paso mucho tiempo aquí", None),
    ],
)
def test_spanish_declines_too(text: str, declined: Refusal | DontKnow | None) -> None:
    assert declines(text, "es") == declined


@given(st.text(max_size=5000), st.text(max_size=5))
def test_any_text_is_read(text: str, language: str) -> None:
    assert declines(text, language) in (None, Refusal(), DontKnow())
