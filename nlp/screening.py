"""Finds words that a young person may need help behind: harm to self, abuse, danger, grooming, running away.

Looks twice: for phrases, and with an encoder at what the words mean (`second_look`), which adds what no phrase says.
Knows phrases (`screening.yaml`) and the disguises they come in: spaced letters, digits for letters, drawn-out or
missing letters, look-alike characters. It judges nothing: a flag means that a person should look, and where in doubt it
is raised. English and Spanish phrases are looked for in every text, since people mix languages. The same text always
gives the same flags, and the time grows no faster than its length.
"""

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias, cast

import yaml
from pydantic import BaseModel, ConfigDict

from nlp.encoder import Encoder
from nlp.second_look import Noticed, notice, weights_for

Kind: TypeAlias = Literal["self-harm", "abuse", "danger", "grooming", "running-away"]
Flag: TypeAlias = Kind | Literal["unsure"]
"""`unsure`: no phrase was found; the second look alone noticed something, and cannot say how grave or of which kind."""

_FILE = Path(__file__).with_name("screening.yaml")
_INVISIBLE = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF])
_LOOK_ALIKES = str.maketrans("авекмнорстухіјѕԁɡαβεικνορτυχıł", "abekmhopctyxijsdgabeikvoptuxil")
_LEET = {ord(digit): letter for digit, letter in zip("034578@$€", "oeastbase", strict=True)}
_SEPARATORS = r"[ .,\-_*/|~]{1,3}"
_SPACED = re.compile(rf"(?<![a-z0-9])(?:[a-z0-9@$]{_SEPARATORS}){{3,}}[a-z0-9@$](?![a-z0-9])")
_LEETED = re.compile(r"[a-z][0-9@$!|€]|[0-9@$|€][a-z]")
_LEET_WORD = re.compile(r"(?=\d*[a-z])[a-z0-9@$!|€]+")
_LONE_I = re.compile(r"^i(?=[a-z]{4})")
_INNER_MARK = re.compile(r"(?<=[a-z0-9])!(?=[a-z0-9])")
_CLAUSE_END = re.compile(r"(?<![.])[.;!?](?=\s|$)")
_DROPPED = re.compile(r"['’‘`´ʼ*\"]")
_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[a-z]+")
_DOUBLED = re.compile(r"([^\W\d])\1+")

_SHORTEST_SPLIT, _LONGEST_SPLIT = 6, 60
"""Letters of a word that may be several run together."""
_LONG_WORD = 7
"""Letters from which on a word with one letter missing, or two swapped, is seldom another word."""
_TAKEN_OUT = "~"
"""Stands where a harmless phrase was; nothing matches across it."""
_END = "$"
"""Stands in a phrase for the end of its clause."""
_AND = "&"
"""Stands between phrases that may come in any order."""
_AT_A_WORD = "(?<= )"
_SHORT_CLAUSE = r"\A(?! (?:[^ ]+ ){30})"
"""Words that stand far apart in a long clause need not belong together."""


class _File(BaseModel):
    """`screening.yaml`; lists of phrases are by language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: dict[str, str]
    often_misspelt: str
    wrongly_spelt: str
    ordinary: str
    harmless: dict[str, list[str]]
    patterns: dict[Kind, dict[str, list[str]]]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One line of the file. `signs` are words of which a clause has at least one wherever the expression matches."""

    kind: Kind | None
    signs: frozenset[str]
    expression: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Rules:
    """The file, ready for use: phrases by each of their signs, and what is needed to mend and split words."""

    phrases: dict[str, tuple[_Phrase, ...]]
    harmless: dict[str, tuple[_Phrase, ...]]
    vocabulary: frozenset[str]
    slips: dict[str, tuple[str, ...]]
    run_together: re.Pattern[str]


class Screener:
    """Screens with both pairs of eyes: the second look adds flags and never takes one away.

    Without an encoder, or with one that no weights were fitted with, it looks for phrases alone.
    """

    def __init__(self, encoder: Encoder | None) -> None:
        self._encoder = encoder
        self._weights = weights_for(encoder.name) if encoder else None

    def flags(self, text: str, language: str) -> tuple[Flag, ...]:
        """Return the flags of the text, sorted; empty where nothing was found. Some 2 ms for a short text."""
        return self.flags_of([text], language)[0]

    def flags_of(self, texts: Sequence[str], language: str) -> list[tuple[Flag, ...]]:
        """Return the flags of each text. Many texts at once cost less than one after the other."""
        found = [screen(text, language) for text in texts]
        if self._encoder is None or self._weights is None:
            return found
        noticed = notice(texts, self._encoder, self._weights)
        return [_with(flags, own) for flags, own in zip(found, noticed, strict=True)]


def _with(flags: tuple[Flag, ...], noticed: Noticed | None) -> tuple[Flag, ...]:
    """Return the flags with what was noticed: its kind if that is sure, else `unsure` where there is no flag yet."""
    if noticed is None:
        return flags
    if noticed.kind is None:
        return flags or ("unsure",)
    return tuple(sorted({*flags, cast(Kind, noticed.kind)}))


