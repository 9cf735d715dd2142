"""Matches what a condition says with the questions that it looks at: option names with options, numbers with scales."""

from collections.abc import Mapping
from typing import assert_never

from dialogues.condition import All, Answered, Any, Compares, Condition, Is, Not
from dialogues.finding import listed, nearest
from dialogues.parsing import is_number
from dialogues.script import OTHER, Choice, Choices, Number, Question, Scale


class UnresolvedError(Exception):
    """The condition compares a question with what it can never be."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code = code
        self.fix = fix


def resolve(condition: Condition, questions: Mapping[str, Question]) -> Condition:
    """Return the condition with option ids for what the author typed. Raises UnresolvedError.

    Every question that the condition looks at is in `questions`.
    """
    match condition:
        case Is(name, values):
            return _resolve_is(questions[name], name, values)
        case Compares(name):
            if not isinstance(questions[name], Scale | Number):
                message = f"'{name}' is no number, so it cannot be more or less than one."
                raise UnresolvedError("condition-type", message, f"Write it like: {name} is ... or {name} is answered.")
            return condition
        case Answered():
            return condition
        case Not(inner):
            return Not(resolve(inner, questions))
        case All(inner):
            return All(tuple(resolve(part, questions) for part in inner))
        case Any(inner):
            return Any(tuple(resolve(part, questions) for part in inner))
        case _:
            assert_never(condition)


def _resolve_is(question: Question, name: str, values: tuple[str, ...]) -> Condition:
    if isinstance(question, Choice | Choices):
        return Is(name, tuple(_option(question, name, value) for value in values))
    if not isinstance(question, Scale | Number):
        message = f"'{name}' has no options to compare with."
        raise UnresolvedError("condition-type", message, f"Write '{name} is answered' or '{name} is skipped'.")
    odd = [value for value in values if not is_number(value)]
    if odd:
        message = f"'{name}' is a number, and can never be {listed(odd)}."
        raise UnresolvedError("condition-type", message, f"Write it like: {name} is 3, or {name} > 3.")
    comparisons = tuple(Compares(name, "=", float(value)) for value in values)
    return comparisons[0] if len(comparisons) == 1 else Any(comparisons)


def _option(question: Choice | Choices, name: str, value: str) -> str:
    """Return the id of the option that an author calls `value`: by its id, or by its text in any language."""
    names: dict[str, str] = {option.id.casefold(): option.id for option in question.options}
    names |= {words.casefold(): option.id for option in question.options for words in option.text.values()}
    if question.other is not None:
        names |= {OTHER: OTHER} | {words.casefold(): OTHER for words in question.other.values()}
    wanted = value.casefold()
    if wanted in names:
        return names[wanted]
    close = nearest(value, names)
    ids = list(dict.fromkeys(names.values()))
    fix = f"Did you mean '{close}'?" if close else f"The options of '{name}' are {listed(ids)}."
    raise UnresolvedError("not-an-option", f"'{value}' is not an option of '{name}'.", fix)
