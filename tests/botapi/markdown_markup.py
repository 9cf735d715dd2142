"""Text in Telegram's MarkdownV2 and its older Markdown, with Telegram's complaints about what is not escaped."""

import re

from tests.botapi.formatted import Entity, Formatted, utf16_length
from tests.botapi.refusal import Refused, bad_request

ENTITY_OF_MARK = {
    "*": "bold",
    "_": "italic",
    "__": "underline",
    "~": "strikethrough",
    "||": "spoiler",
    "`": "code",
    "```": "pre",
    "[": "text_link",
}
_RESERVED = "_*[]()~`>#+-=|{}.!"
_LINK_END = re.compile(r"\]\(((?:[^)\\]|\\.)*)\)")
_NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
}


def parse_markdown_v2(text: str) -> Formatted:
    """Return what the MarkdownV2 shows. Raises Refused as Telegram does."""
    reader = _Reader(text)
    while reader.at < len(text):
        reader.step()
    return reader.finish()


class _Reader:
    """Goes through the markup once, keeping the marks that are open."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.at = 0
        self._shown: list[str] = []
        self._length = 0
        self._open: list[tuple[str, int, int]] = []
        self._entities: list[Entity] = []

    def step(self) -> None:
        """Read an escaped character, a mark or a plain character."""
        character = self.markup[self.at]
        if character == "\\" and self.at + 1 < len(self.markup) and 0 < ord(self.markup[self.at + 1]) < 127:
            self._show(self.markup[self.at + 1], 2)
        elif character not in _RESERVED or self._is_verbatim(character):
            self._show(character, 1)
        elif character == "]" and self._opened("["):
            self._close_link()
        elif mark := self._mark():
            self._toggle(mark)
        elif character == ">" and self._at_line_start():
            self.at += 1
        else:
            raise self._reserved(character)

    def finish(self) -> Formatted:
        """Return the result, once all marks are closed."""
        if self._open:
            mark, _, at = self._open[-1]
            name = _NAMES[ENTITY_OF_MARK[mark]]
            raise _complaint(f"Can't find end of {name} entity at byte offset {self._byte_offset(at)}")
        return Formatted("".join(self._shown), tuple(sorted(self._entities, key=lambda e: (e.offset, -e.length))))

    def _show(self, text: str, consumed: int) -> None:
        self._shown.append(text)
        self._length += utf16_length(text)
        self.at += consumed

    def _opened(self, mark: str) -> bool:
        return bool(self._open) and self._open[-1][0] == mark

    def _is_verbatim(self, character: str) -> bool:
        return character != "`" and (self._opened("`") or self._opened("```"))

    def _at_line_start(self) -> bool:
        return self.at == 0 or self.markup[self.at - 1] == "\n"

    def _mark(self) -> str:
        """Return the longest mark that starts here; empty where none does."""
        marks = [mark for mark in ENTITY_OF_MARK if self.markup.startswith(mark, self.at)]
        return max(marks, key=len, default="")

    def _toggle(self, mark: str) -> None:
        if self._opened(mark) and mark != "[":
            _, start, _ = self._open.pop()
            self._add(ENTITY_OF_MARK[mark], start)
        elif mark == "`" and self._opened("```"):
            raise self._reserved(mark)
        else:
            self._open.append((mark, self._length, self.at))
        self.at += len(mark)

    def _close_link(self) -> None:
        _, start, _ = self._open.pop()
        link = _LINK_END.match(self.markup, self.at)
        if link is not None:
            self._add("text_link", start, (("url", link[1]),))
        self.at = link.end() if link else self.at + 1

    def _add(self, kind: str, start: int, extra: tuple[tuple[str, str], ...] = ()) -> None:
        if self._length > start:
            self._entities.append(Entity(kind, start, self._length - start, extra))

    def _reserved(self, character: str) -> Refused:
        return _complaint(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")

    def _byte_offset(self, at: int) -> int:
        return len(self.markup[:at].encode())


def parse_markdown(text: str) -> Formatted:
    """Return what the older Markdown shows: bold, italic, code, pre and links, not nested."""
    shown: list[str] = []
    entities: list[Entity] = []
    at = length = 0
    while at < len(text):
        part, entity, at = _legacy_part(text, at)
        if entity:
            entities.append(Entity(entity[0], length, utf16_length(part), entity[1]))
        shown.append(part)
        length += utf16_length(part)
    return Formatted("".join(shown), tuple(entity for entity in entities if entity.length))


_Kind = tuple[str, tuple[tuple[str, str], ...]]


def _legacy_part(text: str, at: int) -> tuple[str, _Kind | None, int]:
    """Return the part that starts at `at`, the entity it is and where it ends."""
    if text[at] == "\\" and text[at + 1 : at + 2] in {"_", "*", "`", "["}:
        return text[at + 1], None, at + 2
    mark = "```" if text.startswith("```", at) else text[at]
    if mark not in {"_", "*", "`", "```", "["}:
        return text[at], None, at + 1
    end = text.find("]" if mark == "[" else mark, at + len(mark))
    if end < 0:
        offset = len(text[:at].encode())
        raise _complaint(f"Can't find end of the entity starting at byte offset {offset}")
    part = text[at + len(mark) : end]
    if mark != "[":
        return part, (ENTITY_OF_MARK[mark], ()), end + len(mark)
    link = _LINK_END.match(text, end)
    return (part, ("text_link", (("url", link[1]),)), link.end()) if link else (part, None, end + 1)


def _complaint(what: str) -> Refused:
    return bad_request(f"can't parse entities: {what}")
