"""Which options a reply names, which it rules out, and what leaves that in doubt. Decides nothing: `options` does."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dialogues.understanding.bands import Band
from dialogues.understanding.labels import Label, labels_of
from dialogues.understanding.parts import NUMBER, Part, Role, parts_of

MOST_STRANGE = 1
"""Words that say something else, of a reply in which a faint name may still be meant: beside more it is chance."""
_TO = frozenset(("-", "to", "through", "till", "until", "a", "hasta"))


@dataclass(slots=True)
class Named:
    """What a reply says about the options. `wanted` holds one tuple of candidates for each thing that it names.

    `firm` when one of its names is more than faint; `strange` counts the words that name nothing.
    """

    wanted: list[tuple[int, ...]] = field(default_factory=list)
    unwanted: list[int] = field(default_factory=list)
    roles: set[Role] = field(default_factory=set)
    doubtful: bool = False
    firm: bool = False
    strange: int = 0

    @property
    def by_chance(self) -> bool:
        """Whether all that it names is faint, in a reply that is about something else."""
        return bool(self.wanted) and not self.firm and self.strange > MOST_STRANGE

    @property
    def candidates(self) -> tuple[int, ...]:
        """The options that it may want, in the order named, without those that it rules out."""
        listed = dict.fromkeys(index for options in self.wanted for index in options)
        return tuple(index for index in listed if index not in self.unwanted)


def named_in(text: str, texts: Sequence[str], bands: Sequence[Band | None], language: str) -> Named:
    """Return what the reply says about options with these labels."""
    labels = labels_of(texts, language)
    parts = parts_of(text, labels, bands, language)
    weighing = _Weighing(labels)
    for part in parts:
        weighing.take(part)
    named = weighing.result()
    named.doubtful |= any(map(_is_range, parts, parts[1:], parts[2:]))
    return named


def _is_range(before: Part, part: Part, behind: Part) -> bool:
    """Return whether "to" stands between two options: "Monday to Friday" may mean what lies between as well."""
    naming = {before.role, behind.role} <= {"name", "hint", "position"}
    return naming and part.role == "filler" and part.word in _TO


def _side_by_side(before: Part | None, part: Part) -> bool:
    """Return whether a number stands right beside a name, and may count it: "2 buses"."""
    if before is None or {before.role, part.role} - {"name", "hint"} or before.options == part.options:
        return False
    return (before.word == NUMBER) != (part.word == NUMBER)


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
        named.strange += part.role == "strange"
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
        self._numbered |= part.word == NUMBER
        named.firm |= not part.faint
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
