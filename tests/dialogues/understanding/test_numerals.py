import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.understanding.numerals import digit_values, numeral_at
from dialogues.understanding.words import tokens


@pytest.mark.parametrize(
    ("text", "thousands", "values"),
    [
        ("1234", ",", (1234,)),
        ("1,234", ",", (1234,)),
        ("1.234", ",", (1.234, 1234)),
        ("1.234", ".", (1234,)),
        ("1,234", ".", (1.234, 1234)),
        ("1.234,5", ",", (1234.5,)),
        ("1,234.5", ".", (1234.5,)),
        ("1.234.567", ",", (1234567,)),
        ("0.500", ",", (0.5,)),
        ("12.03.2009", ",", ()),
        ("1,23,456", ",", ()),
        ("1.234,567,8", ",", ()),
        ("9" * 16, ",", ()),
    ],
)
def test_separators_mean_what_they_can(text: str, thousands: str, values: tuple[float, ...]) -> None:
    assert digit_values(text, thousands)[0] == values


@pytest.mark.parametrize("language", ["en", "es"])
@given(number=st.integers(1, 10**12))
def test_grouped_digits_are_the_number(language: str, number: int) -> None:
    grouped = f"{number:,}" if language == "en" else f"{number:,}".replace(",", ".")
    for text in (grouped, f"{number:,}".replace(",", " "), str(number)):
        numeral = numeral_at(tokens(text), 0, language)
        assert numeral
        assert numeral.values[0] == number
        assert numeral.length == len(tokens(text))


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("a hundred and five", "en", 105),
        ("two point zero five", "en", 2.05),
        ("16 1/2", "en", 16.5),
        ("2 thousand", "en", 2000),
        (".5", "en", 0.5),
        ("half a dozen", "en", 6),
        ("veintidós", "es", 22),
        ("treinta y uno", "es", 31),
        ("dos coma cinco", "es", 2.5),
    ],
)
def test_a_number_is_read_whole(text: str, language: str, value: float) -> None:
    numeral = numeral_at(tokens(text), 0, language)
    assert numeral
    assert numeral.values == (value,)
    assert numeral.length == len(tokens(text))


@pytest.mark.parametrize("text", ["o", "no", "and", "ten6", "x"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert numeral_at(tokens(text), 0, "en") is None
