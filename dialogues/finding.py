"""What is wrong in a file, for a person who does not program: where, what, and what to type instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rapidfuzz import fuzz, process

Severity: TypeAlias = Literal["error", "warning"]

LIKELY_SAME = 65
"""Out of 100: below this two names are not the same one misspelt (`optoins`/`options` 86, `aks`/`ask` 67,
`ask`/`scale` 50)."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One mistake. `line` and `column` count from 1; a file with an `error` is refused, one with warnings is not."""

    line: int
    column: int
    code: str
    severity: Severity
    message: str
    fix: str


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that `name` is most likely a misspelling of, or None."""
    best = process.extractOne(name.casefold(), sorted(known), scorer=fuzz.ratio, score_cutoff=LIKELY_SAME)
    return None if best is None else best[0]


def listed(names: Iterable[str]) -> str:
    """Return the names as an author would read them: 'a', 'b' and 'c'."""
    quoted = [f"'{name}'" for name in names]
    return " and ".join(part for part in (", ".join(quoted[:-1]), quoted[-1] if quoted else "") if part)
