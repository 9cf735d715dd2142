"""Holds nodes against a pydantic model, and says what does not fit in words for a non-programmer."""

import re
from collections.abc import Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from dialogues.finding import Finding, listed, nearest
from dialogues.nodes import Fields, Items, Node, Path, Scalar, at, place, plain

M = TypeVar("M", bound=BaseModel)

MAX_GIVEN = 60
"""Characters of what an author wrote that a message repeats."""


def validated(model: type[M], node: Node) -> tuple[M | None, list[Finding]]:
    """Return what the node holds as the model, or None, with everything that does not fit."""
    empty = list(_empty(node))
    try:
        return model.model_validate(plain(node), by_alias=True), empty
    except ValidationError as error:
        errors = (details for details in error.errors(include_url=False) if not _is_empty(details, node))
        return None, empty + [_finding(details, model, node) for details in errors]


def _empty(node: Node) -> Iterator[Finding]:
    """Yield the keys and list items that nothing stands behind."""
    inside: list[tuple[str, Scalar, Node]] = []
    if isinstance(node, Items):
        inside = [("-", item, item) for item in node.items if isinstance(item, Scalar)]
    elif isinstance(node, Fields):
        inside = [(f"{key.value}:", key, value) for key, value in node.fields]
    for name, where, value in inside:
        if isinstance(value, Scalar) and not value.value:
            message, fix = f"There is nothing behind '{name}'.", "Write what belongs there, or delete the line."
            yield Finding(where.line, where.column, "empty", "error", message, fix)
    for value in _values(node):
        yield from _empty(value)


def _is_empty(details: ErrorDetails, node: Node) -> bool:
    """Return whether the error is that something is empty, there or inside."""
    there = at(node, _written(node, details["loc"])) if details["type"] != "missing" else None
    if there is None:
        return False
    return (isinstance(there, Scalar) and not there.value) or (details["type"] == "text" and any(_empty(there)))


def _values(node: Node) -> tuple[Node, ...]:
    match node:
        case Items(items):
            return items
        case Fields(fields):
            return tuple(value for _, value in fields)
        case Scalar():
            return ()


def _finding(details: ErrorDetails, model: type[BaseModel], node: Node) -> Finding:
    path = details["loc"]
    written = path if details["type"] == "missing" else _written(node, path)
    name = next((part for part in reversed(written) if isinstance(part, str)), "the file")
    code, message, fix = _words(details, name, model)
    return Finding(*place(node, path), code, "error", message, fix)


def _written(node: Node, path: Path) -> Path:
    """Return as much of the path as the file has; an option that is only a text has no `text:` there."""
    while path and at(node, path) is None:
        path = path[:-1]
    return path


def _words(details: ErrorDetails, name: str, model: type[BaseModel]) -> tuple[str, str, str]:
    """Return code, message and fix for a pydantic error."""
    if details["type"] == "extra_forbidden":
        return _unknown_key(name, model)
    of_languages = name == "languages" and details["type"] == "string_pattern_mismatch"
    code, message, fix = _LANGUAGE if of_languages else _WORDS.get(details["type"], _WORDS["text"])
    given, context = details["input"], details.get("ctx", {})
    values = {
        "name": name,
        "given": f"'{_cut(given)}'" if isinstance(given, str) else "this",
        "example": (_slug(given) if isinstance(given, str) else "") or "bus-fares",
        "length": len(given) if isinstance(given, str) else 0,
        **{key: f"{value:,.10g}" if isinstance(value, float) else value for key, value in context.items()},
    }
    return code, message.format_map(values), fix.format_map(values)


def _unknown_key(name: str, model: type[BaseModel]) -> tuple[str, str, str]:
    known = sorted(_keys(model))
    close = nearest(name, known)
    fix = f"Did you mean '{close}'?" if close else f"Known here: {listed(known)}."
    return "unknown-key", f"'{_cut(name)}' is not known here.", fix


def _keys(model: type[BaseModel]) -> set[str]:
    keys = set()
    for name, field in model.model_fields.items():
        keys.add(field.alias or name)
        for inner in _models_in(field.annotation):
            keys |= _keys(inner)
    return keys


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - an annotation has no narrower type
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _cut(text: str) -> str:
    return text if len(text) <= MAX_GIVEN else text[: MAX_GIVEN - 1] + "…"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:40]


_LANGUAGE = (
    "bad-language",
    "{given} is no language code: those have two small letters.",
    "Write it like: languages: [en, es]",
)
_LIST_FIX = "Write each item on a line of its own, starting with '- '."
_WHOLE = ("not-a-number", "'{name}' takes a whole number, not {given}.", "Write it like: {name}: 3")
_NUMBER = ("not-a-number", "'{name}' takes a number, not {given}.", "Write it like: {name}: 2.5")
_YES_NO = ("not-yes-no", "'{name}' takes yes or no, not {given}.", "Write '{name}: yes', or delete the line.")
_WORDS = {
    "missing": ("missing-key", "'{name}:' is missing.", "Add a line '{name}: ...'."),
    "string_pattern_mismatch": (
        "bad-name",
        "{given} cannot be a name: only lower-case letters, digits and hyphens can, with a letter first.",
        "Write it like: {name}: {example}",
    ),
    "string_type": ("not-a-text", "'{name}' takes one text, and something else stands here.", "Write '{name}: ...'."),
    "string_too_long": (
        "name-too-long",
        "{given} is too long: at most {max_length} characters, has {length}.",
        "Shorten it.",
    ),
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "int_type": _WHOLE,
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "finite_number": _NUMBER,
    "bool_parsing": _YES_NO,
    "bool_type": _YES_NO,
    "greater_than_equal": ("out-of-bounds", "'{name}' has to be at least {ge}, and is {given}.", "Choose another."),
    "less_than_equal": ("out-of-bounds", "'{name}' has to be at most {le}, and is {given}.", "Choose another."),
    "list_type": ("not-a-list", "'{name}' takes a list.", _LIST_FIX),
    "too_short": ("list-length", "'{name}' takes at least {min_length}, and has {actual_length}.", "Add to the list."),
    "too_long": ("list-length", "'{name}' takes at most {max_length}, and has more.", "Shorten the list."),
    "value_error": ("not-fitting", "'{name}': {error}.", "Change it."),
    "model_type": ("not-fields", "'{name}' takes lines of the form 'name: text'.", "Put each on a line of its own."),
    "text": (
        "not-a-text",
        "'{name}' takes a text, and something else stands here.",
        "Write '{name}: your text', or under it one line for each language, such as 'en: your text'.",
    ),
}
"""By pydantic's type of error: code, message and fix. Whatever is not listed takes a text."""
