"""A typed reply in parts: which of them names an option, in full, in part or by its place, and what the others do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from dialogues.understanding.bands import Band, band_reading
from dialogues.understanding.labels import Label, Match, Nearness, hinted_by, named_at, nearness
from dialogues.understanding.lexicon import lexicon
from dialogues.understanding.numerals import numeral_at
from dialogues.understanding.reading import Between, Clear
from dialogues.understanding.vocabulary import Naming, phrases
from dialogues.understanding.words import Token, phrase_at, tokens

Role: TypeAlias = Naming | Literal["name", "hint", "position", "pause", "strange"]
"""`name` and `hint` name an option in full or in part, `position` by its place; `pause` is punctuation."""
NUMBER = "#"
"""The word of a part that is a bare number."""
_PAUSES = frozenset(",.;!")
_ORDINAL_ENDINGS = frozenset(phrases("st nd rd th er ero era o a"))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the reply: what it does, which options it may name, and whether surely so.

    `faint` when it may name them by chance: it comes near to a word of theirs, or counts them without saying so.
    """

    role: Role
    length: int
    options: tuple[int, ...] = ()
    sure: bool = True
    word: str = ""
    faint: bool = False


def parts_of(text: str, labels: Sequence[Label], bands: Sequence[Band | None], language: str) -> list[Part]:
    """Return the parts of a reply to a question with these options, in order."""
    given = _split(tokens(text), any(bands))
    parts: list[Part] = []
    at = 0
    while at < len(given):
        parts.append(_part_at(given, at, labels, bands, language))
        at += parts[-1].length
    return _joined(parts, labels)


def _split(given: Sequence[Token], banded: bool) -> tuple[Token, ...]:
    """Return "1,3" as two numbers, unless numbers mean amounts here."""
    if banded:
        return tuple(given)
    split: list[Token] = []
    for token in given:
        pieces = token.text.split(",") if token.kind == "digits" else []
        split.extend([Token(piece, "digits") for piece in pieces] if len(pieces) > 1 else [token])
    return tuple(split)


def _part_at(
    given: Sequence[Token], at: int, labels: Sequence[Label], bands: Sequence[Band | None], language: str
) -> Part:
    known = lexicon(language)
    token = given[at]
    phrase = phrase_at(given, at, known.naming)
    place = phrase_at(given, at, known.positions)
    named = named_at(given, at, labels, frozenset(known.naming) | known.minor | known.common)
    if named and token.kind == "word" and _outweighs(named, max(phrase[1] if phrase else 0, place[1] if place else 0)):
        return _full_name(named, token, labels)
    if place and (not phrase or place[1] >= phrase[1]):
        return _placed(place, given, at, labels, language)
    if _is_number_sign(given, at):
        return Part("doubt", 1)
    if token.kind in ("mark", "sign"):
        return _marked(given, at, labels, phrase)
    if number := (None if phrase and token.kind == "word" else _numbered(given, at, labels, bands, language)):
        return number
    hint = hinted_by(token.text, labels, known.common) if not phrase else _exact_hint(token.text, labels, phrase[0])
    if hint:
        faint = hint.nearness is Nearness.MAYBE
        return Part("hint", 1, hint.options, not faint, token.text, faint)
    if phrase and phrase[0] == "one":
        return Part("one", 1, _with_number(1, labels, language))
    return Part(phrase[0], phrase[1], word=token.text) if phrase else Part("strange", 1)


def _outweighs(named: Match, phrase_length: int) -> bool:
    """Return whether a label named there counts, and not the phrase of so many words that begins there too."""
    return named.length > phrase_length or (named.length == phrase_length and named.nearness is Nearness.SAME)


def _full_name(named: Match, token: Token, labels: Sequence[Label]) -> Part:
    """Return the options named in full; one misspelt word may also begin another option ("tra")."""
    misspelt = named.length == 1 and named.nearness is not Nearness.SAME
    begun = [label.index for label in labels if misspelt and label.content and label.content[0].startswith(token.text)]
    options = tuple(dict.fromkeys((*named.options, *begun)))
    faint = named.nearness is Nearness.MAYBE
    return Part("name", named.length, options, not faint and len(options) == 1, faint=faint)


def _is_number_sign(given: Sequence[Token], at: int) -> bool:
    """Return whether "no" stands before a number, and so may mean "number" ("no. 2")."""
    behind = given[at + 1 : at + 3]
    digits = [token.kind == "digits" for token in behind if token.text != "."]
    return given[at].text == "no" and bool(digits) and digits[0]


def _exact_hint(word: str, labels: Sequence[Label], role: Naming) -> Match | None:
    """Return what a common word hints at where a label has it too: "own" in "On my own"."""
    same = tuple(label.index for label in labels if word in label.content)
    return Match(same, 1, Nearness.SAME) if same and role == "filler" else None


