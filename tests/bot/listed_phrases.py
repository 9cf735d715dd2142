"""Sentences made from the lines of `nlp/screening.yaml`, and simple misspellings of them."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import yaml

from nlp import screening

FILE = yaml.safe_load(Path(screening.__file__).with_name("screening.yaml").read_text(encoding="utf-8"))
WORDS: dict[str, str] = FILE["words"]
TRIES = 4
"""So many of the words that may stand in a place are tried for one that makes a sentence which is flagged."""


def lines() -> list[str]:
    """Return every line of every kind in every language."""
    return [line for languages in FILE["patterns"].values() for own in languages.values() for line in own]


def sentence(line: str) -> str | None:
    """Return a sentence that the line stands for, None where none of those tried is flagged."""
    return next((made for made in _sentences(line) if screening.screen(made, "en")), None)


def misspelt(text: str) -> Iterator[str]:
    """Yield the sentence in capitals, with a letter doubled, and with its spaces doubled."""
    longest = max((word for word in text.split() if word.isalpha()), key=len, default=text)
    yield text.upper()
    yield text.replace(longest, longest[:-1] + longest[-1] * 2, 1)
    yield re.sub(" ", "  ", text)


def _sentences(line: str) -> Iterator[str]:
    phrases = [phrase.strip() for phrase in line.split("&") if not phrase.strip().startswith("!")]
    parts = [
        part for phrase in phrases for part in phrase.split() if part[0] not in "!-^$" and part not in ("..", "...")
    ]
    needed = [_alternatives(part)[:TRIES] for part in parts if not part.endswith("?")]
    for count, chosen in enumerate(product(*needed)):
        yield " ".join(word for word in chosen if word)
        if count >= TRIES**4:
            return


def _alternatives(part: str) -> list[str]:
    found: list[str] = []
    for alternative in part.split("|"):
        own = (
            _alternatives(WORDS[alternative[1:-1]]) if alternative.startswith("<") else [alternative.replace("_", " ")]
        )
        found += ["" if word == "$" else word for word in own]
    return found
