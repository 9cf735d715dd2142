"""The words that set groups of texts apart from each other: keyness, as corpus linguistics calls it.

A word counts once a text, in all its simple forms together. How far its share of a group's texts is from its share of
the others is measured by the log-likelihood ratio (Dunning 1993).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from spacy.util import get_lang_class

Floats: TypeAlias = NDArray[np.float64]

FEWEST_TEXTS = 2
"""A word that fewer texts of a group have says nothing of the group."""
FEWEST_PAIRS = 3
"""Texts of a group that two neighbouring words must stand in to be one term."""
LEAST_KEYNESS = 3.84
"""The 95% point of chi-squared with one degree of freedom: a lower ratio may well be chance."""
FIXED_SHARE = 0.4
"""A pair of words is shown instead of a word that stands in that pair at least so often: minimum wage, bike lanes."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHORTEST_CHARS = 3
_ENDING = re.compile(r"(?:'s|ies|ied|ings?|ers?|ed|es|s|e|y|os|as|o|a)$")
_SHORTEST_STEM_CHARS = 3
_FILLERS = frozenset(
    {"need", "needs", "needed", "want", "wants", "like", "get", "gets", "getting", "got", "think", "thing", "things",
     "lot", "lots", "make", "makes"}
)  # fmt: skip
"""Words that replies are full of and spaCy's stop words leave out."""

Terms: TypeAlias = tuple[str, ...]
Words: TypeAlias = tuple[str | None, ...]
"""The words of a text that say something, in order; None where others, or a mark, part two of them."""


