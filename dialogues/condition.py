"""When a step is asked: conditions on earlier responses, as data.

A condition holds or does not; it never fails. A question that was not asked, or not answered, satisfies no comparison.
`parsing` makes conditions from what an author writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

Value: TypeAlias = str | bool | int | float | tuple[str, ...]
"""A typed response: an option id, agreed or not, a number, several option ids, or the words of an open reply."""


@dataclass(frozen=True, slots=True)
class Is:
    """The response is one of `options` (option ids); for several choices, includes at least one of them."""

    question: str
    options: tuple[str, ...]
    op: Literal["is"] = "is"


@dataclass(frozen=True, slots=True)
class Compares:
    """The response, a number, stands in this relation to `bound`."""

    question: str
    relation: Literal["<", "<=", "=", ">=", ">"]
    bound: float
    op: Literal["compares"] = "compares"


@dataclass(frozen=True, slots=True)
class Answered:
    """The question was asked and answered: not skipped, no don't-know."""

    question: str
    op: Literal["answered"] = "answered"


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of `condition`."""

    condition: "Condition"
    op: Literal["not"] = "not"


@dataclass(frozen=True, slots=True)
class All:
    """Every one of `conditions` holds."""

    conditions: tuple["Condition", ...]
    op: Literal["all"] = "all"


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of `conditions` holds."""

    conditions: tuple["Condition", ...]
    op: Literal["any"] = "any"


Condition: TypeAlias = Is | Compares | Answered | Not | All | Any


def holds(condition: Condition, answers: Mapping[str, Value]) -> bool:
    """Return whether the condition holds for these answers, by question id; a missing one was not answered."""
    match condition:
        case Is(question, options):
            value = answers.get(question)
            return bool(set(value) & set(options)) if isinstance(value, tuple) else value in options
        case Compares(question, relation, bound):
            value = answers.get(question)
            return isinstance(value, int | float) and not isinstance(value, bool) and _compares(value, relation, bound)
        case Answered(question):
            return question in answers
        case Not(inner):
            return not holds(inner, answers)
        case All(conditions):
            return all(holds(inner, answers) for inner in conditions)
        case Any(conditions):
            return any(holds(inner, answers) for inner in conditions)
        case _:
            assert_never(condition)


def _compares(value: float, relation: Literal["<", "<=", "=", ">=", ">"], bound: float) -> bool:
    match relation:
        case "<":
            return value < bound
        case "<=":
            return value <= bound
        case "=":
            return value == bound
        case ">=":
            return value >= bound
        case ">":
            return value > bound
        case _:
            assert_never(relation)


def questions_in(condition: Condition) -> tuple[str, ...]:
    """Return the ids of the questions that the condition looks at, in the order written."""
    match condition:
        case Is(question) | Compares(question) | Answered(question):
            return (question,)
        case Not(inner):
            return questions_in(inner)
        case All(conditions) | Any(conditions):
            return tuple(question for inner in conditions for question in questions_in(inner))
        case _:
            assert_never(condition)
