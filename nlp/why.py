"""Why a theme was suggested, in a line, in the reply's language: a keyword, the codebook's words, a reviewed reply."""

from collections.abc import Mapping
from typing import TypeVar

from nlp.anchors import Part, Statement

T = TypeVar("T")

LONGEST_QUOTE_CHARS = 60

_SAYS = {"en": "says '{}'", "es": "dice '{}'", "de": "nennt '{}'"}
_REVIEWED = {
    "en": "like the reviewed reply '{}'",
    "es": "como la respuesta revisada '{}'",
    "de": "wie die geprüfte Antwort '{}'",
}
_CLOSE = {"en": "close to the {} '{}'", "es": "se parece {} '{}'", "de": "ähnlich {} '{}'"}
_PARTS: dict[str, dict[Part, str]] = {
    "en": {"name": "name", "definition": "definition", "include": "note of what it includes", "examples": "example"},
    "es": {"name": "al nombre", "definition": "a la definición", "include": "a qué incluye", "examples": "al ejemplo"},
    "de": {"name": "dem Namen", "definition": "der Definition", "include": "dem Hinweis", "examples": "dem Beispiel"},
}  # fmt: skip


def says(keyword: str, language: str) -> str:
    """Return that a keyword stands in the excerpt."""
    return _in(_SAYS, language).format(keyword)


def like_reviewed(quote: str, language: str) -> str:
    """Return that a reviewed reply of this theme says much the same."""
    return _in(_REVIEWED, language).format(quote)


def close_to(statement: Statement, language: str) -> str:
    """Return which of the codebook's words are nearest."""
    return _in(_CLOSE, language).format(_in(_PARTS, language)[statement.part], quoted(statement.text))


def quoted(text: str) -> str:
    """Return the beginning of a text, on one line."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_QUOTE_CHARS else plain[: LONGEST_QUOTE_CHARS - 1].rstrip() + "…"


def _in(words: Mapping[str, T], language: str) -> T:
    return words.get(language, words["en"])