def screen(text: str, language: str) -> tuple[Flag, ...]:
    """Return the kinds of worry whose phrases the text holds, sorted; empty where nothing was found. Microseconds.

    `language` is the chat's, and today changes nothing: all phrases apply, since people mix languages. Callers give it
    so that a phrase that is harmless in another language can be kept to its own without touching them.
    """
    rules = _rules()
    found: set[Flag] = set()
    for clause in normalise(text):
        plain = _without_harmless(clause, rules)
        for phrase in _candidates(plain, rules.phrases):
            if phrase.kind and phrase.kind not in found and phrase.expression.search(plain):
                found.add(phrase.kind)
    return tuple(sorted(found))


def normalise(text: str) -> tuple[str, ...]:
    """Return the clauses of the text with disguises undone, each once: words between single spaces, one at each end."""
    rules = _rules()
    parts = (part for form in _forms(_fold(text), rules) for part in _CLAUSE_END.split(form))
    return tuple(dict.fromkeys(clause for part in parts for clause in _clauses(part, rules)))


# --- from a text to clauses


def _fold(text: str) -> str:
    """Return the text in lower case, without accents and invisible characters, with Latin letters for look-alikes."""
    if text.isascii():
        return text.lower()
    visible = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold()
    letters = (
        character for character in unicodedata.normalize("NFKD", visible) if not unicodedata.combining(character)
    )
    return "".join(letters).translate(_LOOK_ALIKES)


def _forms(text: str, rules: _Rules) -> Iterator[str]:
    """Yield the text, and the text with letters for digits and signs; a 1 may be an i or an l."""
    yield _pull_together(text, rules)
    if _LEETED.search(text):
        for one in "il" if "1" in text or "|" in text else "i":
            letters = _INNER_MARK.sub("i", text).translate({**_LEET, ord("1"): one, ord("|"): one})
            yield _pull_together(letters, rules)
            yield _pull_together(_known_left(text, letters, rules), rules)


def _known_left(text: str, letters: str, rules: _Rules) -> str:
    """Return `letters`, which is the text with letters for digits, with the text's own numbers and "no1", "14yo"."""
    parts, end = [], 0
    for word in _LEET_WORD.finditer(text):
        own = text if _single(word.group()) in rules.vocabulary else letters
        parts += [text[end : word.start()], own[word.start() : word.end()]]
        end = word.end()
    return "".join([*parts, text[end:]])


def _pull_together(text: str, rules: _Rules) -> str:
    """Return the text with letters that stand apart, as in "k i l l", joined to one word; an "i" before it is left."""

    def joined(spaced: re.Match[str]) -> str:
        word = re.sub(_SEPARATORS, "", spaced.group())
        return word if _single(word) in rules.vocabulary else _LONE_I.sub("i ", word)

    return _SPACED.sub(joined, text)


def _clauses(text: str, rules: _Rules) -> Iterator[str]:
    """Yield the clause, if it has words; once more for each other word that a slip in it may have been."""
    words = [_mended(word, rules) for word in _WORD.findall(_DROPPED.sub("", text))]
    for reading in range(max(map(len, words), default=0)):
        yield " ".join(("", *(meant[reading % len(meant)] for meant in words), ""))


def _mended(word: str, rules: _Rules) -> tuple[str, ...]:
    """Return what the word may mean: doubled letters made one, a slip mended, words that were run together apart."""
    single = _single(word)
    if single in rules.vocabulary:
        return (single, *rules.slips.get(single, ()))
    if single in rules.slips:
        return rules.slips[single]
    if _SHORTEST_SPLIT <= len(single) <= _LONGEST_SPLIT:
        parts = rules.run_together.findall(single)
        if "".join(parts) == single:
            return (" ".join(parts),)
    return (single,)


def _single(text: str) -> str:
    """Return the text with doubled letters made one."""
    return _DOUBLED.sub(r"\1", text)


# --- from clauses to phrases


def _candidates(clause: str, phrases: dict[str, tuple[_Phrase, ...]]) -> Iterable[_Phrase]:
    """Return the phrases of which the clause has a sign, each once."""
    return dict.fromkeys(phrase for word in set(clause.split()) for phrase in phrases.get(word, ()))


def _without_harmless(clause: str, rules: _Rules) -> str:
    for phrase in _candidates(clause, rules.harmless):
        clause = phrase.expression.sub(f"{_TAKEN_OUT} ", clause)
    return clause


# --- from the file to rules


@functools.cache
def _rules() -> _Rules:
    file = _File.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
    lines = [(kind, line) for kind, languages in file.patterns.items() for line in _lines(languages)]
    parsed = [(kind, _parse(line, file.words)) for kind, line in lines]
    excused = [(None, _parse(line, file.words)) for line in _lines(file.harmless)]
    commonness = Counter(word for _, items in parsed for item in items for word in item.words)
    vocabulary = frozenset(commonness) | {word for _, items in excused for item in items for word in item.words}
    often = file.often_misspelt.split()
    real = (vocabulary - set(file.wrongly_spelt.split())) | set(_single(file.ordinary).split())
    return _Rules(
        phrases=_by_sign(_phrase(kind, items, commonness) for kind, items in parsed),
        harmless=_by_sign(_phrase(kind, items, commonness) for kind, items in excused),
        vocabulary=vocabulary,
        slips=_slips([*_long(file, vocabulary), *often], real),
        run_together=_run_together(vocabulary),
    )


