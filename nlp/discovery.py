"""Finds what replies are about where no codebook says so: groups, each with its words and its most typical replies.

Takes redacted replies with their vectors, from wherever they come; the order in which they come does not matter, and
every reply that says something is in a group. A group is material for a theme; a person names and describes the theme.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.distinctive import distinctive
from nlp.encoder import FloatArray, unit
from nlp.grouping import grouped
from nlp.nonresponse import nonresponse
from nlp.redaction import without_marks

WORDS_IN_NAME = 3
KEYWORDS = 8
MOST_EXAMPLES = 5
LONGEST_EXAMPLE_CHARS = 200
"""What a person takes in at a glance; longer replies are shown only where a group has no shorter ones."""

_TYPICAL = 60  # so many of a group's replies, the most typical, are chosen from
_SAME_WEIGHT = 1.0  # of the likeness to an example already chosen, against that to the whole group
_FEWEST_WORDS = 4  # a shorter reply is typical of everything


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A redacted reply, the vector of its whole text, and its language (two letters)."""

    text: str
    vector: FloatArray
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Group:
    """Replies that are near each other: what names them, their most typical ones, and how many they are."""

    id: str
    name: str
    keywords: tuple[str, ...]
    examples: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Discovery:
    """The groups, the largest first, and how many replies said nothing. Each reply counts in one of them."""

    groups: tuple[Group, ...]
    said_nothing: int


def discover(replies: Sequence[Found], count: int | None = None) -> Discovery:
    """Return the groups of the replies.

    `count` is 1 or more, lowered where fewer texts differ; without it, the replies suggest how many groups.
    The same words written twice count twice, and weigh once: no group is made of one text.
    """
    worded = [reply for reply in replies if _says_something(reply)]
    kinds = _kinds(worded)
    vectors = np.stack([kind[0].vector for kind in kinds]) if kinds else np.zeros((0, 1), dtype=np.float32)
    places = grouped(vectors, count).tolist()
    languages = frozenset(reply.language for reply in worded)
    words = distinctive([without_marks(kind[0].text) for kind in kinds], places, KEYWORDS, languages)
    members = [[index for index, place in enumerate(places) if place == group] for group in range(len(words))]
    groups = [
        _group(own, [kinds[index] for index in inside], vectors[inside])
        for own, inside in zip(words, members, strict=True)
    ]
    return Discovery(_by_size(groups), len(replies) - len(worded))


def scatter(text: str) -> str:
    """Return a key to sort texts by that has nothing to do with what they say."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _says_something(reply: Found) -> bool:
    return nonresponse(reply.text) is None and bool(reply.vector.any())


def _kinds(replies: Sequence[Found]) -> list[list[Found]]:
    """Return the replies with the same words together, in an order that depends on the words only."""
    kinds: dict[str, list[Found]] = {}
    for reply in sorted(replies, key=lambda own: own.text):
        kinds.setdefault(" ".join(reply.text.split()).casefold(), []).append(reply)
    return [kinds[key] for key in sorted(kinds, key=scatter)]


def _group(words: Sequence[str], kinds: Sequence[Sequence[Found]], vectors: FloatArray) -> Group:
    texts = [kind[0].text for kind in kinds]
    name = ", ".join(words[:WORDS_IN_NAME]) or "No words in common"
    return Group(
        id=_slug(words[:WORDS_IN_NAME]),
        name=name[:1].upper() + name[1:],
        keywords=tuple(words),
        examples=tuple(" ".join(texts[place].split()) for place in _examples(texts, vectors)),
        size=sum(map(len, kinds)),
    )


def _examples(texts: Sequence[str], vectors: FloatArray) -> list[int]:
    """Return the places of the replies that show a group best: near its middle, unlike each other (Carbonell 1998)."""
    readable = [place for place, text in enumerate(texts) if _is_readable(text)] or list(range(len(texts)))
    middle = unit(np.asarray(vectors.mean(axis=0), dtype=np.float32))
    near = vectors @ middle
    typical = sorted(readable, key=lambda place: -near[place])[:_TYPICAL]
    chosen: list[int] = []
    while len(chosen) < MOST_EXAMPLES and len(chosen) < len(typical):
        rest = [place for place in typical if place not in chosen]
        same = (vectors[rest] @ vectors[chosen].T).max(axis=1) if chosen else np.zeros(len(rest))
        chosen.append(rest[int((near[rest] - _SAME_WEIGHT * same).argmax())])
    return chosen


def _is_readable(text: str) -> bool:
    return len(text) <= LONGEST_EXAMPLE_CHARS and len(text.split()) >= _FEWEST_WORDS


def _slug(words: Sequence[str]) -> str:
    return re.sub(r"\W+", "-", " ".join(words)).strip("-") or "group"


def _by_size(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Return the groups, the largest first, with a number behind an id that another has already."""
    ordered = sorted(groups, key=lambda group: (-group.size, group.id))
    ids = [group.id for group in ordered]
    return tuple(
        group if ids.index(group.id) == place else _renamed(group, f"{group.id}-{ids[: place + 1].count(group.id)}")
        for place, group in enumerate(ordered)
    )


def _renamed(group: Group, group_id: str) -> Group:
    return Group(group_id, group.name, group.keywords, group.examples, group.size)
