import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.nonresponse import nonresponse


@pytest.mark.parametrize(
    "text",
    [
        "idk",
        "IDK!!",
        "I don't know",
        "i dont know...",
        "no sé",
        "No idea.",
        "dunno 🤷",
        "idkkk lol",
        "um i dont no",
        "keine Ahnung",
        "weis nicht",
        "kp",
        "ich weiß es nicht",
        "egal",
        "pues ni idea",
        "je sais pas",
        "boh",
        "não sei",
    ],
)
def test_who_does_not_know_is_told_from_who_will_not_say(text: str) -> None:
    assert nonresponse(text) == "dont_know"


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "Nothing really",
        "n/a",
        "I'd rather not say",
        "prefiero no decirlo",
        "skip",
        "nooooo",
        "Nichts.",
        "geht dich nichts an",
        "möchte ich nicht sagen",
        "rien",
        "not telling",
        "nothing tbh",
    ],
)
def test_a_refusal_is_a_refusal(text: str) -> None:
    assert nonresponse(text) == "refusal"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "😀😀",
        "12345",
        "lol",
        "...",
        "hahaha",
        "JAJAJAJA",
        "asdfghjk",
        "xDDD",
        "hmmmm",
        "hi",
        "Hallo!",
        "ok lol",
        "👍",
        "um",
    ],
)
def test_no_words_are_noise(text: str) -> None:
    assert nonresponse(text) == "noise"


@pytest.mark.parametrize(
    "text",
    [
        "no idea why buses are late",
        "nothing to do here",
        "bus",
        "not sure about the park",
        "egal wann, der Bus ist voll",
        "no hay nada que hacer",
        "asdf is what my keyboard says",
        "LGBT",
        "just lights",
        "Nichts los hier",
    ],
)
def test_words_about_something_are_a_reply(text: str) -> None:
    assert nonresponse(text) is None


@pytest.mark.parametrize(
    ("text", "expected"), [("[phone]", "noise"), ("idk [name]", "dont_know"), ("[name] sings", None)]
)
def test_the_mark_of_a_redaction_says_nothing(text: str, expected: str | None) -> None:
    assert nonresponse(text) == expected


@given(st.text())
def test_any_text_is_judged_alike_whatever_stands_around_it(text: str) -> None:
    assert nonresponse(text) == nonresponse(f"  {text} !! ")
