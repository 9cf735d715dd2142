"""Each phrase that `screening.yaml` lists is flagged, and so is each simple misspelling of it.

Simple is: a letter of a long word is missing, any letter is typed twice, two neighbours in a long word change places, a
digit stands for a letter, or the letters of a word stand apart. What becomes another real word by it is passed over:
one that the phrases use, or one that the file lists as `ordinary`.
"""

import random
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
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
DRAWS = 5
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


def flagged_wording(kind: str, language: str, line: str) -> str | None:
    """Return a wording of the phrase that is flagged: a drawn one may hold what the phrase says it must not."""
    chance = random.Random(line)
    wordings = (said(line, chance) for _ in range(DRAWS))
    return next((text for text in wordings if kind in screen(text, language)), None)


WORDINGS = {line: flagged_wording(kind, language, line) for kind, language, line in LINES}


def single(word: str) -> str:
    return "".join(letter for before, letter in pairwise(f" {word}") if letter != before)


LISTED = str([FILE[part] for part in ("words", "ordinary", "harmless", "patterns")])
REAL_WORDS = {single(word) for word in re.findall("[a-zñ]+", LISTED)} - set(FILE["wrongly_spelt"].split())


def test_each_phrase_is_flagged_by_its_kind() -> None:
    assert [line for line, wording in WORDINGS.items() if wording is None] == []


@pytest.mark.parametrize("misspelt", MISSPELLINGS, ids=lambda misspelt: misspelt.__name__)
def test_each_phrase_is_flagged_with_any_one_word_misspelt(misspelt: Callable[[str, int], str]) -> None:
    texts = {text for wording in WORDINGS.values() if wording for text in slips(wording.split(), misspelt)}
    assert len(texts) > len(LINES)
    assert sorted(text for text in texts if not screen(text, "en")) == []


def slips(words: list[str], misspelt: Callable[[str, int], str]) -> Iterator[str]:
    """Yield the wording with one word misspelt at one place, for each word that is long enough and each place in it.

    Letters that stand apart beside a word of one letter are left out: nobody could tell where the word begins.
    """
    for place, word in enumerate(words):
        beside = words[max(place - 1, 0) : place + 2]
        if (
            len(word) < MISSPELLINGS[misspelt]
            or not word.isalpha()
            or (misspelt is spaced and min(map(len, beside)) == 1)
        ):
            continue
        for wrong in {misspelt(word, at) for at in range(1, len(word))}:
            if wrong == word or single(wrong) not in REAL_WORDS - {single(word)}:
                yield " ".join([*words[:place], wrong, *words[place + 1 :]])
