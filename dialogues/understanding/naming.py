"""Which options a reply names, which it rules out, and what leaves that in doubt. Decides nothing: `options` does."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from dialogues.understanding.bands import Band, band_reading
from dialogues.understanding.labels import Label, Match, Nearness, hinted_by, labels_of, named_at, nearness
from dialogues.understanding.lexicon import lexicon
from dialogues.understanding.numerals import numeral_at
from dialogues.understanding.reading import Between, Clear
from dialogues.understanding.vocabulary import Naming, phrases
from dialogues.understanding.words import Token, phrase_at, tokens

Role: TypeAlias = Naming | Literal["name", "hint", "position", "pause", "strange"]
"""`name` and `hint` name an option in full or in part, `position` by its place; `pause` is punctuation."""
_NUMBER = "#"
"""The word of a part that is a bare number."""
_TO = frozenset(("-", "to", "through", "till", "until", "a", "hasta"))
_PAUSES = frozenset(",.;!")
_ORDINAL_ENDINGS = frozenset(phrases("st nd rd th er ero era o a"))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the reply: what it does, which options it may name, and whether surely so."""

    role: Role
    length: int
    options: tuple[int, ...] = ()
    sure: bool = True
    word: str = ""


@dataclass(slots=True)
class Named:
    """What a reply says about the options. `wanted` holds one tuple of candidates for each thing that it names."""

    wanted: list[tuple[int, ...]] = field(default_factory=list)
    unwanted: list[int] = field(default_factory=list)
    roles: set[Role] = field(default_factory=set)
    doubtful: bool = False

    @property
    def candidates(self) -> tuple[int, ...]:
        """The options that it may want, in the order named, without those that it rules out."""
        listed = dict.fromkeys(index for options in self.wanted for index in options)
        return tuple(index for index in listed if index not in self.unwanted)


def named_in(text: str, texts: Sequence[str], bands: Sequence[Band | None], language: str) -> Named:
    """Return what the reply says about options with these labels."""
    labels = labels_of(texts, language)
    given = _split(tokens(text), any(bands))
    parts = []
    at = 0
    while at < len(given):
        parts.append(_part_at(given, at, labels, bands, language))
        at += parts[-1].length
    named = _weighed(_joined(parts, labels), labels)
    named.doubtful |= any(map(_is_range, parts, parts[1:], parts[2:]))
    return named


def _is_range(before: Part, part: Part, behind: Part) -> bool:
    """Return whether "to" stands between two options: "Monday to Friday" may mean what lies between as well."""
    naming = {before.role, behind.role} <= {"name", "hint", "position"}
    return naming and part.role == "filler" and part.word in _TO


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
    named = named_at(given, at, labels, frozenset(known.naming) | known.minor)
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
    hint = hinted_by(token.text, labels) if not phrase else _exact_hint(token.text, labels, phrase[0])
    if hint:
        return Part("hint", 1, hint.options, hint.nearness is not Nearness.MAYBE, token.text)
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
    return Part("name", named.length, options, named.nearness is not Nearness.MAYBE and len(options) == 1)


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
    options = tuple(dict.fromkeys((*options, *(by_place if not (options and any(bands)) else ()))))
    return Part("name" if options else "strange", numeral.length, options, len(options) == 1, _NUMBER)


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
    for part in (*parts, Part("pause", 0)):
        if part.role == "hint":
            group.append(part)
        elif part.role != "filler":
            joined.extend(_agreed(group, labels))
            group = []
        if part.role != "hint":
            joined.append(part)
    return joined


def _agreed(group: Sequence[Part], labels: Sequence[Label]) -> list[Part]:
    common = tuple(index for index in group[0].options if all(index in part.options for part in group)) if group else ()
    groups = [group] if common else [[part] for part in group]
    made = []
    for own in groups:
        options = common or own[0].options
        sure = all(part.sure for part in own) and all(_tells([part.word for part in own], labels[at]) for at in options)
        made.append(Part("hint", 1, options, sure))
    return made


def _tells(typed: Sequence[str], label: Label) -> bool:
    """Return whether these words are more than half of the label's, or the one that it begins with."""
    first = label.content[0]
    begins = any(nearness(word, first) is not None or first.startswith(word) for word in typed)
    return begins or 2 * len(typed) > len(label.content)


def _weighed(parts: Sequence[Part], labels: Sequence[Label]) -> Named:
    """Return what the parts say together: what a negation reaches, and what remains in doubt."""
    weighing = _Weighing(labels)
    for part in parts:
        weighing.take(part)
    return weighing.result()


