"""Text with its formatting: entities at offsets counted in UTF-16 code units, as Telegram counts them."""

import json
import unicodedata
from dataclasses import dataclass

from tests.botapi.refusal import bad_request


@dataclass(frozen=True, slots=True)
class Entity:
    """A formatted stretch; `extra` is a URL, a language or the like."""

    type: str
    offset: int
    length: int
    extra: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the Bot API's MessageEntity."""
        return {"type": self.type, "offset": self.offset, "length": self.length, **dict(self.extra)}


@dataclass(frozen=True, slots=True)
class Formatted:
    """Plain text and its entities."""

    text: str
    entities: tuple[Entity, ...] = ()

    def trimmed(self) -> "Formatted":
        """Return it without the white space around, as Telegram stores it."""
        lead = utf16_length(self.text) - utf16_length(self.text.lstrip())
        text = self.text.strip()
        length = utf16_length(text)
        moved = tuple(_moved(entity, lead, length) for entity in self.entities)
        return Formatted(text, tuple(entity for entity in moved if entity.length > 0))


def _moved(entity: Entity, lead: int, length: int) -> Entity:
    start = max(entity.offset - lead, 0)
    end = min(entity.offset - lead + entity.length, length)
    return Entity(entity.type, start, end - start, entity.extra)


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units: an emoji counts two."""
    return len(text) + sum(character > "\uffff" for character in text)


def is_blank(text: str) -> bool:
    """Return whether nothing of it can be seen: white space, control and zero-width characters only."""
    return all(character.isspace() or unicodedata.category(character) in {"Cc", "Cf"} for character in text)


def entities_from_json(value: object, text: str) -> tuple[Entity, ...]:
    """Return the entities given beside a text. Raises Refused where they do not fit it."""
    items = json.loads(value) if isinstance(value, str) else value
    if items is None:
        return ()
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise bad_request("can't parse MessageEntity: expected an Array of MessageEntity")
    entities = tuple(_entity(item) for item in items)
    for entity in entities:
        if entity.offset < 0 or entity.length <= 0 or entity.offset + entity.length > utf16_length(text):
            raise bad_request("ENTITY_BOUNDS_INVALID")
    return entities


def _entity(item: dict[str, object]) -> Entity:
    offset, length = item.get("offset"), item.get("length")
    if not isinstance(offset, int) or not isinstance(length, int) or "type" not in item:
        raise bad_request("can't parse MessageEntity: fields type, offset and length are required")
    extra = tuple((key, str(value)) for key, value in item.items() if key not in {"type", "offset", "length"})
    return Entity(str(item["type"]), offset, length, extra)
