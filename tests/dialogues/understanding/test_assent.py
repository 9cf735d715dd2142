import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.understanding.assent import leaning, understand_yes_no
from dialogues.understanding.reading import Between, Clear, DontKnow, Unclear


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "YES!!",
        "yep",
        "yess",
        "yeahhh",
        "yh",
        "ye",
        "y",
        "ok",
        "Ok.",
        "sure",
        "👍",
        "👍🏽👍🏽",
        "✅",
        "definitely",
        "of course",
        "yes please",
        "I do",
        "yes i want to take part",
        "sure thing",
        "bet",
        "k",
        "100%",
        "i agree",
        "hell yeah",
        "ofc",
        "sí",
        "yes ✅",
        "aye",
    ],
)
def test_a_yes_is_heard(text: str) -> None:
    assert understand_yes_no(text, "en") == Clear(True)


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "Nope.",
        "nah",
        "nahh",
        "noooo",
        "👎",
        "no thanks",
        "no thank you",
        "definitely not",
        "absolutely not",
        "of course not",
        "I don't",
        "i dont want to",
        "I do not agree",
        "I don't agree",
        "hell no",
        "no way",
        "not at all",
        "never",
        "disagree",
        "i will not",
        "not really",
    ],
)
def test_a_no_is_heard(text: str) -> None:
    assert understand_yes_no(text, "en") == Clear(False)


@pytest.mark.parametrize(
    "text",
    [
        "yeah nah",
        "yes and no",
        "yes but no",
        "no, yes",
        "maybe",
        "not yes",
        "not a yes",
        "no problem",
        "why not",
        "don't mind",
        "yes?",
        "ok?",
        "i'm good",
        "im ok thanks",
        "fine",
        "no doubt",
        "not no",
        "probably",
        "i guess",
        "yea i guess",
        "yes if its anonymous",
        "yes but only once",
        "I don't disagree",
        "I can't say no",
        "yes my mum said no",
        "why would i say yes",
        "i never said yes",
        "yeah right",
        "sure jan",
        "as if",
        "Y/N",
        "yes/no",
        "no i do",
        "yes i don't",
        "yes 👎",
        "cool",
        "depends",
        "sometimes",
        "kinda",
        "not definitely",
        "nah im good",
        "na",
        "ok no",
    ],
)
def test_what_is_not_clear_is_asked(text: str) -> None:
    reading = understand_yes_no(text, "en")
    assert isinstance(reading, Between)
    assert set(reading.candidates) == {True, False}


def test_the_likeliest_stands_first() -> None:
    assert understand_yes_no("yeah nah", "en") == Between((False, True))
    assert understand_yes_no("not yes", "en") == Between((False, True))
    assert understand_yes_no("no problem", "en") == Between((True, False))


@pytest.mark.parametrize("text", ["", "!!!", "bus", "0", "1", "yesn't", "stop", "!"])
def test_anything_else_is_not_understood(text: str) -> None:
    assert understand_yes_no(text, "en") == Unclear()


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("sí", True),
        ("si", True),
        ("siii", True),
        ("claro", True),
        ("claro que sí", True),
        ("vale", True),
        ("de acuerdo", True),
        ("no", False),
        ("claro que no", False),
        ("que no", False),
        ("no quiero", False),
        ("no estoy de acuerdo", False),
        ("para nada", False),
    ],
)
def test_spanish_is_heard(text: str, agreed: bool) -> None:
    assert understand_yes_no(text, "es") == Clear(agreed)


@pytest.mark.parametrize(
    "text",
    ["sí y no", "quizás", "por qué no", "no hay problema", "supongo", "si es anónimo", "si no", "no es sí", "ya"],
)
def test_spanish_is_asked_back(text: str) -> None:
    assert isinstance(understand_yes_no(text, "es"), Between)


def test_a_shrug_is_a_dont_know() -> None:
    assert understand_yes_no("🤷", "en") == DontKnow()


def test_other_languages_get_emoji_only() -> None:
    assert understand_yes_no("👍", "cs") == Clear(True)
    assert understand_yes_no("no", "cs") == Unclear()  # "no" is "well, yes" in Czech


def test_a_label_leans_to_yes_or_no() -> None:
    assert leaning("Yes, every day", "en") is True
    assert leaning("No, never", "en") is False
    assert leaning("Every day", "en") is None


@given(st.sampled_from(["yes", "yeah", "sure", "ok", "definitely", "👍"]), st.sampled_from(["not", "don't", "can't"]))
def test_a_negated_yes_is_never_a_yes(agreeing: str, negation: str) -> None:
    assert understand_yes_no(f"{negation} {agreeing}", "en") != Clear(True)


@given(st.text(max_size=5000), st.text(max_size=5))
def test_any_text_is_read(text: str, language: str) -> None:
    understand_yes_no(text, language)
