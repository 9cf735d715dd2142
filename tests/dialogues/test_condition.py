import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.condition import All, Answered, Any, Compares, Condition, Is, Not, Value, holds, questions_in

GIVEN: dict[str, Value] = {
    "mode": "bus",
    "likes": ("chess", "music"),
    "minutes": 30,
    "share": 0.5,
    "agreed": True,
    "wish": "bus",
}


@pytest.mark.parametrize(
    "condition",
    [
        Is("mode", ("bus",)),
        Is("mode", ("tram", "bus")),
        Is("likes", ("music",)),
        Is("likes", ("golf", "chess")),
        Compares("minutes", "=", 30),
        Compares("minutes", "<=", 30),
        Compares("share", "<", 1),
        Compares("minutes", ">", 29.5),
        Compares("minutes", ">=", 30),
        Answered("agreed"),
        Not(Answered("nothing")),
        All((Is("mode", ("bus",)), Answered("likes"))),
        Any((Is("mode", ("tram",)), Answered("likes"))),
        All(()),
    ],
)
def test_a_condition_holds(condition: Condition) -> None:
    assert holds(condition, GIVEN)
    assert not holds(Not(condition), GIVEN)


@pytest.mark.parametrize(
    "condition",
    [
        Is("mode", ("tram",)),
        Is("likes", ("golf",)),
        Is("nothing", ("bus",)),
        Is("nothing", ()),
        Compares("minutes", "<", 30),
        Compares("nothing", "<", 30),
        Compares("mode", "=", 0),
        Compares("agreed", "=", 1),
        Compares("likes", ">", 0),
        Answered("nothing"),
        All((Is("mode", ("bus",)), Answered("nothing"))),
        Any((Is("mode", ("tram",)), Answered("nothing"))),
        Any(()),
    ],
)
def test_a_condition_does_not_hold(condition: Condition) -> None:
    assert not holds(condition, GIVEN)


@given(st.sampled_from(["<", "<=", "=", ">=", ">"]), st.floats(allow_nan=False))
def test_what_was_skipped_satisfies_no_comparison(relation: str, bound: float) -> None:
    assert not holds(Compares("nothing", relation, bound), GIVEN)  # type: ignore[arg-type] # sampled from the literals


def test_the_questions_of_a_condition_are_listed_as_written() -> None:
    condition = Any((Not(Is("b", ("x",))), All((Compares("a", "<", 1), Answered("b")))))
    assert questions_in(condition) == ("b", "a", "b")
