"""Which option or options a typed reply chooses."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from dialogues.understanding.assent import leaning, understand_yes_no
from dialogues.understanding.bands import band_reading, bands_of
from dialogues.understanding.declining import declines
from dialogues.understanding.naming import Named, named_in
from dialogues.understanding.quantity import MOST_CANDIDATES
from dialogues.understanding.reading import Between, Clear, DontKnow, Reading, Unclear
from dialogues.understanding.vocabulary import NEUTRAL
from dialogues.understanding.words import fold, tokens, too_long, words

_HYPHEN = re.compile(r"[^\W\d_]-[^\W\d_]")
"""Between words: "Mon-Wed" may be a range."""
_NONE_LABELS = frozenset({"none", "nothing", "neither", "ninguno", "ninguna", "nada"})
_OTHER_LABELS = frozenset(
    {"other", "others", "another", "something", "somewhere", "otro", "otra", "otros", "otras", "algo"}
)


def understand_option(text: str, labels: Sequence[str], language: str) -> Reading[int]:
    """Return the index of the one option that the reply chooses."""
    exact = _exact(text, labels)
    if exact:
        return _one_of(exact)
    if too_long(text):
        return Unclear()
    declined = _declined(text, labels, language)
    if declined is not None:
        return declined
    assented = _assented(text, labels, language)
    if assented is not None:
        return assented
    bands = bands_of(labels, language)
    banded = band_reading(text, bands, language)
    return banded if banded is not None else _single(named_in(text, labels, bands, language), labels)


def understand_options(text: str, labels: Sequence[str], language: str) -> Reading[tuple[int, ...]]:
    """Return the indices of all options that the reply chooses, sorted. A part not understood is never dropped."""
    exact = _exact(text, labels)
    if exact:
        return _as_several(_one_of(exact))
    if too_long(text):
        return Unclear()
    declined = _declined(text, labels, language)
    if declined is not None:
        return _as_several(declined)
    bands = bands_of(labels, language)
    banded = band_reading(text, bands, language)
    if isinstance(banded, Clear):
        return Clear((banded.value,))
    if not any(bands) and (ranged := _ranged(text, len(labels))):
        return ranged
    named = named_in(text, labels, bands, language)
    named.doubtful |= len(named.wanted) > 1 and _HYPHEN.search(fold(text, hyphens=True)) is not None
    reading = _several(named, labels, language)
    faint = bool(named.wanted) and not named.firm
    return replace(reading, faint=True) if faint and isinstance(reading, Between) else reading


def _one_of(indices: Sequence[int]) -> Reading[int]:
    if len(indices) == 1:
        return Clear(indices[0])
    return Between(tuple(indices)) if 1 < len(indices) <= MOST_CANDIDATES else Unclear()


def _as_several(reading: Reading[int]) -> Reading[tuple[int, ...]]:
    match reading:
        case Clear(index):
            return Clear((index,))
        case Between(candidates):
            return Between(tuple((index,) for index in candidates))
        case other:
            return other


def _exact(text: str, labels: Sequence[str]) -> tuple[int, ...]:
    """Return the labels that the text is, by the strictest comparison that finds any."""
    for form in (str, _bare, fold, _words_alone, _run_together, _signs_alone):
        wanted = form(text)
        found = tuple(index for index, label in enumerate(labels) if wanted and form(label) == wanted)
        if found:
            return found
    return ()


def _bare(text: str) -> str:
    return text.strip().casefold()


def _words_alone(text: str) -> str:
    """Return the words of a text without a question mark, a thumb down or the like."""
    doubtful = any(NEUTRAL.naming.get(token.text) == "doubt" for token in tokens(text))
    return "" if doubtful else " ".join(words(text))


def _run_together(text: str) -> str:
    """Return the words without spaces, so that "everyday" is "Every day"; digits have to stay apart."""
    together = _words_alone(text).replace(" ", "")
    return together if together.isalpha() else ""


def _signs_alone(text: str) -> str:
    """Return the emoji of a text without words, each once."""
    given = tokens(text)
    signs = dict.fromkeys(token.text for token in given if token.kind == "sign")
    return "" if any(token.kind in ("word", "digits") for token in given) else "".join(signs)


def _declined(text: str, labels: Sequence[str], language: str) -> Reading[int] | None:
    """Return what a refusal or don't-know means here: an option that says the same wins over it."""
    declined = declines(text, language)
    if declined is None:
        return None
    folded = words(text)
    if isinstance(declined, DontKnow) or len(folded) > 1:
        same = tuple(index for index, label in enumerate(labels) if declines(label, language) == declined)
    else:  # one word, such as "pass": a refusal, unless an option's label has it ("Bus pass")
        same = tuple(index for index, label in enumerate(labels) if folded and folded[0] in words(label))
        return Between(same[:MOST_CANDIDATES]) if same else declined
    return _one_of(same) if same else declined


