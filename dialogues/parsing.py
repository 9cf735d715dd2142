"""Conditions as an author writes them: `mode is bus and not (minutes is more than 30)`.

    condition  = part { "or" part }          part = piece { "and" piece }
    piece      = "not" piece | "(" condition ")" | comparison
    comparison = question "is"|"was" ["not"] ("answered" | "skipped")
               | question "is" ["not"] "one of" value { "," value }
               | question ["is" ["not"]] relation number
               | question "is" ["not"] value
               | question ("includes" | "does not include") value { "," value }
    relation   = "<" "<=" "=" ">=" ">" "less than" "at most" "at least" "more than"
    value      = words up to the next of: and, or, comma, bracket; or anything in quotes

The values are still what the author typed: `compiling` matches them with the options.
"""

import re
from typing import Literal, TypeAlias

from dialogues.condition import All, Answered, Any, Compares, Condition, Is, Not

Relation: TypeAlias = Literal["<", "<=", "=", ">=", ">"]

_TOKEN = re.compile(r"""\s*("[^"]*"|'[^']*'|<=|>=|≤|≥|!=|==|[<>=(),]|[^\s<>=≤≥!(),"']+|.)""")
_SIGNS: dict[str, Relation] = {"<": "<", "<=": "<=", "≤": "<=", "=": "=", "==": "=", ">=": ">=", "≥": ">=", ">": ">"}
_RELATIONS: dict[tuple[str, ...], Relation] = {
    ("less", "than"): "<",
    ("under",): "<",
    ("at", "most"): "<=",
    ("at", "least"): ">=",
    ("more", "than"): ">",
    ("over",): ">",
}
_ENDS = ("and", "or", ",", "(", ")")
MAX_LENGTH = 1000
MAX_DEPTH = 20


class ConditionError(Exception):
    """The condition cannot be read; `fix` says what to type instead."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


def parse(text: str) -> Condition:
    """Return the condition that `text` states. Raises ConditionError."""
    if len(text) > MAX_LENGTH:
        raise ConditionError(
            f"This condition has {len(text)} characters; at most {MAX_LENGTH}.", "Split the step in two."
        )
    reader = _Reader(_TOKEN.findall(text))
    condition = reader.condition()
    if reader.next() is not None:
        raise ConditionError(
            f"'{reader.next()}' comes where the condition could have ended.",
            "Join comparisons with 'and' or 'or'; list several values as: mode is one of bus, tram.",
        )
    return condition


class _Reader:
    """Reads one condition, token by token."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def next(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _accept(self, *words: str) -> bool:
        ahead = tuple(token.casefold() for token in self._tokens[self._at : self._at + len(words)])
        if ahead != words:
            return False
        self._at += len(words)
        return True

    def condition(self) -> Condition:
        parts = [self._part()]
        while self._accept("or"):
            parts.append(self._part())
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _part(self) -> Condition:
        pieces = [self._piece()]
        while self._accept("and"):
            pieces.append(self._piece())
        return pieces[0] if len(pieces) == 1 else All(tuple(pieces))

    def _piece(self) -> Condition:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ConditionError("Brackets and 'not' stand too deep inside each other.", "Write it more simply.")
        try:
            if self._accept("not"):
                return Not(self._piece())
            if not self._accept("("):
                return self._comparison()
            inner = self.condition()
            if not self._accept(")"):
                raise ConditionError("A bracket that was opened is never closed.", "Add ')' at its end.")
            return inner
        finally:
            self._depth -= 1

    def _comparison(self) -> Condition:
        question = self.next()
        if question is None or question in _ENDS or question in _SIGNS:
            where = "at the end" if question is None else f"before '{question}'"
            raise ConditionError(f"The name of a question is missing {where}.", "Write it like: mode is bus.")
        self._at += 1
        if self._accept("does", "not", "include"):
            return Not(Is(question, self._values()))
        if self._accept("includes") or self._accept("include"):
            return Is(question, self._values())
        if (relation := self._relation()) is not None:
            return Compares(question, relation, self._number())
        if self._accept("!="):
            return Not(Is(question, (self._value(),)))
        linked = self._accept("is") or self._accept("was")
        negated = self._accept("not")
        comparison = self._state(question) or (self._predicate(question) if linked else None)
        if comparison is None:
            raise ConditionError(
                f"After '{question}' comes {_shown(self.next())}, which says no comparison.",
                f"Write it like: {question} is bus; {question} is one of bus, tram; {question} is answered.",
            )
        return Not(comparison) if negated else comparison

    def _state(self, question: str) -> Condition | None:
        if self._accept("answered"):
            return Answered(question)
        return Not(Answered(question)) if self._accept("skipped") else None

    def _predicate(self, question: str) -> Condition:
        if self._accept("one", "of"):
            return Is(question, self._values())
        if (relation := self._relation()) is not None:
            return Compares(question, relation, self._number())
        return Is(question, (self._value(),))

    def _relation(self) -> Relation | None:
        for words, relation in _RELATIONS.items():
            if self._accept(*words):
                return relation
        token = self.next()
        if token is None or token not in _SIGNS:
            return None
        self._at += 1
        # "mode = bus" compares with an option, not with a number.
        ahead = self.next()
        if _SIGNS[token] == "=" and ahead is not None and not is_number(ahead):
            self._at -= 1
            self._tokens[self._at] = "is"
            return None
        return _SIGNS[token]

    def _number(self) -> float:
        token = self.next()
        if token is None or not is_number(token):
            raise ConditionError(f"A number has to stand here, not {_shown(token)}.", "Write it like: minutes > 30.")
        self._at += 1
        return float(token)

    def _values(self) -> tuple[str, ...]:
        values = [self._value()]
        while self._accept(","):
            values.append(self._value())
        return tuple(values)

    def _value(self) -> str:
        token = self.next()
        if token is not None and token[0] in "\"'" and len(token) > 1:
            self._at += 1
            return token[1:-1]
        words = []
        while (token := self.next()) is not None and token.casefold() not in _ENDS:
            words.append(token)
            self._at += 1
        if not words:
            raise ConditionError("There is nothing to compare with.", "Write it like: mode is bus.")
        return " ".join(words)


def _shown(token: str | None) -> str:
    return "nothing" if token is None else f"'{token}'"


def is_number(token: str) -> bool:
    """Return whether this is a number as a condition compares with."""
    return re.fullmatch(r"-?\d{1,15}(\.\d{1,9})?", token) is not None
