"""Figures: how many people chose or said what, split by where and how they took part. The one place they come from.

Each person counts once a question, with their latest response to it. Trials and flagged responses count nowhere. Small
groups are pooled per option before anything is counted (see `suppression`), over all splits at once and not only over
those that a table shows: so all tables, whatever they are split by, count parts of one division of the people.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from dialogues.script import Choice, Choices, Number, Scale, ScriptHash
from storage import scripts
from storage.answers import closed_value, question_step
from storage.database import Transaction
from storage.suppression import FEW, Group, pooled, sum_by

Split: TypeAlias = Literal["site", "band", "language", "version"]
Kind: TypeAlias = Literal["option", "theme"]
Binding: TypeAlias = Mapping[str, str | bool]
"""What the queries are told: which questions are `closed` (in JSON), and whether test runs count."""
SPLITS: tuple[Split, ...] = ("site", "band", "language", "version")
"""What people can be split by, what is kept longest first."""
MOST_SPLITS = 2

_LATEST = """
    WITH answered AS (
        SELECT responses.id, dialogue, script_hash, question, value, decided,
            coalesce(site, '') AS site, coalesce(band, '') AS band, responses.language AS language,
            script_hash AS version,
            (taggable = 1 AND (decided = 1 OR codebook_version IS NOT NULL)) AS coded,
            row_number() OVER (PARTITION BY respondent_id, dialogue, question ORDER BY responses.id DESC) AS latest
        FROM responses
        JOIN conversations ON conversations.id = conversation_id
        JOIN scripts ON scripts.hash = script_hash
        WHERE outcome = 'answered' AND flags = '[]' AND trial = 0 AND pilot = :pilot
    )
"""
_IS_OPEN = """(script_hash, question) NOT IN (
    SELECT json_extract(closed.value, '$[0]'), json_extract(closed.value, '$[1]') FROM json_each(:closed) AS closed
)"""


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """What is counted: the options of a closed question, or the themes of what was said to an open one.

    Themes of the words behind "other" are left out: they are parts of an option, and could be subtracted from it.
    """

    dialogue: str
    question: str
    kind: Kind


@dataclass(slots=True)
class Counts:
    """The people of a question: all who answered, and by option or theme how many in which group. Not protected."""

    people: int = 0
    options: defaultdict[str, Counter[Group]] = field(default_factory=lambda: defaultdict(Counter))


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of people, None where it is not told."""

    count: int | None

    @property
    def suppressed(self) -> bool:
        """Return whether there is a number that is not told; it may be 0."""
        return self.count is None


