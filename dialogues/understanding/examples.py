"""Typed replies and what they are taken for: the showcase, the documentation's table, and a test.

A row says what its reply must mean; the table shows what it does mean, and the test that both agree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, TypeVar, assert_never

from dialogues.understanding.assent import understand_yes_no
from dialogues.understanding.options import understand_option, understand_options
from dialogues.understanding.quantity import understand_number
from dialogues.understanding.reading import Between, Clear, DontKnow, Reading, Refusal, Unclear
from dialogues.understanding.scale import understand_scale

Kind: TypeAlias = Literal["choice", "choices", "number", "scale", "consent"]
T = TypeVar("T", int, float, bool, tuple[int, ...])


@dataclass(frozen=True, slots=True)
class Asked:
    """A closed question: its options' labels (of a scale, the two ends; of a consent, yes and no)."""

    kind: Kind
    language: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A reply to a question, what it must mean in the notation of `meaning`, and why."""

    asked: Asked
    typed: str
    means: str
    why: str


_TRAVEL: Final = Asked("choice", "en", ("Bus", "Tram", "Train", "Bike", "Walking"))
_VIAJE: Final = Asked("choice", "es", ("El bus", "El tranvía", "La bici", "A pie"))
_AGE: Final = Asked("choice", "en", ("Under 12", "12 to 14", "15-17", "18+"))
_TIME: Final = Asked("choice", "en", ("Under 10 minutes", "10 to 30 minutes", "Over 30 minutes"))
_SAFE: Final = Asked("choice", "en", ("Very safe", "Quite safe", "Not very safe", "Not safe at all"))
_NIGHT: Final = Asked("choice", "en", ("Bus", "Night bus", "None of these", "Don't know"))
_USED: Final = Asked("choices", "en", ("Bus", "Tram", "Train", "Bike", "Walking"))
_WRONG: Final = Asked("choices", "en", ("Too slow", "Bad paths or bike lanes", "Feels unsafe"))
_USADOS: Final = Asked("choices", "es", ("El bus", "El tranvía", "La bici", "A pie"))
_IDEA: Final = Asked(
    "choice", "en", ("Getting around", "School and study", "Money, work or housing", "Nature and climate")
)
_COUNT: Final = Asked("number", "en")
_CUANTOS: Final = Asked("number", "es")
_STARS: Final = Asked("scale", "en", ("1", "5"))
_JOIN: Final = Asked("consent", "en", ("Yes", "No"))
_UNIRSE: Final = Asked("consent", "es", ("Sí", "No"))

_REPLIES: Final[tuple[tuple[Asked, str], ...]] = (
    (
        _TRAVEL,
        """
        BUS!!! | Bus | case and punctuation do not count
        2 | Tram | its place in the list
        #2 | Tram | the same
        the second | Tram | the same in words
        da second 1 | Tram | "1" is "one" here
        the last one | Walking | counted from the end
        second to last | Bike | the same
        buss | Bus | a letter drawn out
        trian | Train | two letters swapped
        tran | ask: Tram / Train | a typo of either
        b | ask: Bus / Bike | begins both, and is the second letter
        walk | Walking | begins one option only
        prob bus tbh | Bus | a hedge does not make it less clear
        the train i guess | Train | the same
        🤷 | does not know | a shrug
        idk | does not know | said in full
        skip | would rather not say | said in full
        bus or train | ask: Bus / Train | one choice, two named
        bus because its cheap | Bus | the reason is not the choice
        bus bc the tram is slow | ask: Bus / Tram | the reason names another option
        my mum takes the bus | ask: Bus | named, but about someone else
        bus? | ask: Bus | a question
        not the bus | ask: Tram / Train / Bike / Walking | ruled out
        anything but the bus | ask: Tram / Train / Bike / Walking | the same
        tram, not the bus | Tram | one named, the other ruled out
        not bus, tram | ask: Tram | or was neither meant?
        not the bus but the tram | Tram | "but" ends the negation
        nothing but the bus | ask: Bus | no negation of the bus, but near one
        neither bus nor tram | ask: Train / Bike / Walking | both ruled out
        no, bus | ask: Bus | a correction, or a refusal of the bus
        2 (tram) | Tram | place and name agree
        2 buses | ask: Tram / Bus | a place, or an amount
        no. 2 | ask: Tram | "number", or "not"
        7 | not understood | there is no seventh
        horse | not understood | not near anything
        """,
    ),
    (
        _VIAJE,
        """
        EL TRANVIA | El tranvía | accents do not count
        la segunda | El tranvía | its place in words
        en bici | La bici | the article does not count
        no uso el bus | ask: El tranvía / La bici / A pie | ruled out
        la bici en vez del bus | La bici | the other is ruled out
        creo que el bus | El bus | a hedge
        ni idea | does not know | said in full
        prefiero no decirlo | would rather not say | said in full
        bus o bici | ask: El bus / La bici | two named
        """,
    ),
    (
        _AGE,
        """
        16 | 15-17 | the band in which it lies
        im sixteen lol | 15-17 | in words
        16 or 17 | 15-17 | both lie in it
        14 or 15 | ask: 12 to 14 / 15-17 | they do not
        17½ | ask: 15-17 / 18+ | between two bands
        nearly 18 | ask: 15-17 / 18+ | not yet
        2 | ask: Under 12 / 12 to 14 | an age, or a place in the list
        #2 | 12 to 14 | surely a place
        16 next week | ask: 15-17 | not yet
        not 16 | ask: Under 12 / 12 to 14 / 18+ | ruled out
        """,
    ),
    (
        _TIME,
        """
        20 mins | 10 to 30 minutes | the band in which it lies
        an hour | Over 30 minutes | hours are turned into minutes
        10-20 | 10 to 30 minutes | a range inside one band
        30 | 10 to 30 minutes | the last number of a band belongs to it
        """,
    ),
    (
        _SAFE,
        """
        safe | ask: Very safe / Quite safe | never one that says not
        not safe | ask: Not very safe / Not safe at all | only those that say not
        not very safe | Not very safe | the whole label, not a negation of another
        unsafe | not understood | no label has the word
        """,
    ),
    (
        _NIGHT,
        """
        the bus | Bus | the whole label, though another contains it
        nigth bus | Night bus | the longer label wins
        night | Night bus | one option begins so
        none | None of these | an option says it
        idk | Don't know | an option says it
        """,
    ),
    (
        _USED,
        """
        1, 3 and 4 | Bus + Train + Bike | places
        1 3 | Bus + Train | the same
        bus, trian | Bus + Train | names, one misspelt
        all of them | Bus + Tram + Train + Bike + Walking | all
        all but the first | Tram + Train + Bike + Walking | an exception
        everything except tram | Bus + Train + Bike + Walking | the same
        bus and tram but not train | Bus + Tram | one ruled out
        1-3 | ask: Bus + Tram + Train / Bus + Train | a range, or two
        13 | ask: Bus + Train | no thirteenth
        bus and skateboard | ask: Bus | nothing is dropped without asking
        bus or tram | ask: Bus + Tram / Bus / Tram | both, or one
        none except bus | ask: Bus | two negations
        none | not understood | no option says so
        """,
    ),
    (
        _WRONG,
        """
        its always late | not understood | no typo of "lanes"
        unsave | ask: Feels unsafe | a typo, perhaps
        """,
    ),
    (
        _IDEA,
        """
        my street Gold St | not understood | "St" begins "study", but by chance
        nothing to do and the bus stops at 4 | not understood | a number, but no place in the list
        studi | ask: School and study | a typo
        """,
    ),
    (
        _USADOS,
        """
        todas menos la primera | El tranvía + La bici + A pie | an exception
        bus, bici | El bus + La bici | names
        ninguno | not understood | no option says so
        """,
    ),
    (
        _COUNT,
        """
        sixteen | 16 | in words
        16½ | 16.5 | a fraction
        two and a half | 2.5 | in words
        1/2 | ask: 0.5 / 1 / 2 | a half, or "1 or 2"
        10 000 | 10000 | a space between thousands
        1.234,5 | 1234.5 | can mean one thing only
        1.500 | ask: 1.5 / 1500 | an English point, or a foreign thousand
        16 or 17 | ask: 16 / 17 | two numbers
        15-17 | ask: 15 / 17 | a range
        about 20 | 20 | a hedge
        16ish | 16 | the same
        nearly 17 | ask: 17 / 16 | not yet
        over 18 | ask: 18 | a bound
        30 min | 30 | minutes
        an hour | ask: 60 / 1 | the question's unit is not known here
        a dozen | 12 | in words
        a couple | ask: 2 | not quite a number
        none | ask: 0 | none, or not wanting to say
        not 16 | not understood | anything else
        when i was 12 | ask: 12 | not now
        l6 | not understood | no digit
        no idea | does not know | said in full
        """,
    ),
    (
        _CUANTOS,
        """
        dieciséis | 16 | in words
        1.234 | 1234 | the Spanish way
        16,5 | 16.5 | the Spanish way
        1,500 | ask: 1.5 / 1500 | the English way, perhaps
        mil doscientos | 1200 | in words
        unos 20 | 20 | "unos" is no 1 here
        media hora | ask: 30 / 0.5 | the unit is not known
        """,
    ),
    (
        _STARS,
        """
        4/5 | 4 | out of five
        4 out of 5 | 4 | the same
        3/4 | ask: 3 / 4 | not out of four
        3.5 | ask: 3 / 4 | between two points
        between 2 and 4 | ask: 2 / 3 / 4 | all of the range
        10 | not understood | off the scale
        """,
    ),
    (
        _JOIN,
        """
        yess | Yes | a letter drawn out
        👍 | Yes | a thumb
        yeah nah | ask: No / Yes | both
        not yes | ask: No / Yes | never a yes
        no problem | ask: Yes / No | a yes to some, a no to others
        why not | ask: Yes / No | the same
        i'm good | ask: Yes / No | often a no
        I do not agree | No | said in full
        definitely not | No | said in full
        yes if its anonymous | ask: Yes / No | a condition
        not sure | does not know | said in full
        """,
    ),
    (
        _UNIRSE,
        """
        si | Sí | accents do not count
        claro que no | No | said in full
        sí pero no | ask: No / Sí | both
        """,
    ),
)


def _examples() -> Iterator[Example]:
    for asked, replies in _REPLIES:
        for line in replies.strip().splitlines():
            typed, means, why = (cell.strip() for cell in line.split("|"))
            yield Example(asked, typed, means, why)


EXAMPLES: Final = tuple(_examples())


def meaning(asked: Asked, typed: str) -> str:
    """Return what the reply is taken for: a label, "ask: ..." with the candidates, or that it declines."""
    labels, language = asked.labels, asked.language
    match asked.kind:
        case "choice":
            return _said(understand_option(typed, labels, language), labels)
        case "choices":
            return _said(understand_options(typed, labels, language), labels)
        case "number":
            return _said(understand_number(typed, language), ())
        case "scale":
            return _said(understand_scale(typed, int(labels[0]), int(labels[1]), language), ())
        case "consent":
            return _said(understand_yes_no(typed, language), labels)
        case _:
            assert_never(asked.kind)


def _said(reading: Reading[T], labels: Sequence[str]) -> str:
    match reading:
        case Clear(value):
            return _shown(value, labels)
        case Between(candidates):
            return "ask: " + " / ".join(_shown(value, labels) for value in candidates)
        case Unclear():
            return "not understood"
        case Refusal():
            return "would rather not say"
        case DontKnow():
            return "does not know"
        case _:
            assert_never(reading)


def _shown(value: bool | float | tuple[int, ...], labels: Sequence[str]) -> str:
    if isinstance(value, tuple):
        return " + ".join(labels[index] for index in value)
    if isinstance(value, bool):
        return labels[0] if value else labels[1]
    return labels[int(value)] if labels else f"{value:.15g}"


def table_rows() -> Iterator[tuple[str, str, str]]:
    """Yield each example as the documentation shows it: what was asked, what was typed, what it is taken for."""
    for example in EXAMPLES:
        asked = example.asked
        options = " to ".join(asked.labels) if asked.kind == "scale" else " / ".join(asked.labels)
        yield f"{asked.kind} ({asked.language}) {options}".strip(), example.typed, meaning(asked, example.typed)
