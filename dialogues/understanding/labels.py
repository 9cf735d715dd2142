"""The labels of a question's options, and how near typed words come to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import OSA

from dialogues.understanding.lexicon import lexicon
from dialogues.understanding.words import Token, spellings, tokens, words

SHORT = 3
"""Letters of a word in which only swapped letters count as a typo, and not surely: "cat" is no car."""
FAIR = 4
"""Letters of a word in which one typo is sure only if letters are swapped."""
MIDDLE = 7
"""Letters of a word in which one typo is sure and two are not; in a longer one two are."""
DOUBTFUL_SWAP = 6
"""Letters of a word up to which another letter in the place of one may make another word: "horse" is no house."""
MOST_TYPOS = 2
ONE_TYPO = 5
"""Letters of the shorter of two words up to which one typo is all: "late" is no "lanes", for all its plural."""


class Nearness(IntEnum):
    """How near a typed word comes to one of a label."""

    SAME = 0
    SURE = 1
    MAYBE = 2


@dataclass(frozen=True, slots=True)
class Label:
    """One option's label: ways to name it in full, its words that tell something, whether it says not, its emoji."""

    index: int
    patterns: tuple[tuple[str, ...], ...]
    content: tuple[str, ...]
    negative: bool
    signs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """The options that words name, how many tokens they are, and how near they come."""

    options: tuple[int, ...]
    length: int
    nearness: Nearness


def labels_of(texts: Sequence[str], language: str) -> tuple[Label, ...]:
    """Return the labels of a question, prepared for comparison."""
    return tuple(_label(index, text, language) for index, text in enumerate(texts))


def _label(index: int, text: str, language: str) -> Label:
    known = lexicon(language)
    whole = words(text)
    before = words(text.partition("(")[0])
    short = (_trimmed(whole, known.minor), before, _trimmed(before, known.minor))
    telling = (pattern for pattern in short if not set(pattern) <= known.negating)
    patterns = dict.fromkeys((whole, *telling))
    content = tuple(word for word in whole if word not in known.minor and word not in known.negating)
    signs = frozenset(token.text for token in tokens(text) if token.kind == "sign")
    negative = any(word in known.negating for word in whole)
    return Label(index, tuple(pattern for pattern in patterns if pattern), content, negative, signs)


def _trimmed(given: tuple[str, ...], minor: frozenset[str]) -> tuple[str, ...]:
    """Return the words without those at both ends that say nothing about an option; all if nothing would be left."""
    telling = [at for at, word in enumerate(given) if word not in minor]
    return given[telling[0] : telling[-1] + 1] if telling else given


def nearness(typed: str, word: str) -> Nearness | None:
    """Return how near a typed word comes to a word; None where it is another one."""
    if typed == word:
        return Nearness.SAME
    if not (typed.isalpha() and word.isalpha()) or min(len(typed), len(word)) < SHORT:
        return None
    if word in spellings(typed) or _plural(typed, word) or _plural(word, typed):
        return Nearness.SURE
    distance = OSA.distance(typed, word, score_cutoff=MOST_TYPOS)
    swapped = sorted(typed) == sorted(word) and distance == 1
    if distance > MOST_TYPOS or (typed[0] != word[0] and not swapped):
        return None
    if distance > 1 and min(len(typed), len(word)) <= ONE_TYPO:
        return None
    return _typos(word, distance, swapped, len(typed) == len(word))


def _plural(many: str, one: str) -> bool:
    return many in (f"{one}s", f"{one}es")


def _typos(word: str, distance: int, swapped: bool, same_length: bool) -> Nearness | None:
    size = len(word)
    if size <= SHORT:
        return Nearness.MAYBE if swapped else None
    if size <= FAIR:
        return Nearness.SURE if swapped else Nearness.MAYBE if distance == 1 else None
    if size > MIDDLE:
        return Nearness.SURE
    other_letter = same_length and not swapped and size <= DOUBTFUL_SWAP
    return Nearness.SURE if distance == 1 and not other_letter else Nearness.MAYBE


def named_at(given: Sequence[Token], at: int, labels: Sequence[Label], known: frozenset[str]) -> Match | None:
    """Return the options that the words from there on name in full, longest and nearest; `known` words are exact."""
    best: dict[int, tuple[int, int, int, Nearness]] = {}
    for label in labels:
        for pattern in label.patterns:
            if found := _compared(given, at, pattern, known):
                length, distance, near = found
                key = (-len(pattern), distance, length, near)
                best[label.index] = min(best.get(label.index, key), key)
    if not best:
        return None
    first = min(best.values())
    same = tuple(index for index, key in best.items() if key[:2] == first[:2])
    return Match(same, first[2], first[3])


def _compared(
    given: Sequence[Token], at: int, pattern: tuple[str, ...], known: frozenset[str]
) -> tuple[int, int, Nearness] | None:
    """Return how many tokens the pattern takes, how many letters differ, and how near they come."""
    start, distance, worst = at, 0, Nearness.SAME
    for word in pattern:
        while at < len(given) and at > start and given[at].kind == "mark" and worst is Nearness.SAME:
            at += 1
        if at >= len(given) or given[at].kind not in ("word", "digits"):
            return None
        typed = given[at].text
        near = (Nearness.SAME if typed == word else None) if typed in known else nearness(typed, word)
        if near is None:
            return None
        distance += OSA.distance(typed, word)
        worst, at = max(worst, near), at + 1
    return at - start, distance, worst


def hinted_by(typed: str, labels: Sequence[Label], common: frozenset[str] = frozenset()) -> Match | None:
    """Return the options with a word that the typed one is, begins or, unless it is a `common` word, misspells."""
    near = {label.index: found for label in labels if (found := _hint(typed, label, typed in common)) is not None}
    same = tuple(index for index, found in near.items() if found is Nearness.SAME)
    if same:
        return Match(same, 1, Nearness.SAME)
    return Match(tuple(near), 1, max(near.values())) if near else None


def _hint(typed: str, label: Label, exactly: bool) -> Nearness | None:
    compared = [word for word in label.content if not exactly or word == typed or _plural(typed, word)]
    found = [near for word in compared if (near := nearness(typed, word)) is not None]
    if typed.isalpha():
        for place, word in enumerate(label.content):
            if word.startswith(typed) and word != typed:
                found.append(Nearness.MAYBE if place or len(typed) == 1 else Nearness.SURE)
    return min(found, default=None)
