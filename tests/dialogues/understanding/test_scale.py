import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.understanding.reading import Between, Clear, DontKnow, Unclear
from dialogues.understanding.scale import understand_scale


@pytest.mark.parametrize(
    "text",
    ["4", "four", "4/5", "4 / 5", "4 out of 5", "a 4", "id say 4", "like a 4", "4 stars", "4.0", "4ish", "about 4"],
)
def test_a_point_is_understood(text: str) -> None:
    assert understand_scale(text, 1, 5, "en") == Clear(4)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("3.5", (3, 4)),
        ("3½", (3, 4)),
        ("3/4", (3, 4)),
        ("3-4", (3, 4)),
        ("2 to 4", (2, 3, 4)),
        ("3 or 4", (3, 4)),
        ("4+", (4,)),
        ("4?", (4,)),
        ("solid 4", (4,)),
        ("4 or 6", (4,)),
        ("⭐⭐⭐⭐", (4,)),
        ("nearly 5", (5, 4)),
        ("1/2", (1, 2)),
    ],
)
def test_what_is_not_clear_is_asked(text: str, points: tuple[int, ...]) -> None:
    assert understand_scale(text, 1, 5, "en") == Between(points)


@pytest.mark.parametrize("text", ["0", "6", "-1", "10", "45", "8/10", "11/10", "not 4", "none", "bus", "", "max"])
def test_anything_else_is_not_understood(text: str) -> None:
    assert understand_scale(text, 1, 5, "en") == Unclear()


def test_spanish_is_understood() -> None:
    assert understand_scale("le doy un 4", 1, 5, "es") == Between((4,))
    assert understand_scale("4 de 5", 1, 5, "es") == Clear(4)
    assert understand_scale("no sé", 1, 5, "es") == DontKnow()


def test_none_may_be_zero_where_zero_is_on_the_scale() -> None:
    assert understand_scale("none", 0, 10, "en") == Between((0,))


@given(st.text(max_size=60), st.integers(-5, 5), st.integers(1, 20), st.sampled_from(["en", "es", "fr"]))
def test_no_point_lies_off_the_scale(text: str, lowest: int, size: int, language: str) -> None:
    reading = understand_scale(text, lowest, lowest + size, language)
    points = (
        (reading.value,) if isinstance(reading, Clear) else reading.candidates if isinstance(reading, Between) else ()
    )
    assert all(lowest <= point <= lowest + size for point in points)


@given(st.integers(0, 10), st.integers(-3, 14))
def test_a_number_is_its_point_or_nothing(lowest: int, number: int) -> None:
    reading = understand_scale(str(number), lowest, 10, "en")
    assert reading == (Clear(number) if lowest <= number <= 10 else Unclear())
