"""Each phrase that `screening.yaml` lists is flagged, and so is each simple misspelling of it."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from nlp.screening import screen

FILE = yaml.safe_load((Path(__file__).parents[2] / "nlp" / "screening.yaml").read_text(encoding="utf-8"))
LINES = [
    (kind, language, line)
    for kind, languages in FILE["patterns"].items()
    for language, lines in languages.items()
    for line in lines
]
LONG = 7
LEET = str.maketrans("aeios", "43105")


def dropped(word: str, at: int) -> str:
    return word[:at] + word[at + 1 :]


def doubled(word: str, at: int) -> str:
    return word[:at] + word[at] + word[at:]


def swapped(word: str, at: int) -> str:
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def leeted(word: str, _: int) -> str:
    return word.translate(LEET)


def spaced(word: str, _: int) -> str:
    return " ".join(word)


MISSPELLINGS: dict[Callable[[str, int], str], int] = {dropped: LONG, doubled: 1, swapped: LONG, leeted: 4, spaced: 4}
"""How, and from how many letters of a word on: a shorter word with a letter missing is another word."""


def alternatives(part: str) -> Iterator[str]:
    for alternative in part.split("|"):
        if alternative.startswith("<"):
            yield from alternatives(FILE["words"][alternative.strip("<>")])
        elif alternative != "$":
            yield alternative.replace("_", " ")


def said(line: str, chance: random.Random) -> str:
    """Return the phrase as somebody may type it: what has to be there, and nothing between."""
    parts = [part for phrase in line.split("&") if not phrase.strip().startswith("!") for part in phrase.split()]
    needed = [part for part in parts if part[0] not in "!-.^$" and not part.endswith("?")]
    return " ".join(chance.choice(found) for part in needed if (found := list(alternatives(part))))


@pytest.mark.parametrize("kind", FILE["patterns"])
def test_each_phrase_is_flagged_by_its_kind(kind: str) -> None:
    chance = random.Random(0)
    phrases = [(said(line, chance), language) for own, language, line in LINES if own == kind]
    missed = [text for text, language in phrases if kind not in screen(text, language)]
    assert len(missed) <= len(phrases) / 100, missed


@pytest.mark.parametrize("misspelt", MISSPELLINGS, ids=lambda misspelt: misspelt.__name__)
def test_of_a_hundred_phrases_misspelt_96_are_flagged(misspelt: Callable[[str, int], str]) -> None:
    chance = random.Random(0)
    flagged = [found for _, language, line in LINES for found in tried(line, language, misspelt, chance)]
    assert sum(flagged) >= 0.96 * len(flagged)


def tried(line: str, language: str, misspelt: Callable[[str, int], str], chance: random.Random) -> Iterator[bool]:
    """Yield whether the phrase is still flagged with one of its words misspelt, if one is long enough.

    Letters that stand apart beside a word of one letter are left out: nobody could tell where the word begins.
    """
    words = said(line, chance).split()
    places = [place for place, word in enumerate(words) if len(word) >= MISSPELLINGS[misspelt] and word.isalpha()]
    if misspelt is spaced:
        places = [place for place in places if all(len(word) > 1 for word in words[max(place - 1, 0) : place + 2])]
    if places:
        place = chance.choice(places)
        at = chance.randrange(1, len(words[place])) if len(words[place]) > 1 else 0
        yield bool(screen(" ".join([*words[:place], misspelt(words[place], at), *words[place + 1 :]]), language))