def _side_by_side(before: Part | None, part: Part) -> bool:
    """Return whether a number stands right beside a name, and may count it: "2 buses"."""
    if before is None or {before.role, part.role} - {"name", "hint"} or before.options == part.options:
        return False
    return (before.word == _NUMBER) != (part.word == _NUMBER)


class _Weighing:
    """Goes through the parts in order, and knows whether a negation is in force."""

    def __init__(self, labels: Sequence[Label]) -> None:
        self._labels = labels
        self._named = Named()
        self._negations = 0
        self._reached = True
        self._after_negation = False
        self._in_reason = False
        self._contrasted = False
        self._before: Part | None = None
        self._ones: tuple[int, ...] = ()
        self._numbered = False
        self._linked = True

    def take(self, part: Part) -> None:
        """Take the next part into account."""
        named = self._named
        if self._in_reason and part.role in ("strange", "not", "nor", "filler"):
            return
        named.doubtful |= _side_by_side(self._before, part)
        self._before = part
        named.roles.add(part.role)
        match part.role:
            case "name" | "hint" | "position":
                self._take_name(part)
            case "not" | "nor" | "except" | "all except":
                self._negate(part.role)
            case "pause" | "contrast":
                self._end_negation(part.role)
            case "reason":
                self._in_reason = bool(named.wanted)
                named.doubtful |= not named.wanted
            case "doubt" | "strange":
                named.doubtful = True
            case "all" | "any" | "both" | "none" | "other":
                named.doubtful |= self._negations > 0
            case "link" | "or":
                self._linked = True
            case "one":
                self._ones = part.options
            case _:
                pass

    def _negate(self, role: Role) -> None:
        named, reached = self._named, self._reached
        self._contrasted = self._reached = False
        self._linked = True
        if role == "nor":  # "neither bus nor tram" is one negation
            self._reached = not named.wanted
            self._negations = 1
        elif role == "not":
            self._negations = 1 if reached else self._negations + 1
        elif named.roles & {"none", "not", "nor"}:  # "none except the bus" is the bus
            named.doubtful = True
            self._negations = 0
        else:
            named.doubtful |= role == "except" and not named.roles & {"all", "any"}
            self._negations = 1

    def _take_name(self, part: Part) -> None:
        named = self._named
        linked = self._linked or bool(named.roles & {"except", "all except"})  # "no car so bus" rules out the car only
        self._reached, self._linked = True, False
        named.doubtful |= self._contrasted
        self._numbered |= part.word == _NUMBER
        says_not = all(self._labels[index].negative for index in part.options)
        if self._negations != 1 or (says_not and part.role == "name") or not linked:
            named.wanted.append(self._of(part, negative=False))
            negated = self._negations > 0 or self._after_negation
            opposed = says_not and part.role == "hint"  # "safe" is not "Not safe"
            named.doubtful |= not part.sure or negated or opposed or self._in_reason
            return
        opposite = self._of(part, negative=True) if part.role == "hint" else ()
        if opposite and self._labels[opposite[0]].negative:
            named.wanted.append(opposite)
            named.unwanted.extend(index for index in part.options if index not in opposite)
            named.doubtful |= not part.sure
        else:
            named.unwanted.extend(part.options)
            named.doubtful |= not part.sure or len(part.options) > 1

    def _of(self, part: Part, *, negative: bool) -> tuple[int, ...]:
        """Return the options of the part whose labels say not, or do not; all where none does so."""
        if part.role != "hint":
            return part.options
        same = tuple(index for index in part.options if self._labels[index].negative == negative)
        return same or part.options

    def _end_negation(self, role: Role) -> None:
        if role == "contrast" and self._named.roles & {"all", "any"} and not self._named.wanted:
            self._named.roles.add("all except")
            self._negate("all except")
        elif role == "contrast":
            self._named.doubtful |= self._in_reason
            self._contrasted = not self._negations and bool(self._named.wanted)
            self._negations = 0
        elif self._negations and not self._named.roles & {"except", "all except"}:
            self._after_negation = True
            self._negations = 0

    def result(self) -> Named:
        """Return what all of it said."""
        named = self._named
        said = named.roles & {"all", "any", "both", "other", "none", "name", "hint", "position"}
        if "one" in named.roles and self._labels and (not said or self._numbered):
            named.wanted.append(tuple(dict.fromkeys((0, *self._ones))))
            named.doubtful |= self._negations > 0 or self._after_negation
        named.doubtful |= (
            self._contrasted
            or not self._reached
            or bool(set(named.unwanted) & {at for own in named.wanted for at in own})
        )
        named.doubtful |= "other" in named.roles and bool(named.wanted or named.unwanted)
        return named