def _assented(text: str, labels: Sequence[str], language: str) -> Reading[int] | None:
    """Return which of yes-like and no-like options is meant; None where options or text are not of that kind."""
    leanings = tuple(leaning(label, language) for label in labels)
    reading = understand_yes_no(text, language)
    if not {True, False} <= set(leanings) or not isinstance(reading, Clear | Between):
        return None
    meant = (reading.value,) if isinstance(reading, Clear) else reading.candidates
    found = tuple(index for value in meant for index, own in enumerate(leanings) if own is value)
    plain = tuple(understand_yes_no(label, language) for label in labels)
    if isinstance(reading, Between):
        named = _single(named_in(text, labels, bands_of(labels, language), language), labels)
        fuller = isinstance(named, Clear) and not isinstance(plain[named.value], Clear)
        return named if fuller else _asked(found)
    rivals = any(
        own is None and isinstance(as_reply, Between) and _shares(labels, index, found)
        for index, (own, as_reply) in enumerate(zip(leanings, plain, strict=True))
    )
    if len(words(text)) > 1 and any(len("".join(words(labels[index]))) == 1 for index in found):
        return _asked(found)  # "no N": the letter may be a name ("not N") as well as a no
    if rivals or len(found) > 1:
        named = _single(named_in(text, labels, bands_of(labels, language), language), labels)
        return named if isinstance(named, Clear) and named.value in found else _asked(found)
    return Clear(found[0])


def _shares(labels: Sequence[str], index: int, found: Sequence[int]) -> bool:
    """Return whether a label has a word in common with one of those found: "Strongly agree" beside "Agree"."""
    return any(set(words(labels[index])) & set(words(labels[other])) for other in found)


def _asked(candidates: Sequence[int]) -> Reading[int]:
    return Between(tuple(candidates)) if 0 < len(candidates) <= MOST_CANDIDATES else Unclear()


def _single(named: Named, labels: Sequence[str]) -> Reading[int]:
    candidates = named.candidates
    if named.by_chance:
        return Unclear()
    if candidates:
        sure = len(candidates) == 1 and not named.doubtful and not named.roles & {"all", "any", "none"}
        return Clear(candidates[0]) if sure else _asked(candidates)
    if named.wanted:
        return Unclear()
    if named.unwanted:
        return _asked([index for index in range(len(labels)) if index not in named.unwanted])
    if named.roles & {"none", "nor", "other"}:
        return _apart(named, labels)
    return _asked(range(len(labels))) if named.roles & {"all", "any", "both"} and not named.doubtful else Unclear()


def _apart(named: Named, labels: Sequence[str]) -> Reading[int]:
    """Return the option that says none of the others, or another one."""
    begins = _OTHER_LABELS if "other" in named.roles else _NONE_LABELS
    same = tuple(index for index, label in enumerate(labels) if begins & set(words(label)[:1]))
    both = "other" in named.roles and bool(named.roles & {"none", "nor", "not"})
    return Clear(same[0]) if len(same) == 1 and not (named.doubtful or both) else _asked(same)


def _several(named: Named, labels: Sequence[str], language: str) -> Reading[tuple[int, ...]]:
    everything = tuple(index for index, label in enumerate(labels) if not _stands_apart(label, language))
    if named.wanted:
        return Unclear() if named.by_chance else _chosen(named)
    if named.unwanted and named.roles & {"except", "all except"}:
        rest = tuple(index for index in everything if index not in named.unwanted)
        return _settled(rest, named.doubtful)
    if named.roles & {"none", "nor", "other"}:
        return _as_several(_apart(named, labels))
    if "any" in named.roles:
        return Between((everything,))
    if "all" in named.roles or ("both" in named.roles and len(labels) == len(("this", "that"))):
        return Unclear() if named.unwanted else _settled(everything, named.doubtful)
    return Unclear()


def _stands_apart(label: str, language: str) -> bool:
    """Return whether the label declines or says none of the others, and so is no part of "all"."""
    return bool(_NONE_LABELS & set(words(label)[:1])) or declines(label, language) is not None


def _settled(indices: tuple[int, ...], doubtful: bool) -> Reading[tuple[int, ...]]:
    if not indices:
        return Unclear()
    return Between((indices,)) if doubtful else Clear(indices)


def _chosen(named: Named) -> Reading[tuple[int, ...]]:
    """Return the options named; where one may be several, or "or" stands between them, the ways to take it."""
    if len(list(product(*named.wanted[:MOST_CANDIDATES]))) > MOST_CANDIDATES:
        return Unclear()
    ways = [tuple(sorted(set(way) - set(named.unwanted))) for way in product(*named.wanted)]
    if "or" in named.roles and len(ways) == 1:
        ways += [(index,) for index in ways[0]]
    distinct = tuple(dict.fromkeys(way for way in ways if way))
    unsure = named.doubtful or bool(named.roles & {"none", "all", "any", "other"})
    if len(distinct) == 1:
        return _settled(distinct[0], unsure or ("perhaps" in named.roles and len(distinct[0]) > 1))
    return Between(distinct) if 0 < len(distinct) <= MOST_CANDIDATES else Unclear()


def _ranged(text: str, size: int) -> Reading[tuple[int, ...]] | None:
    """Return the ways to take "1-3", and "13" where there are no thirteen options; None for anything else."""
    given = tokens(text)
    numbers = [int(token.text) for token in given if token.kind == "digits" and token.text.isdecimal()]
    if any(not 1 <= int(digit) <= size for number in numbers for digit in str(number)[: len(str(size))]):
        return None
    match [token.text for token in given]:
        case [first, "-" | "–" | "to" | "a" | "through", last] if len(numbers) == len((first, last)):
            low, high = numbers
            return Between((tuple(range(low - 1, high)), (low - 1, high - 1))) if low < high <= size else None
        case [digits] if digits.isdecimal() and int(digits) > size and all(1 <= int(own) <= size for own in digits):
            return Between((tuple(sorted({int(own) - 1 for own in digits})),))
        case _:
            return None
