import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.understanding.labels import Nearness, hinted_by, labels_of, named_at, nearness
from dialogues.understanding.words import tokens


@pytest.mark.parametrize(
    ("typed", "word", "near"),
    [
        ("bus", "bus", Nearness.SAME),
        ("buss", "bus", Nearness.SURE),
        ("buses", "bus", Nearness.SURE),
        ("trian", "train", Nearness.SURE),
        ("bsu", "bus", Nearness.MAYBE),
        ("tran", "tram", Nearness.MAYBE),
        ("horse", "house", Nearness.MAYBE),
        ("freinds", "friends", Nearness.SURE),
        ("famly", "family", Nearness.SURE),
        ("trail", "train", Nearness.MAYBE),
        ("cat", "car", None),
        ("late", "lanes", None),
        ("horse", "houses", None),
        ("like", "bike", None),
        ("unsafe", "safe", None),
        ("disagree", "agree", None),
        ("weekdays", "weekends", None),
        ("2", "3", None),
        ("useless", "useful", None),
        ("", "bus", None),
    ],
)
def test_typos_are_near_and_other_words_are_not(typed: str, word: str, near: Nearness | None) -> None:
    assert nearness(typed, word) == near


@given(st.text(alphabet="abcdefgh", min_size=1, max_size=12), st.text(alphabet="abcdefgh", min_size=1, max_size=12))
def test_only_the_word_itself_is_the_same(typed: str, word: str) -> None:
    assert (nearness(typed, word) is Nearness.SAME) == (typed == word)


def test_the_longest_label_is_named() -> None:
    labels = labels_of(("Bus", "Night bus", "The tram (route 96)"), "en")
    for text, index in (("bus", 0), ("night bus", 1), ("nigth bus", 1), ("tram", 2)):
        found = named_at(tokens(text), 0, labels, frozenset())
        assert found
        assert found.options == (index,)


def test_a_known_word_is_no_typo() -> None:
    labels = labels_of(("Bike", "Lime"), "en")
    assert named_at(tokens("lime"), 0, labels, frozenset({"line"}))
    assert named_at(tokens("line"), 0, labels, frozenset({"line"})) is None


def test_a_beginning_hints_at_its_options() -> None:
    labels = labels_of(("Tram", "Train", "Walking or scooting"), "en")
    hints = {
        typed: found and found.options
        for typed in ("tra", "wal", "scoot", "x")
        for found in (hinted_by(typed, labels),)
    }
    assert hints == {"tra": (0, 1), "wal": (2,), "scoot": (2,), "x": None}


def test_a_common_word_is_no_typo_but_may_be_a_plural_or_a_beginning() -> None:
    labels = labels_of(("Cost", "Homework", "An hour"), "en")
    found = {
        typed: hinted_by(typed, labels, frozenset({"lost", "most", "cast", "home", "hours"}))
        for typed in ("coast", "cast", "home", "hours")
    }
    assert {typed: match and match.options for typed, match in found.items()} == {
        "coast": (0,),
        "cast": None,
        "home": (1,),
        "hours": (2,),
    }


def test_a_label_that_says_not_is_known() -> None:
    assert [label.negative for label in labels_of(("Very safe", "Not very safe", "Never"), "en")] == [False, True, True]
