from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.excerpts import MOST_EXCERPTS, excerpts


def cut(text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in excerpts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bus is late. I hate waiting for it!", ["The bus is late.", "I hate waiting for it!"]),
        ("The bus is late\nthe park is shut", ["The bus is late", "the park is shut"]),
        ("El bus llega tarde. ¿Por qué nadie avisa?", ["El bus llega tarde.", "¿Por qué nadie avisa?"]),
        (
            "The bus is always late, and the park is shut",
            ["The bus is always late,", "and the park is shut"],
        ),
        ("late, slow, expensive", ["late, slow, expensive"]),
        ("Yes. The bus is late.", ["Yes. The bus is late."]),
        ("The bus is late. Yes.", ["The bus is late. Yes."]),
        ("It costs 3.50 e.g. on Sundays", ["It costs 3.50 e.g. on Sundays"]),
        ("  bus  ", ["bus"]),
        ("", []),
        ("😀 !!", []),
    ],
)
def test_a_text_is_cut_into_sentences_and_clauses_with_something_in_them(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text(alphabet=st.sampled_from("ab .,!?\n-()é。") | st.characters()))
def test_excerpts_stand_in_order_and_hold_every_word(text: str) -> None:
    pieces = excerpts(text)
    assert all(one.end <= other.start for one, other in pairwise(pieces))
    assert all(text[piece.start : piece.end] == text[piece.start : piece.end].strip() != "" for piece in pieces)
    inside = {place for piece in pieces for place in range(piece.start, piece.end)}
    assert all(place in inside for place, char in enumerate(text) if char.isalnum())


def test_a_very_long_text_has_no_end_of_excerpts() -> None:
    pieces = excerpts("the bus is late. " * 1000)
    assert len(pieces) == MOST_EXCERPTS
    assert pieces[-1].end == len("the bus is late. " * 1000) - 1