@dataclass(frozen=True, slots=True)
class Figure:
    """An option or theme: `all` who chose or said it, and how many of them in each group of the table."""

    option: str
    all: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a question. `people` answered it; `groups` are the columns, values of `splits` in their order."""

    question: Question
    splits: tuple[Split, ...]
    people: Cell
    groups: tuple[Group, ...]
    figures: tuple[Figure, ...]


def tables(
    tx: Transaction,
    splits: Sequence[Split],
    limits: Sequence[int],
    question: str | None = None,
    *,
    pilot: bool = False,
) -> tuple[Table, ...]:
    """Return a table for each question, or for the one of that id, split by at most two things.

    `limits` are the smallest groups, in people, that are told: (5,) inside, (5, 10) in public. The second goes on from
    what the first left, so that who sees both tables can subtract no more than who sees one. With `pilot`, what was
    said in test runs counts instead. Raises ValueError for more splits.
    """
    if len(splits) > MOST_SPLITS:
        raise ValueError(splits)
    found = counted(tx, pilot=pilot)
    every = (table(one, found[one], splits, limits) for one in sorted(found) if question in (None, one.question))
    return tuple(one for one in every if one.figures or not one.people.suppressed)


def table(question: Question, counts: Counts, splits: Sequence[Split], limits: Sequence[int]) -> Table:
    """Return the protected table of a question; what too few chose is not in it, nor that somebody did."""
    every = {option: protected(sizes, limits) for option, sizes in counts.options.items()}
    parts = {option: part for option, part in every.items() if part}
    views = {option: _view(part, splits) for option, part in parts.items()}
    groups = sorted({group for view in views.values() for group in view}, key=lambda group: (FEW in group, group))
    return Table(
        question,
        tuple(splits),
        _people(counts, limits),
        tuple(groups) if splits else (),
        tuple(
            Figure(
                option,
                _cell(parts[option].total()),
                tuple(_cell(views[option][group]) for group in groups) if splits else (),
            )
            for option in sorted(parts, key=lambda option: (-parts[option].total(), option))
        ),
    )


def protected(sizes: Mapping[Group, int], limits: Sequence[int]) -> Counter[Group]:
    """Return how many people each part has after pooling; none at all where all together are too few."""
    parts = Counter(sizes)
    for smallest in limits:
        parts = sum_by(pooled(parts, smallest), parts)
    return parts if parts.total() >= limits[-1] else Counter()


def counted(tx: Transaction, *, pilot: bool = False) -> dict[Question, Counts]:
    """Return the people of every question by option and theme, in their full groups. Not protected: see `tables`."""
    binding: Binding = {"closed": json.dumps(_closed_questions(tx)), "pilot": pilot}
    found: defaultdict[Question, Counts] = defaultdict(Counts)
    for question, options, group, people in (*_chosen(tx, binding), *_coded(tx, binding)):
        found[question].people += people
        for option in options:
            found[question].options[option][group] += people
    for question, theme, group, people in _themes(tx, binding):
        found[question].options[theme][group] += people
    return dict(found)


def _people(counts: Counts, limits: Sequence[int]) -> Cell:
    """Return how many answered, unless that tells how few chose something, or did not.

    A zero tells nothing of anyone; that everybody chose the same would tell it of each, so it counts as too few others.
    """
    return Cell(counts.people if all(_hides_nobody(counts, smallest) for smallest in limits) else None)


def _hides_nobody(counts: Counts, smallest: int) -> bool:
    """Return whether subtracting what is told from all who answered leaves nobody, or enough people."""
    told = [total for sizes in counts.options.values() if (total := sizes.total()) >= smallest]
    others = [counts.people - total for total in told]
    return min([counts.people, *others]) >= smallest and not 0 < counts.people - sum(told) < smallest


def _view(parts: Mapping[Group, int], splits: Sequence[Split]) -> Counter[Group]:
    """Return how many people there are by those splits only."""
    places = [SPLITS.index(split) for split in splits]
    view: Counter[Group] = Counter()
    for group, people in parts.items():
        view[tuple(group[place] for place in places)] += people
    return view


def _cell(people: int) -> Cell:
    return Cell(people or None)


# --- counting


def _chosen(tx: Transaction, binding: Binding) -> Iterator[tuple[Question, Iterable[str], Group, int]]:
    """Yield what was chosen in closed questions, never own words."""
    rows = tx.execute(
        f"""
        {_LATEST}
        SELECT dialogue, script_hash, question, value, {", ".join(SPLITS)}, count(*) FROM answered
        WHERE latest = 1 AND NOT {_IS_OPEN}
        GROUP BY script_hash, question, value, {", ".join(SPLITS)}
        """,  # noqa: S608 - names of columns of ours
        binding,
    )
    for dialogue, version, question, value, *group, people in rows:
        yield Question(dialogue, question, "option"), _options(tx, version, question, value), tuple(group), people


def _coded(tx: Transaction, binding: Binding) -> Iterator[tuple[Question, Iterable[str], Group, int]]:
    """Yield who said something that was looked at for themes, whatever was found."""
    rows = tx.execute(
        f"""
        {_LATEST}
        SELECT dialogue, question, {", ".join(SPLITS)}, count(*) FROM answered
        WHERE latest = 1 AND coded AND {_IS_OPEN}
        GROUP BY dialogue, question, {", ".join(SPLITS)}
        """,  # noqa: S608 - names of columns of ours
        binding,
    )
    for dialogue, question, *group, people in rows:
        yield Question(dialogue, question, "theme"), (), tuple(group), people


def _themes(tx: Transaction, binding: Binding) -> Iterator[tuple[Question, str, Group, int]]:
    """Yield who said what: a person's decision where there is one, else the machine's tags."""
    rows = tx.execute(
        f"""
        {_LATEST}, coding AS (
            SELECT response_id, theme, 1 AS by_person FROM review_themes
            UNION ALL
            SELECT response_id, theme, 0 FROM tags
        )
        SELECT dialogue, question, theme, {", ".join(SPLITS)}, count(DISTINCT answered.id) FROM answered
        JOIN coding ON coding.response_id = answered.id AND by_person = decided
        WHERE latest = 1 AND coded AND {_IS_OPEN}
        GROUP BY dialogue, question, theme, {", ".join(SPLITS)}
        """,  # noqa: S608 - names of columns of ours
        binding,
    )
    for dialogue, question, theme, *group, people in rows:
        yield Question(dialogue, question, "theme"), theme, tuple(group), people


def _closed_questions(tx: Transaction) -> list[tuple[str, str]]:
    """Return version and id of the questions that are answered by choosing or with a number."""
    rows = tx.execute(
        "SELECT DISTINCT script_hash, question FROM responses JOIN conversations ON conversations.id = conversation_id"
    ).fetchall()
    return [
        (version, question)
        for version, question in rows
        if isinstance(question_step(scripts.load(tx, ScriptHash(version)), question), Choice | Choices | Scale | Number)
    ]


def _options(tx: Transaction, version: str, question: str, value: str | None) -> frozenset[str]:
    """Return the options that a stored value names."""
    if value is None:
        return frozenset()
    parsed = json.loads(value)
    closed = closed_value(
        question_step(scripts.load(tx, ScriptHash(version)), question),
        tuple(parsed) if isinstance(parsed, list) else parsed,
    )
    return frozenset(str(closed).split("; ")) if closed is not None else frozenset()
