"""Where tags go wrong: which themes are taken for which, and whether the confidence keeps its word."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from nlp.reading import Reading
from nlp.tagging import Tag

MOST_CONFUSIONS, MOST_ONE_SIDED = 10, 5
_MOST_EXCERPTS = 3
_LONGEST_EXCERPT_CHARS = 60
_BINS = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0))


@dataclass(frozen=True, slots=True)
class Confusion:
    """A theme that the machine gave where people meant another; None on one side: it gave or missed one without."""

    given: str | None
    meant: str | None
    count: int
    excerpts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bin:
    """Tags whose confidence is at least `low` and below `high` (the last: at most); `right`: people gave them, too."""

    low: float
    high: float
    count: int
    right: int
    mean_confidence: float


def reliability(tags: Sequence[Iterable[Tag]], truth: Sequence[frozenset[str]]) -> tuple[Bin, ...]:
    """Return how often tags are right by their confidence, for each bin; one may be empty."""
    given = [(tag.confidence, tag.theme in themes) for own, themes in zip(tags, truth, strict=True) for tag in own]
    return tuple(_bin(low, high, [tag for tag in given if _within(tag[0], low, high)]) for low, high in _BINS)


def _within(confidence: float, low: float, high: float) -> bool:
    return low <= confidence < high or confidence == high == 1


def _bin(low: float, high: float, tags: Sequence[tuple[float, bool]]) -> Bin:
    mean = sum(confidence for confidence, _ in tags) / max(len(tags), 1)
    return Bin(low, high, len(tags), sum(right for _, right in tags), mean)


def confusions(
    readings: Sequence[Reading], tags: Sequence[Sequence[Tag]], truth: Sequence[frozenset[str]]
) -> tuple[Confusion, ...]:
    """Return the commonest confusions, then the commonest one-sided, each with a few excerpts of redacted text."""
    found: dict[tuple[str | None, str | None], list[str]] = defaultdict(list)
    for reading, own, themes in zip(readings, tags, truth, strict=True):
        for tag, meant in _confused(own, themes):
            found[None if tag is None else tag.theme, meant].append(_excerpt(reading, tag))
    commonest = sorted(found, key=lambda pair: (-len(found[pair]), str(pair)))
    chosen = [pair for pair in commonest if None not in pair][:MOST_CONFUSIONS]
    chosen += [pair for pair in commonest if None in pair][:MOST_ONE_SIDED]
    return tuple(Confusion(*pair, len(found[pair]), _spread(found[pair])) for pair in chosen)


def _spread(texts: Sequence[str]) -> tuple[str, ...]:
    """Return a few of the texts from the first to the last, without repeating one: files are often sorted."""
    steps = range(min(len(texts), _MOST_EXCERPTS))
    return tuple(dict.fromkeys(texts[step * (len(texts) - 1) // max(steps[-1], 1)] for step in steps))


def _confused(tags: Sequence[Tag], themes: frozenset[str]) -> Iterator[tuple[Tag | None, str | None]]:
    """Yield each wrong tag with each missed theme of one reply; None for what one side lacks."""
    wrong: list[Tag | None] = [*(tag for tag in tags if tag.theme not in themes)]
    missed: list[str | None] = [*sorted(themes - {tag.theme for tag in tags})]
    if wrong or missed:
        yield from product(wrong or [None], missed or [None])


def _excerpt(reading: Reading, tag: Tag | None) -> str:
    text = " ".join((reading.text if tag is None else reading.text[tag.start : tag.end]).split())
    return text if len(text) <= _LONGEST_EXCERPT_CHARS else text[: _LONGEST_EXCERPT_CHARS - 1].rstrip() + "…"
