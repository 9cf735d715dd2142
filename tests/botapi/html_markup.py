"""Text in Telegram's HTML: the tags it knows, and its complaints about the rest, with their byte offsets."""

import re

from tests.botapi.formatted import Entity, Formatted, utf16_length
from tests.botapi.refusal import Refused, bad_request

ENTITY_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_TAG = re.compile(r"<(/?)([^\s<>/]*)((?:\s+[^\s=>\"']+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)\s*>")
_ATTRIBUTE = re.compile(r"([^\s=>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def parse_html(text: str) -> Formatted:
    """Return what the markup shows. Raises Refused as Telegram does."""
    reader = _Reader(text)
    while reader.at < len(text):
        reader.step()
    return reader.finish()


class _Reader:
    """Goes through the markup once, keeping the tags that are open."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.at = 0
        self._shown: list[str] = []
        self._length = 0
        self._open: list[tuple[str, int, tuple[tuple[str, str], ...]]] = []
        self._entities: list[Entity] = []

    def step(self) -> None:
        """Read a tag, a character reference or a run of plain text."""
        if self.markup[self.at] == "<":
            self._read_tag()
        elif reference := _REFERENCE.match(self.markup, self.at):
            self._show(_character(reference))
            self.at = reference.end()
        else:
            end = min(_found(self.markup, "<", self.at + 1), _found(self.markup, "&", self.at + 1))
            self._show(self.markup[self.at : end])
            self.at = end

    def finish(self) -> Formatted:
        """Return the result, once all tags are closed."""
        if self._open:
            raise _complaint(f'Can\'t find end tag corresponding to start tag "{self._open[-1][0]}"')
        return Formatted("".join(self._shown), tuple(sorted(self._entities, key=lambda e: (e.offset, -e.length))))

    def _show(self, text: str) -> None:
        self._shown.append(text)
        self._length += utf16_length(text)

    def _read_tag(self) -> None:
        tag = _TAG.match(self.markup, self.at)
        if tag is None:
            raise self._unreadable()
        if tag[1]:
            self._close(tag[2].lower())
        else:
            self._start(tag[2].lower(), tag[3])
        self.at = tag.end()

    def _unreadable(self) -> Refused:
        if self.markup.startswith("</", self.at):
            return self._complain("Unclosed end tag")
        name = re.match(r"[^\s>]*", self.markup[self.at + 1 :])
        if name is not None and name[0].lower() not in ENTITY_OF_TAG and self.at + 1 + name.end() < len(self.markup):
            return self._complain(f'Unsupported start tag "{name[0].lower()}"')
        return self._complain("Unclosed start tag")

    def _start(self, name: str, attributes: str) -> None:
        if name not in ENTITY_OF_TAG:
            raise self._complain(f'Unsupported start tag "{name}"')
        values = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(attributes)}
        if name == "span" and values.get("class") != "tg-spoiler":
            raise self._complain('Tag "span" must have class "tg-spoiler"')
        extra = (("url", values.get("href", "")),) if name == "a" else ()
        self._open.append((name, self._length, extra))

    def _close(self, name: str) -> None:
        if not self._open:
            raise self._complain("Unexpected end tag")
        expected, start, extra = self._open.pop()
        if name not in {"", expected}:
            where = self._complain("Unmatched end tag")
            raise bad_request(f'{str(where)[len("Bad Request: ") :]}, expected "</{expected}>", found "</{name}>"')
        if self._length > start and (expected != "a" or extra[0][1]):
            self._entities.append(Entity(ENTITY_OF_TAG[expected], start, self._length - start, extra))

    def _complain(self, what: str) -> Refused:
        return _complaint(f"{what} at byte offset {len(self.markup[: self.at].encode())}")


def _complaint(what: str) -> Refused:
    return bad_request(f"can't parse entities: {what}")


def _character(reference: re.Match[str]) -> str:
    if reference[1]:
        return _NAMED[reference[1]]
    number = int(reference[2]) if reference[2] else int(reference[3], 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else reference[0]


def _found(text: str, what: str, start: int) -> int:
    place = text.find(what, start)
    return len(text) if place < 0 else place
