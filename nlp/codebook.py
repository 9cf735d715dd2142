"""A codebook: the themes that replies are tagged with, as people describe them.

Checks what a codebook says and names each mistake by its path, so that whoever read the file can point to the line.
Reads no files and knows nothing of vectors.

    CodebookError       every mistake found in one codebook
"""

import hashlib
import json
import operator
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Annotated, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

Text: TypeAlias = str | Mapping[str, str]
"""One text for every language, or one for each language by its two-letter code."""
Texts: TypeAlias = Sequence[str] | Mapping[str, Sequence[str]]
"""The same for several texts."""
Path: TypeAlias = tuple[str | int, ...]
"""Keys and indexes that lead to a place in the codebook, such as `("themes", 3, "parent")`."""


def _as_list(value: object) -> object:
    """Return a lone text as a list of one: `keywords: bus` means what it looks like."""
    if isinstance(value, str):
        return [value]
    return {key: _as_list(own) for key, own in value.items()} if isinstance(value, Mapping) else value


_Texts: TypeAlias = Annotated[tuple[str, ...] | dict[str, tuple[str, ...]], BeforeValidator(_as_list)]
_Text: TypeAlias = str | dict[str, str]


class Theme(BaseModel):
    """A label and its definition.

    Either id or name will do: without an id, the name exactly as written (in its first language) is the id. `catch_all`
    says that it gathers what no other theme takes; `is_catch_all` knows it by the usual names, too.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = ""
    name: _Text = ""
    definition: _Text = ""
    include: _Text = ""
    exclude: _Text = ""
    keywords: _Texts = ()
    examples: _Texts = ()
    parent: str | None = None
    catch_all: bool = Field(default=False, exclude_if=operator.not_)

    @model_validator(mode="before")
    @classmethod
    def _from_few_words(cls, data: object) -> object:
        """Accept a bare name, and let the id and the name stand for each other."""
        if isinstance(data, str):
            data = {"name": data}
        if not isinstance(data, Mapping):
            return data
        name = data.get("name") or str(data.get("id") or "").replace("-", " ")
        return {**data, "name": name, "id": data.get("id") or _first(name)}


class Codebook(BaseModel):
    """A set of themes."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: str = Field(default="codebook", alias="codebook")
    title: _Text = ""
    themes: tuple[Theme, ...]

    @model_validator(mode="before")
    @classmethod
    def _from_themes_alone(cls, data: object) -> object:
        """Accept a bare list of themes, and a bare mapping of names to definitions."""
        if isinstance(data, list):
            return {"themes": data}
        if not isinstance(data, Mapping) or not data or data.keys() & {"themes", "codebook", "title"}:
            return data
        if not all(isinstance(value, str) for value in data.values()):
            return data
        return {"themes": [{"name": name, "definition": text} for name, text in data.items()]}

    @cached_property
    def version(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of the canonical JSON: the same content, the same version."""
        return hashlib.sha256(to_json(self).encode()).hexdigest()[:16]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that its names are written in; empty where they are plain."""
        names = (theme.name for theme in self.themes)
        return tuple(dict.fromkeys(key for name in names if isinstance(name, Mapping) for key in name))

    def theme(self, theme_id: str) -> Theme:
        """Return the theme of that id. Raises KeyError where there is none."""
        for theme in self.themes:
            if theme.id == theme_id:
                return theme
        raise KeyError(theme_id)


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong at a place of a codebook, and what to change."""

    path: Path
    says: str


class CodebookError(ValueError):
    """A codebook cannot be used; `mistakes` holds everything that is wrong with it."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(f"{_place(mistake.path)}: {mistake.says}" for mistake in self.mistakes))


def codebook_from(data: object) -> Codebook:
    """Return the codebook that plain data (from YAML or JSON) describes. Raises CodebookError with every mistake."""
    try:
        codebook = Codebook.model_validate(data)
    except ValidationError as error:
        raise CodebookError(list(_shape_mistakes(error))) from error
    if mistakes := codebook_mistakes(codebook):
        raise CodebookError(mistakes)
    return codebook


def codebook_mistakes(codebook: Codebook) -> list[Mistake]:
    """Return what does not fit together in a codebook of the right shape."""
    checks = (_too_few, _unnamed, _repeated_ids, _lost_parents)
    return [mistake for check in checks for mistake in check(codebook)]


def to_json(codebook: Codebook) -> str:
    """Return the canonical JSON of a codebook: the same content gives the same text."""
    return json.dumps(codebook.model_dump(mode="json", by_alias=True), sort_keys=True, ensure_ascii=False)


def from_json(text: str) -> Codebook:
    """Return the codebook that `to_json` wrote. Raises CodebookError for anything else."""
    return codebook_from(json.loads(text))


def text_in(text: Text, language: str) -> str:
    """Return the text in that language, else in the first one that it has words in; empty where there is none."""
    own = [text] if isinstance(text, str) else [text.get(language, ""), *text.values()]
    return next((words for words in own if words.strip()), "")


def texts_in(texts: Texts, language: str) -> tuple[str, ...]:
    """Return the texts in that language, else in the first one they have."""
    if isinstance(texts, Mapping):
        return tuple(texts.get(language, next(iter(texts.values()), ())))
    return tuple(texts)


def is_catch_all(theme: Theme) -> bool:
    """Return whether a theme says so itself, or has a name that says so, such as "Other" or "None of the above"."""
    names = theme.name.values() if isinstance(theme.name, Mapping) else (theme.name,)
    return theme.catch_all or any(is_catch_all_name(name) for name in (*names, theme.id))


def is_catch_all_name(name: str) -> bool:
    """Return whether a theme of that name gathers what no other takes."""
    return plain_name(name) in _CATCH_ALL_NAMES


def plain_name(name: str) -> str:
    """Return a name's words in lower case, one space between them: what is left however it is typed."""
    return " ".join(re.findall(r"[^\W_]+", name.casefold()))


_CATCH_ALL_NAMES = frozenset(
    name.strip()
    for name in """
    other | others | other theme | other themes | other reason | other reasons | other comments | other issues | misc
    miscellaneous | something else | none | none of the above | none of these | no theme | no themes | not relevant
    not applicable | n a | no reason given | no answer | no response | no comment | off topic | unclear | uncategorised
    uncategorized | unclassified | general | general comments | don t know
    otro | otra | otros | otras | otro tema | otros temas | otra cosa | ninguno | ninguna | ninguno de los anteriores
    ninguna de las anteriores | sin tema | sin respuesta | no sabe | no contesta | fuera de tema
    anderes | andere | andere themen | sonstige | sonstiges | verschiedenes | keine | keines | keine angabe
    keines davon | keine der genannten | kein thema | weiß nicht
    autre | autres | divers | aucun | aucune | aucun de ces thèmes | sans réponse | hors sujet
    """.replace("\n", "|").split("|")
    if name.strip()
)


def _first(text: object) -> str:
    return str(next(iter(text.values()), "")) if isinstance(text, Mapping) else str(text)


def _too_few(codebook: Codebook) -> Iterator[Mistake]:
    if not codebook.themes:
        yield Mistake(("themes",), "a codebook needs at least one theme. Add one with a name and a definition.")


def _unnamed(codebook: Codebook) -> Iterator[Mistake]:
    for index, theme in enumerate(codebook.themes):
        if not theme.id.strip() or not text_in(theme.name, ""):
            yield Mistake(("themes", index), "this theme has no name. Add `name:` with a few words.")


def _repeated_ids(codebook: Codebook) -> Iterator[Mistake]:
    counts = Counter(theme.id for theme in codebook.themes)
    for index, theme in enumerate(codebook.themes):
        if counts[theme.id] > 1 and theme.id.strip():
            says = f"'{theme.id}' stands for {counts[theme.id]} themes. Give each its own id."
            yield Mistake(("themes", index, "id"), says)


def _lost_parents(codebook: Codebook) -> Iterator[Mistake]:
    parents = {theme.id: theme.parent for theme in codebook.themes}
    for index, theme in enumerate(codebook.themes):
        path: Path = ("themes", index, "parent")
        if theme.parent is not None and theme.parent not in parents:
            yield Mistake(path, f"there is no theme '{theme.parent}'. {_did_you_mean(theme.parent, list(parents))}")
        elif _is_own_ancestor(theme.id, parents):
            yield Mistake(path, f"'{theme.id}' is its own ancestor. Take the parent away from one of the circle.")


def _is_own_ancestor(theme_id: str, parents: Mapping[str, str | None]) -> bool:
    seen: set[str] = set()
    above = parents.get(theme_id)
    while above is not None and above not in seen:
        if above == theme_id:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def _shape_mistakes(error: ValidationError) -> Iterator[Mistake]:
    """Yield pydantic's findings in our words, one for each place."""
    seen: set[Path] = set()
    for detail in error.errors(include_url=False, include_input=False):
        path = _without_union(detail["loc"])
        if path not in seen:
            seen.add(path)
            yield Mistake(path, _wording(detail["type"], path))


def _without_union(loc: Path) -> Path:
    """Return the path as the author sees it, without pydantic's names for the alternatives that it tried."""
    return tuple(part for part in loc if isinstance(part, int) or not (part == "str" or "[" in part))


_QUOTE = "Put quotes around numbers, around yes and no, and around texts with commas."


def _wording(kind: str, path: Path) -> str:
    name = str(path[-1]) if path else "codebook"
    if kind == "missing":
        return f"`{name}:` is missing. Add it."
    if kind == "extra_forbidden":
        known = list(Theme.model_fields) if len(path) > 1 else ["codebook", "title", "themes"]
        return f"`{name}` is not known here. {_did_you_mean(name, known)}"
    if kind in ("model_type", "model_attributes_type"):
        return "this should have lines such as `name:` and `definition:`. Write them below each other."
    if len(path) > 2 and path[2] in ("keywords", "examples"):
        return f"`{path[2]}` is a list of texts (or one for each language). {_QUOTE}"
    if name == "catch_all":
        return "`catch_all` is true or false. Write `catch_all: true`, or take the line away."
    if name == "themes":
        return "`themes` is a list. Begin each theme with `- name:`."
    return f"`{name}` is a text (or one for each language). {_QUOTE}"


def _did_you_mean(word: str, known: Sequence[str]) -> str:
    close = get_close_matches(word, known, n=1)
    return f"Did you mean '{close[0]}'?" if close else f"Known are: {', '.join(known)}."


def _place(path: Path) -> str:
    return ", ".join(f"no. {part + 1}" if isinstance(part, int) else part for part in path) or "codebook"
