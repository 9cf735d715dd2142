import re

from hypothesis import given
from hypothesis import strategies as st

from bot.visit import MAX_MESSAGE, split

LONG = st.lists(
    st.sampled_from(["word", " ", "\n", "\n\n", "🌳", "é", "x" * 50, "🌳" * 30]) | st.text(max_size=5), max_size=120
).map("".join)


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(text=LONG, most=st.integers(2, 200))
def test_the_parts_of_a_text_lack_nothing_and_fit(text: str, most: int) -> None:
    parts = split(text, most)
    assert all(units(part) <= most for part in parts)
    assert all(part.strip() for part in parts)
    assert bare("".join(parts)) == (bare(text) or "…")


@given(text=LONG)
def test_what_fits_stays_as_it_is(text: str) -> None:
    if text.strip() and units(text) <= MAX_MESSAGE:
        assert split(text) == [text]


def test_a_text_is_cut_at_lines_else_at_words() -> None:
    assert split("one two\nthree four", 12) == ["one two", "three four"]
    assert split("one two three four", 12) == ["one two", "three four"]
    assert split("onetwothreefour", 6) == ["onetwo", "threef", "our"]


def test_no_part_is_longer_than_telegram_takes() -> None:
    assert MAX_MESSAGE <= 4096
    assert [units(part) for part in split("🌳" * 5000)] == [4000, 4000, 2000]
