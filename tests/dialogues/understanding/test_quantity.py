import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.understanding.quantity import understand_number
from dialogues.understanding.reading import Between, Clear, DontKnow, Reading, Refusal, Unclear


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("16", 16),
        ("sixteen", 16),
        ("16½", 16.5),
        ("two and a half", 2.5),
        ("im 16 lol", 16),
        ("16 years old", 16),
        ("16yo", 16),
        ("16 y/o", 16),
        ("16!!!", 16),
        ("about 20", 20),
        ("16ish", 16),
        ("~16", 16),
        ("a dozen", 12),
        ("30 min", 30),
        ("-5", -5),
        ("minus five", -5),
        ("zero", 0),
        ("£20", 20),
        ("20 quid", 20),
        ("16 (sixteen)", 16),
        ("１６", 16),
        ("②", 2),
        ("fifteen hundred", 1500),
        ("twenty-one", 21),
        ("1.5", 1.5),
    ],
)
def test_a_number_is_understood(text: str, value: float) -> None:
    assert understand_number(text, "en") == Clear(value)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("16 or 17", (16, 17)),
        ("15-17", (15, 17)),
        ("between 3 and 4", (3, 4)),
        ("1/2", (0.5, 1, 2)),
        ("an hour", (60, 1)),
        ("1h", (60, 1)),
        ("half an hour", (30, 0.5)),
        ("an hour and a half", (90, 1.5)),
        ("1 hour 30 min", (90, 1.5)),
        ("1 or 2 hours", (60, 120, 1, 2)),
        ("nearly 17", (17, 16)),
        ("over 18", (18,)),
        ("20+", (20,)),
        ("none", (0,)),
        ("nothing", (0,)),
        ("a couple", (2,)),
        ("10k", (10000,)),
        ("twice a week", (2,)),
        ("when i was 12", (12,)),
        ("16?", (16,)),
        ("year 11", (11,)),
        ("sixten", (16,)),
        ("50%", (50,)),
        ("5²", (5,)),
        ("16 and my brother is 12", (16, 12)),
        ("one of them", (1,)),
        ("007", (7,)),
        ("16,5", (16.5,)),
        ("3 weeks", (3,)),
        ("20p", (20,)),
    ],
)
def test_what_is_not_clear_is_asked(text: str, values: tuple[float, ...]) -> None:
    assert understand_number(text, "en") == Between(values)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "l6",
        "O",
        "not 16",
        "no 16",
        "i dont have 3",
        "16:30",
        "12.03.2009",
        "1e3",
        "4ever",
        "2nite",
        "b4",
        "1h30",
        "1_000",
        "a few",
        "lots",
        "9" * 16,
        "nan",
        "inf",
        "-",
        "minus",
        "1 2 3 4 5",
        "that",
        "second",
        "🙂",
        "unos",
    ],
)
def test_anything_else_is_not_understood(text: str) -> None:
    assert understand_number(text, "en") == Unclear()


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("16,5", Clear(16.5)),
        ("1.5", Clear(1.5)),
        ("1.234", Clear(1234.0)),
        ("1.234,5", Clear(1234.5)),
        ("1,500", Between((1.5, 1500.0))),
        ("mil doscientos", Clear(1200.0)),
        ("unos 20", Clear(20.0)),
        ("una", Clear(1.0)),
        ("un montón", Unclear()),
        ("un par", Between((2.0,))),
        ("media hora", Between((30.0, 0.5))),
        ("casi 17", Between((17.0, 16.0))),
        ("dos y medio", Clear(2.5)),
        ("tengo quince años", Clear(15.0)),
        ("ni idea", DontKnow()),
        ("paso", Refusal()),
    ],
)
def test_spanish_is_understood(text: str, reading: Reading[float]) -> None:
    assert understand_number(text, "es") == reading


@given(st.integers(0, 10**14), st.sampled_from(["en", "es", "fr", ""]))
def test_plain_digits_are_the_number(number: int, language: str) -> None:
    assert understand_number(str(number), language) == Clear(float(number))


pieces = st.lists(
    st.sampled_from(
        ["1", "2.5", "1/2", "½", "-", "one", "half", "hour", "h", "min", "and", "k", ".", ",", "or", "not"]
    ),
    max_size=9,
)


@given(
    st.one_of(st.text(max_size=80), pieces.map(" ".join), pieces.map("".join)),
    st.sampled_from(["en", "es", "fr", "xx", ""]),
)
def test_any_text_is_read(text: str, language: str) -> None:
    reading = understand_number(text, language)
    values = (
        (reading.value,) if isinstance(reading, Clear) else reading.candidates if isinstance(reading, Between) else ()
    )
    assert all(math.isfinite(value) for value in values)
    assert not isinstance(reading, Between) or 1 <= len(values) <= 4
