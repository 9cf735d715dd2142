"""What a language's words do in a reply: the shape of a lexicon. `english` and `spanish` fill it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeVar

R = TypeVar("R", bound=str)

Declining: TypeAlias = Literal["refuse", "unsure", "filler"]
Assenting: TypeAlias = Literal["yes", "no", "surely", "not", "dont", "perhaps", "doubt", "filler"]
"""`surely` is a yes alone and a no before "not"; `dont` is a no at the end; `doubt` makes what it stands by unclear."""
Naming: TypeAlias = Literal[
    "filler", "not", "nor", "contrast", "except", "all except", "all", "any", "both", "none", "other", "or", "link",
    "reason", "perhaps", "doubt", "one",
]  # fmt: skip
"""`link` joins options; `reason` begins why; `one` is no number beside a name ("the night one")."""
Counting: TypeAlias = Literal[
    "filler", "unit", "hour", "half", "half hour", "a half", "doubt", "not", "nil", "minus", "point", "range", "below",
    "above", "or below", "or above", "nearly",
]  # fmt: skip
"""`half` multiplies ("half an hour"), `a half` adds ("and a half"); the last ones bound a band ("under 12")."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words and phrases of one language, folded as `words.fold` does, by what they do in each kind of reply.

    `positions` are ordinals from 1, or from the end below 0, and 0 is the middle; `out_of` stands before the top of
    a scale. `amounts` are words for numbers that are no numerals, `multipliers` stand behind digits, `vague` those
    that only come near; `accented` gives number words the accents that folding took; `numerals` are what a misspelt
    number may have meant, `ciphers` the words for 0 to 9; `thousands` separates groups of digits. `minor` words say
    nothing about an option; `negating` ones turn a label around; `common` ones are no typos of others.
    """

    declining: Mapping[str, Declining]
    assenting: Mapping[str, Assenting]
    naming: Mapping[str, Naming]
    counting: Mapping[str, Counting]
    out_of: Mapping[str, bool]
    positions: Mapping[str, int]
    amounts: Mapping[str, int]
    multipliers: Mapping[str, int]
    vague: Mapping[str, int]
    accented: Mapping[str, str]
    numerals: tuple[str, ...]
    ciphers: tuple[str, ...]
    minor: frozenset[str]
    negating: frozenset[str]
    common: frozenset[str]
    thousands: str


def phrases(line: str) -> tuple[str, ...]:
    """Return the phrases of a line; "of_course" is one of two words."""
    return tuple(phrase.replace("_", " ") if phrase != "_" else phrase for phrase in line.split())


def listed(lines: Mapping[R, str], base: Mapping[str, R] | None = None) -> dict[str, R]:
    """Return what each phrase does, from a line of phrases for each role, on top of a base; later lines win."""
    return {**(base or {}), **{phrase: role for role, line in lines.items() for phrase in phrases(line)}}


def valued(line: str) -> dict[str, int]:
    """Return the value of each phrase, from a line such as "first:1 second_to_last:-2"."""
    pairs = (pair.rpartition(":") for pair in line.split())
    return {phrase.replace("_", " "): int(value) for phrase, _, value in pairs}


NEUTRAL = Lexicon(
    declining=listed({"refuse": "skip n_/_a", "unsure": "idk 🤷"}),
    assenting=listed({"yes": "👍 👌 ✅ ✔ ☑ ✓", "no": "👎 ❌ ✖ ✗ ✘ 🚫", "doubt": "🤷 🤔 ?"}),
    naming=listed(
        {
            "filler": ". ! : ; ( ) \" ' * _ # 👍 ✅ ✔ ☑ ✓ 😂 🤣 😊 🙂 😀 😄 😁 ❤ 🔥 🙏 💯 😍 🥰 👌",
            "link": ", & +",
            "or": "/",
            "doubt": "? 🤔 🤷 👎 ❌ 🚫 🙄 🤮 🤢 😡 😠 🤬 😤 💩 🙃 😒 😑 = < > %",
        }
    ),
    counting=listed({"filler": "! . , ; : ( ) ~ ± £ € $ 👍", "doubt": "? + < > %", "range": "-"}),
    out_of={"/": True},
    positions={},
    amounts={},
    multipliers={},
    vague={},
    accented={},
    numerals=(),
    ciphers=(),
    minor=frozenset(
        phrases("le la les l un une des du au der die das ein eine el il lo gli i o a os as um uma de het een")
    ),
    negating=frozenset(),
    common=frozenset(),
    thousands="",
)
"""Emoji and punctuation, for a language whose words are not listed."""