def _placed(place: tuple[int, int], given: Sequence[Token], at: int, labels: Sequence[Label], language: str) -> Part:
    count, token = len(labels), given[at]
    position, length = place
    behind = given[at + length] if at + length < len(given) else None
    if behind and behind.text != "1" and lexicon(language).naming.get(behind.text) != "one":
        if numeral_at(given, at + length, language):  # "the last two"
            return Part("strange", length + 1)
    elif behind:
        length += 1
    index = position - 1 if position > 0 else count + position if position < 0 else count // 2
    if not 0 <= index < count or (position == 0 and count % 2 == 0):
        return Part("strange", length)
    other = tuple(label.index for label in labels if token.text in label.content and label.index != index)
    return Part("position", length, (index, *other), not other)


def _marked(given: Sequence[Token], at: int, labels: Sequence[Label], phrase: tuple[Naming, int] | None) -> Part:
    token = given[at]
    same = tuple(label.index for label in labels if token.text in label.signs)
    if token.kind == "sign" and same:
        return Part("name", 1, same, len(same) == 1)
    if token.text in _PAUSES:
        return Part("pause", 1)
    before_number = at + 1 < len(given) and given[at + 1].kind == "digits" and given[at + 1].glued
    if token.text in "-+" and before_number and not token.glued:
        return Part("doubt", 1)
    role = phrase[0] if phrase else "filler" if token.kind == "mark" else "strange"
    return Part(role, 1, word=token.text)


def _numbered(
    given: Sequence[Token], at: int, labels: Sequence[Label], bands: Sequence[Band | None], language: str
) -> Part | None:
    """Return the options that a number means: by its place in the list, by its band, or by the number in a label."""
    numeral = numeral_at(given, at, language)
    if not numeral:
        return None
    end = at + numeral.length
    suffix = given[end].text if end < len(given) and given[end].glued and given[end].kind == "word" else ""
    ordinal = suffix in _ORDINAL_ENDINGS or (end < len(given) and given[end].text == "º")
    value = numeral.values[0]
    place = int(value) - 1 if value.is_integer() and 1 <= value <= len(labels) else None
    counts = bool(phrase_at(given, at, lexicon(language).amounts))  # "twice" is no place
    by_place = () if place is None or counts else (place,)
    if (suffix and not ordinal) or len(numeral.values) > 1:
        return Part("strange", numeral.length)
    if ordinal or (at and given[at - 1].text in ("#", "option", "number", "opcion", "numero", "º")):
        return Part("position" if by_place else "strange", numeral.length + ordinal, by_place)
    options = _by_amount(value, bands, language) if any(bands) else _with_number(value, labels, language)
    faint = not options
    options = tuple(dict.fromkeys((*options, *(by_place if not (options and any(bands)) else ()))))
    return Part("name" if options else "strange", numeral.length, options, len(options) == 1, NUMBER, faint)


def _by_amount(value: float, bands: Sequence[Band | None], language: str) -> tuple[int, ...]:
    match band_reading(f"{value:g}", bands, language):
        case Clear(index):
            return (index,)
        case Between(candidates):
            return candidates
        case _:
            return ()


def _with_number(value: float, labels: Sequence[Label], language: str) -> tuple[int, ...]:
    """Return the options whose label has that number among its words: "Route 2"."""
    found = []
    for label in labels:
        whole = label.patterns[0] if label.patterns else ()
        own = tuple(Token(word, "digits" if word[0].isdigit() else "word") for word in whole)
        numerals = [numeral_at(own, at, language) for at in range(len(own))]
        if any(numeral and value in numeral.values for numeral in numerals):
            found.append(label.index)
    return tuple(found)


def _joined(parts: Sequence[Part], labels: Sequence[Label]) -> list[Part]:
    """Return the parts with neighbouring hints made one: "hanging with friends" is what both words hint at."""
    joined: list[Part] = []
    group: list[Part] = []
    for part in parts:
        if part.role == "hint" or (group and part.role == "filler"):
            group.append(part)
        else:
            joined += [*_agreed(group, labels), part]
            group = []
    return joined + _agreed(group, labels)


def _agreed(group: Sequence[Part], labels: Sequence[Label]) -> list[Part]:
    """Return one hint at what all hints of the group have in common; where that is nothing, each by itself."""
    hints = [part for part in group if part.role == "hint"]
    common = tuple(index for index in hints[0].options if all(index in part.options for part in hints)) if hints else ()
    if common:
        return [_hint(hints, common, labels)]
    return [_hint([part], part.options, labels) if part.role == "hint" else part for part in group]


def _hint(hints: Sequence[Part], options: tuple[int, ...], labels: Sequence[Label]) -> Part:
    telling = all(_tells([part.word for part in hints], labels[index]) for index in options)
    faint = all(part.faint for part in hints)
    return Part("hint", 1, options, telling and all(part.sure for part in hints), faint=faint)


def _tells(typed: Sequence[str], label: Label) -> bool:
    """Return whether these words are more than half of the label's, or the one that it begins with."""
    first = label.content[0]
    begins = any(nearness(word, first) is not None or first.startswith(word) for word in typed)
    return begins or 2 * len(typed) > len(label.content)