@dataclass(frozen=True, slots=True)
class _Item:
    """One part of a phrase: its expression, and words of which one is there whenever it matched (none: optional)."""

    expression: str
    words: frozenset[str] = frozenset()


def _lines(languages: dict[str, list[str]]) -> list[str]:
    return [line for lines in languages.values() for line in lines]


def _parse(line: str, words: dict[str, str]) -> list[_Item]:
    """Return the parts of a phrase as the head of the file explains them. Raises KeyError for an unknown name."""
    if _AND not in line:
        return [_Item(_AT_A_WORD), *(_item(part, words) for part in line.split())]
    items = [item for phrase in line.split(_AND) for item in _somewhere(phrase.strip(), words)]
    return [_Item(_SHORT_CLAUSE), *items]


def _somewhere(phrase: str, words: dict[str, str]) -> list[_Item]:
    """Return the parts of a phrase that is anywhere in the clause; with a "!" before it, nowhere."""
    items = [_item(part, words) for part in phrase.removeprefix("!").split()]
    if phrase.startswith("!"):
        return [_Item("(?!.*? " + "".join(item.expression for item in items) + ")")]
    return [_Item("(?=.*? "), *items, _Item(")")]


def _item(part: str, words: dict[str, str]) -> _Item:
    if part == "^":
        return _Item(r"(?<=\A )")
    if part in ("..", "..."):
        return _Item(f"(?:[^{_TAKEN_OUT} ]+ ){{0,{3 if part == '..' else 6}}}?")
    alternatives = _alternatives(part.strip("!?-"), words)
    if part.startswith("-"):
        return _Item("".join(f"(?<!{_ending(alternative)})" for alternative in alternatives))
    expression = f"(?:{'|'.join(map(_expression, alternatives))})"
    if part.startswith("!"):
        return _Item(f"(?!{expression})")
    if part.endswith("?") or _END in alternatives:
        return _Item(f"{expression}?" if part.endswith("?") else expression)
    return _Item(expression, frozenset(max(alternative.split(), key=len) for alternative in alternatives))


def _expression(alternative: str) -> str:
    return r"\Z" if alternative == _END else f"{re.escape(alternative)} "


def _ending(alternative: str) -> str:
    """Return the expression of a whole word, or with a "*" before it of how a word ends."""
    return _expression(alternative[1:] if alternative.startswith("*") else f" {alternative}")


def _alternatives(part: str, words: dict[str, str]) -> list[str]:
    """Return what the part allows, longest first, doubled letters made one as in texts."""
    found: set[str] = set()
    for alternative in part.split("|"):
        if alternative.startswith("<"):
            found.update(_alternatives(words[alternative.strip("<>")], words))
        else:
            found.add(_single(alternative).replace("_", " "))
    return sorted(found, key=lambda alternative: (-len(alternative), alternative))


def _phrase(kind: Kind | None, items: list[_Item], commonness: Counter[str]) -> _Phrase:
    """Return the phrase, its signs those of the part whose words are the rarest among all phrases."""
    needed = [item.words for item in items if item.words]
    signs = min(needed, key=lambda words: sum(commonness[word] for word in words))
    return _Phrase(kind, signs, re.compile("".join(item.expression for item in items)))


def _by_sign(phrases: Iterable[_Phrase]) -> dict[str, tuple[_Phrase, ...]]:
    index: dict[str, tuple[_Phrase, ...]] = {}
    for phrase in phrases:
        for sign in phrase.signs:
            index[sign] = (*index.get(sign, ()), phrase)
    return index


def _long(file: _File, vocabulary: frozenset[str]) -> list[str]:
    """Return the phrases' long words as they are spelt, in the same order at every start."""
    lines = [*file.words.values(), *(line for languages in file.patterns.values() for line in _lines(languages))]
    words = {word for line in lines for word in _LETTERS.findall(line) if len(word) >= _LONG_WORD}
    return sorted(word for word in words if _single(word) in vocabulary)


def _slips(words: Iterable[str], others: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return the words that may have been meant, by what they become with one letter missing or two swapped.

    All have their doubled letters made one, as in texts.
    """
    slips: dict[str, tuple[str, ...]] = {}
    for word in words:
        missing = (word[:at] + word[at + 1 :] for at in range(1, len(word)))
        swapped = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
        for slip in {_single(slip) for slip in (*missing, *swapped)} - others - {_single(word)}:
            slips[slip] = tuple(dict.fromkeys((*slips.get(slip, ()), _single(word))))
    return slips


def _run_together(vocabulary: frozenset[str]) -> re.Pattern[str]:
    words = sorted((word for word in vocabulary if len(word) > 1), key=lambda word: (-len(word), word))
    return re.compile("|".join([*map(re.escape, words), "i"]))
