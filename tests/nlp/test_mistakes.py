import pytest

from nlp.encoder import HashingEncoder
from nlp.mistakes import MOST_CONFUSIONS, MOST_ONE_SIDED, Confusion, confusions, reliability
from nlp.reading import Reading, read
from nlp.tagging import Tag


def tag(theme: str, confidence: float = 0.5, start: int = 0, end: int = 4) -> Tag:
    return Tag(theme, confidence, start, end, "")


def readings(*texts: str) -> list[Reading]:
    return read(texts, HashingEncoder())


def test_tags_are_counted_right_by_their_confidence() -> None:
    tags = [[tag("a", 0.85), tag("b", 0.2)], [tag("a", 1.0)], [tag("b", 0.39)], []]
    truth = [frozenset("a"), frozenset("b"), frozenset("b"), frozenset("a")]
    bins = {(own.low, own.high): (own.count, own.right) for own in reliability(tags, truth)}
    assert bins == {(0, 0.2): (0, 0), (0.2, 0.4): (2, 1), (0.4, 0.6): (0, 0), (0.6, 0.8): (0, 0), (0.8, 1): (2, 1)}
    assert reliability(tags, truth)[1].mean_confidence == pytest.approx(0.295)


def test_what_is_right_is_no_confusion() -> None:
    assert confusions(readings("late bus", "no"), [[tag("a")], []], [frozenset("a"), frozenset()]) == ()


def test_a_wrong_theme_stands_beside_the_one_that_was_meant() -> None:
    found = confusions(readings("late bus home"), [[tag("a", 0.5, 5, 8), tag("c")]], [frozenset("bc")])
    assert found == (Confusion("a", "b", 1, ("bus",)),)


def test_a_theme_too_many_or_too_few_has_nothing_beside_it() -> None:
    found = confusions(readings("late bus", "park"), [[tag("a")], []], [frozenset(), frozenset("b")])
    assert set(found) == {Confusion("a", None, 1, ("late",)), Confusion(None, "b", 1, ("park",))}


def test_the_commonest_come_first_with_excerpts_from_the_whole_file() -> None:
    texts = [f"word{row:02}" for row in range(21)]
    tags = [[tag("a" if row else "b", 0.5, 0, 6)] for row in range(21)]
    first, second = confusions(readings(*texts), tags, [frozenset("c")] * 21)
    assert first == Confusion("a", "c", 20, ("word01", "word10", "word20"))
    assert second == Confusion("b", "c", 1, ("word00",))


def test_a_long_excerpt_is_cut_short() -> None:
    (found,) = confusions(readings("late " * 40), [[]], [frozenset("a")])
    assert len(found.excerpts[0]) <= 60
    assert found.excerpts[0].endswith("…")


def test_the_list_has_an_end() -> None:
    wrong = [[tag(f"{row}")] for row in range(30)]
    found = confusions(readings(*["late bus"] * 60), wrong * 2, [frozenset("x")] * 30 + [frozenset()] * 30)
    assert [own.meant for own in found] == ["x"] * MOST_CONFUSIONS + [None] * MOST_ONE_SIDED
