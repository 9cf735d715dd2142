import pytest

from nlp.coded import CodedReply
from nlp.coder import Reply
from nlp.comparison import comparison
from tests.nlp.coded import sample

A, B, NONE = frozenset({"buses"}), frozenset({"parks"}), frozenset[str]()


def by(*codings: dict[str, frozenset[str]]) -> list[CodedReply]:
    return [CodedReply(Reply(str(row), "buses and parks"), own) for row, own in enumerate(codings)]


def test_people_and_machine_are_compared_on_what_several_people_coded() -> None:
    found = comparison(sample(by({"Ana": A, "Ben": A}, {"Ana": B, "Ben": B}, {"Ana": A})), [A, A, B])
    assert found.people is not None
    assert (found.people.replies, found.people.alpha, found.people.kappa, found.people.f1) == (2, 1, 1, 1)
    assert (found.machine.first, found.machine.second, found.machine.replies) == ("machine", "people", 2)
    assert found.machine.f1 == 0.5
    # Observed: 1 of 2 pairs differs. Expected: 6 of 8 values are buses, 2 parks; 2 * 6 * 2 / (8 * 7).
    assert found.machine.alpha == pytest.approx(1 - 0.5 / (24 / 56))


def test_with_one_coder_the_machine_is_compared_on_every_reply() -> None:
    found = comparison(sample(by({"Ana": A}, {"Ana": B}, {"Ana": NONE})), [A, B, NONE])
    assert found.people is None
    assert (found.machine.replies, found.machine.alpha) == (3, 1)


def test_each_pair_is_compared_on_what_both_coded() -> None:
    coded = by({"Ana": A, "Ben": B}, {"Ana": A, "Cem": A}, {"Cem": NONE, "Ana": A})
    pairs = {(own.first, own.second): own for own in comparison(sample(coded), [A, A, A]).pairs}
    assert {pair: own.replies for pair, own in pairs.items()} == {
        ("Ana", "Ben"): 1,
        ("Ana", "Cem"): 2,
        ("Ana", "machine"): 3,
        ("Ben", "machine"): 1,
        ("Cem", "machine"): 2,
    }
    assert pairs["Ana", "Ben"].f1 == 0
    assert pairs["Ana", "machine"].f1 == 1
    assert pairs["Ana", "machine"].alpha is None


def test_a_theme_that_nobody_or_everybody_gives_has_no_alpha() -> None:
    found = comparison(sample(by({"Ana": A, "Ben": A}, {"Ana": A, "Ben": NONE})), [A, A])
    buses, parks, other = found.themes
    # One pair of two differs; 3 of 4 values are yes: 1 - .5 / (2 * 3 * 1 / (4 * 3)).
    assert buses.people == pytest.approx(0)
    assert (parks.people, parks.machine, other.people) == (None, None, None)