def distinctive(texts: Sequence[str], groups: Sequence[int], count: int, languages: Iterable[str]) -> list[Terms]:
    """Return up to `count` words or pairs of words for each group, the most telling first; no stem twice in a group.

    `groups` numbers the group of each text from 0. Where there is one group only, its most frequent words. Stop words
    of the languages (two letters each) are left out.
    """
    stops = frozenset[str]().union(*map(stop_words, languages))
    words = [_words(text, stops) for text in texts]
    stems = [frozenset(stem(word.lower()) for word in own if word) for own in words]
    vocabulary = sorted(frozenset().union(*stems)) if stems else []
    counts = _counts(stems, groups, {term: column for column, term in enumerate(vocabulary)})
    sizes = np.bincount(np.asarray(groups, dtype=np.intp), minlength=counts.shape[0]).astype(np.float64)
    keyness = _keyness(counts, sizes)
    return [
        _terms(keyness[group], vocabulary, [own for own, at in zip(words, groups, strict=True) if at == group], count)
        for group in range(len(sizes))
    ]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return what the simple forms of a word share: "bus" and "buses", "study" and "studied", "barato" and "barata"."""
    while (cut := _ENDING.sub("", word)) != word and len(cut) >= _SHORTEST_STEM_CHARS:
        word = cut
    return word[:-1] if len(word) > _SHORTEST_STEM_CHARS and word[-1] == word[-2] else word


@lru_cache(maxsize=16)
def stop_words(language: str) -> frozenset[str]:
    """Return the words of a language that say nothing by themselves; none where spaCy does not know the language."""
    try:
        return frozenset(get_lang_class(language).Defaults.stop_words) | _FILLERS
    except ImportError:
        return _FILLERS


def _words(text: str, stops: frozenset[str]) -> Words:
    found, end = list[str | None](), 0
    for match in _WORD.finditer(text.replace("’", "'")):
        word = match.group().removesuffix("'s")
        if match.string[end : match.start()].strip(" -"):
            found.append(None)
        found.append(None if _says_nothing(word, stops) else word)
        end = match.end()
    return tuple(found)


def _says_nothing(word: str, stops: frozenset[str]) -> bool:
    return len(word) < _SHORTEST_CHARS or "'" in word or word.lower() in stops


def _counts(stems: Sequence[frozenset[str]], groups: Sequence[int], columns: dict[str, int]) -> Floats:
    """Return in how many texts of each group each stem stands, shape (groups, stems)."""
    places = [(group, columns[term]) for own, group in zip(stems, groups, strict=True) for term in own]
    shape = (max(groups, default=-1) + 1, len(columns))
    rows, cols = zip(*places, strict=True) if places else ((), ())
    return np.asarray(csr_array((np.ones(len(places)), (rows, cols)), shape=shape).toarray(), dtype=np.float64)


def _keyness(counts: Floats, sizes: Floats) -> Floats:
    """Return the log-likelihood ratio of each stem in each group; below 0 where others have it as often."""
    everywhere, texts = counts.sum(axis=0), sizes.sum()
    if len(sizes) < 2:
        return counts
    elsewhere, others = everywhere - counts, (texts - sizes)[:, None]
    own = sizes[:, None]
    share = everywhere / texts
    ratio = _surprise(counts, own * share) + _surprise(elsewhere, others * share)
    ratio += _surprise(own - counts, own * (1 - share)) + _surprise(others - elsewhere, others * (1 - share))
    typical = (counts * others > elsewhere * own) & (counts >= np.minimum(FEWEST_TEXTS, own))
    return np.where(typical & (2 * ratio >= LEAST_KEYNESS), 2 * ratio, -1.0)


def _surprise(seen: Floats, expected: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(seen > 0, seen * np.log(seen / expected), 0.0)


def _terms(keyness: Floats, vocabulary: Sequence[str], words: Sequence[Words], count: int) -> Terms:
    """Return the terms of one group: the best stems as they are mostly written, or the fixed pair they stand in."""
    ranked = [vocabulary[column] for column in np.argsort(-keyness, kind="stable")[: 3 * count] if keyness[column] > 0]
    spelling = _Spelling.of(words, frozenset(ranked))
    terms, used = list[str](), set[str]()
    for own in ranked:
        if own in used or len(terms) == count:
            continue
        term = spelling.term(own, used)
        used.update(_stems(term))
        terms.append(term)
    return tuple(terms)


@dataclass(frozen=True, slots=True)
class _Spelling:
    """How often some stems are written in which words, alone and beside others, and which letters are capitals."""

    forms: dict[str, Counter[str]]
    pairs: dict[str, Counter[str]]
    cased: dict[str, Counter[str]]

    @classmethod
    def of(cls, texts: Iterable[Words], stems: frozenset[str]) -> "_Spelling":
        """Return the spelling of these stems in the texts, each of which counts once."""
        own = cls({stem: Counter() for stem in stems}, {stem: Counter() for stem in stems}, {})
        for words in texts:
            own._add(words)
        return own

    def _add(self, words: Words) -> None:
        for word in {word for word in words if word}:
            self.cased.setdefault(word.lower(), Counter())[word] += 1
        for word in {word.lower() for word in words if word and stem(word.lower()) in self.forms}:
            self.forms[stem(word)][word] += 1
        for left, right in {(left.lower(), right.lower()) for left, right in pairwise(words) if left and right}:
            for own in {stem(left), stem(right)} & self.pairs.keys():
                self.pairs[own][f"{left} {right}"] += 1

    def term(self, own: str, used: set[str]) -> str:
        """Return the word that stands for a stem, or the pair of words that it mostly stands in, none of them used."""
        forms = self.forms[own]
        pairs = Counter({pair: times for pair, times in self.pairs[own].items() if used.isdisjoint(_stems(pair))})
        pair = _commonest(pairs) if pairs else ""
        fixed = pairs[pair] >= max(FEWEST_PAIRS, FIXED_SHARE * forms.total())
        return " ".join(_commonest(self.cased[word]) for word in (pair if fixed else _commonest(forms)).split())


def _stems(term: str) -> set[str]:
    return {stem(word.lower()) for word in term.split()}


def _commonest(forms: Counter[str]) -> str:
    """Return the most frequent form; of equal ones, small letters before capitals."""
    return min(forms, key=lambda form: (-forms[form], form.swapcase()))
