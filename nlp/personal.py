"""Finds all personal data of a text: puts the finders together, and looks again until nothing is left to find.

What each finder knows stands in its own module: `contacts`, `numbers`, `addresses`, `schools` by form, in any language;
`names` by phrase and list; `people` by grammar, in English.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from spacy.tokens import Doc

from nlp.addresses import addresses
from nlp.contacts import contacts
from nlp.names import is_word_too, listed, named
from nlp.numbers import DEFAULT_REGION, numbers
from nlp.people import people
from nlp.redaction import Kind, Redaction, merged, outside_marks, redact, unmasked
from nlp.schools import schools

MOST_LOOKS = 16
"""Replies need two or three. Who strings hundreds of addresses together without a space gives away one a look."""
_FEWEST_LETTERS = 3
"""Of a part of a name that is looked for by itself."""


def by_form(text: str, region: str = DEFAULT_REGION) -> list[Redaction]:
    """Return the personal data that its form gives away, in order and without overlaps. Takes microseconds."""
    return settled(text, lambda seen: [*contacts(seen), *numbers(seen, region), *addresses(seen), *schools(seen)])


def unparsed(text: str, language: str, region: str) -> list[Redaction]:
    """Return the personal data that is found without a parsed text: all but some of the names in English."""
    return settled(text, lambda seen: _unparsed(seen, language, region))


def personal_data(doc: Doc, parse: Callable[[str], Doc], region: str) -> list[Redaction]:
    """Return the personal data of a doc, in order and without overlaps. `parse` makes a doc of what is left of it."""

    def find(text: str) -> list[Redaction]:
        return [*_unparsed(text, doc.lang_, region), *people(doc if text == doc.text else parse(text))]

    return settled(doc.text, find)


def _unparsed(text: str, language: str, region: str) -> list[Redaction]:
    form = [*contacts(text), *numbers(text, region), *addresses(text), *schools(text)]
    return [*form, *named(text, language), *listed(text, any_case=language == "en")]


def settled(text: str, find: Callable[[str], Iterable[Redaction]]) -> list[Redaction]:
    """Return all that `find` finds in the text, in what is left without it, and so on until it finds nothing more.

    So redacting a redacted text changes nothing. What was found is taken out wherever it stands again. A text that
    still shows more after `MOST_LOOKS` is taken out whole: each look costs its length.
    """
    found: list[Redaction] = []
    seen = text
    for _ in range(MOST_LOOKS):
        first = merged(outside_marks(seen, find(seen)))
        values = {(own.kind, seen[own.start : own.end]) for own in first}
        values |= {(own.kind, text[own.start : own.end]) for own in found}
        further = merged(outside_marks(seen, [*first, *repeated(seen, values)]))
        if not further:
            return found
        found = merged([*found, *(unmasked(own, found) for own in further)])
        seen = redact(text, found)
    return [Redaction(0, len(text), found[0].kind)]


def repeated(text: str, values: Iterable[tuple[Kind, str]]) -> Iterator[Redaction]:
    """Yield where one of the values, or a word of a name among them, stands as a word of its own.

    In any case, but for names that are words too: after "Will Smith", "Will" goes and "will" stays.
    """
    kinds = {word: kind for kind, value in sorted(values) for word in _sought(kind, value)}
    if kinds:
        forms = (_as_written(word) for word in sorted(kinds, key=lambda word: (-len(word), word)))
        by_fold = {" ".join(word.split()).casefold(): kind for word, kind in kinds.items()}
        for match in re.finditer(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", text):
            yield Redaction(*match.span(), by_fold.get(" ".join(match.group().split()).casefold(), "name"))


def _sought(kind: Kind, value: str) -> set[str]:
    parts = re.findall(rf"[^\W\d_]{{{_FEWEST_LETTERS},}}", value) if kind == "name" else []
    return {value, *(part for part in parts if part[0].isupper() or not is_word_too(part))} - {value[:1]}


def _as_written(word: str) -> str:
    form = r"\s+".join(map(re.escape, word.split()))
    return form if all(map(is_word_too, word.split())) else f"(?i:{form})"
