"""A YAML file as nodes that remember where they stand.

Every scalar stays the text that was typed: `No` is no False, `16:30` no 990. What YAML would do silently and an author
would not expect (a repeated key, an alias, a text cut at " #") is a finding. Built from parser events without
recursion, so that no file, however deep or clever, costs more than its length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from dialogues.finding import Finding

MAX_BYTES = 256 * 1024
"""A dialogue of 300 steps in four languages has some 200 kB; more is no dialogue."""
MAX_DEPTH = 12
"""A text in a language of an option of a step stands at depth 6."""
MAX_FIELDS = 50
"""A step has a dozen; a text one for each of at most 20 languages."""
MAX_BROKEN = 20
"""So many broken lines are reported at once ..."""
MAX_REREAD = 2_000_000
"""... or as many as can be with this many characters read: one slip more reads the file once more."""
PUT_ASIDE = "…"

_ODD_SPACES = dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ") | {0x200B: "", 0xFEFF: ""}
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml, where PyYAML was built with it: 10 times faster


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text; `line` and `column` count from 1."""

    value: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple["Node", ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping, in the order written."""

    fields: tuple[tuple[Scalar, "Node"], ...]
    line: int
    column: int

    def get(self, key: str) -> "Node | None":
        """Return the node under `key`, or None."""
        return next((node for name, node in self.fields if name.value == key), None)


Node: TypeAlias = Scalar | Items | Fields
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
"""What a node holds, without places."""
Path: TypeAlias = tuple[str | int, ...]


class UnreadableError(Exception):
    """The file is not YAML, or not what we take as YAML; holds the finding that says so."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def decode(source: bytes) -> str:
    """Return the text of a file, its odd spaces made plain. Raises UnreadableError."""
    if len(source) > MAX_BYTES:
        raise _unreadable(
            "file-too-large",
            f"The file has {len(source) // 1024} kB; at most {MAX_BYTES // 1024} kB can be read.",
            "Split it into several dialogues.",
        )
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise _unreadable(
            "not-utf8", "The file is not saved as UTF-8 text.", "Save it again and choose the encoding UTF-8.", line
        ) from error
    return text.translate(_ODD_SPACES)


def compose(text: str) -> tuple[Node | None, list[Finding]]:
    """Return the file as nodes, None where it holds none, and what is wrong or suspicious in it.

    A line that breaks the syntax is reported and then read as if its text were "…", so that one slip does not hide
    the mistakes below it.
    """
    lines = text.splitlines()
    broken: dict[int, Finding] = {}
    at_most = min(MAX_BROKEN, MAX_REREAD // max(len(text), 1))
    while True:
        builder = _Builder(lines)
        try:
            for event in yaml.parse("\n".join(lines) + "\n", Loader=_PARSER):
                builder.take(event)
        except (yaml.YAMLError, UnreadableError) as error:
            finding = error.finding if isinstance(error, UnreadableError) else _syntax_finding(error, lines)
            mended = None if finding.line in broken or len(broken) >= at_most else _mended(lines, finding)
            broken.setdefault(finding.line, finding)
            if mended is None:
                return None, list(broken.values())
            lines = mended
        else:
            return builder.root, [*broken.values(), *builder.findings]


def _mended(lines: list[str], finding: Finding) -> list[str] | None:
    """Return the lines with the text of a broken one put aside, or None where the line has no text of its own."""
    number = finding.line
    if finding.code == "second-document":
        return lines[: number - 1]
    match = re.match(r"(\s*(?:- +)?)([A-Za-z][\w ]*: +|- +)?\S", lines[number - 1]) if number <= len(lines) else None
    if match is None:
        return None
    indent = _indent(lines[: number - 1], match[1]) if "\t" in match[1] else match[1]
    return [*lines[: number - 1], f'{indent}{match[2] or ""}"{PUT_ASIDE}"', *lines[number:]]


def _indent(above: list[str], start: str) -> str:
    """Return what a line that starts with a tab should start with: an item as items above, else as the line above."""
    dash = "- " if "-" in start else ""
    written = (line for line in reversed(above) if line.strip() and not line.lstrip().startswith("#"))
    like = next((line for line in written if line.lstrip().startswith(dash)), "")
    match = re.match(r"\s*" if dash else r"\s*(?:- +)?", like)
    return " " * len(match[0] if match else "") + dash


class _Open:
    """A list or mapping whose end has not been read yet."""

    def __init__(self, event: yaml.CollectionStartEvent) -> None:
        self.is_list = isinstance(event, yaml.SequenceStartEvent)
        self.line, self.column = _start(event)
        self.nodes: list[Node] = []
        self.keys: list[Scalar] = []
        self.names: set[str] = set()

    def node(self) -> Node:
        if self.is_list:
            return Items(tuple(self.nodes), self.line, self.column)
        fields = tuple(zip(self.keys, self.nodes, strict=True))
        return Fields(fields[:MAX_FIELDS], self.line, self.column)


class _Builder:
    """Collects parser events into nodes."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.root: Node | None = None
        self.findings: list[Finding] = []
        self._open: list[_Open] = []

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refused(
                event, "alias", "'&' and '*' at the start of a text have a meaning of their own in this format."
            )
        if getattr(event, "tag", None) not in (None, "!"):
            raise _refused(event, "tag", "'!' at the start of a text has a meaning of its own in this format.")
        match event:
            case yaml.ScalarEvent():
                self._add(self._scalar(event))
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                if len(self._open) >= MAX_DEPTH:
                    raise _refused(event, "too-deep", f"Lists stand inside lists here, more than {MAX_DEPTH} deep.")
                self._open.append(_Open(event))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._add(self._open.pop().node())
            case yaml.DocumentStartEvent() if self.root is not None:
                raise _refused(event, "second-document", "A line '---' starts a second dialogue in the same file.")
            case _:
                pass

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if parent.is_list or len(parent.keys) > len(parent.nodes):
            parent.nodes.append(node)
        elif isinstance(node, Scalar):
            if node.value in parent.names:
                self._repeated(node)
            if len(parent.keys) == MAX_FIELDS:
                self._too_many(node)
            parent.keys.append(node)
            parent.names.add(node.value)
        else:
            message = "A bracket at the start of a text has a meaning of its own in this format."
            fix = 'Put the whole text in "quotes".'
            raise UnreadableError(Finding(node.line, node.column, "bracket", "error", message, fix))

    def _repeated(self, key: Scalar) -> None:
        message = f"'{key.value}' stands twice in the same place; only one of them can count."
        self.findings.append(
            Finding(
                key.line, key.column, "repeated-key", "error", message, "Delete one, or start a new step with '- '."
            )
        )

    def _too_many(self, key: Scalar) -> None:
        message = f"More than {MAX_FIELDS} lines of the form 'name: text' belong together here; the rest is not read."
        fix = "Start each step with '- ', on a line of its own."
        self.findings.append(Finding(key.line, key.column, "too-many-fields", "error", message, fix))

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        scalar = Scalar(event.value.strip(), *_start(event))
        if event.style in (None, "") and scalar.value:
            self.findings.extend(self._suspicious(scalar, event))
        return scalar

    def _suspicious(self, scalar: Scalar, event: yaml.ScalarEvent) -> Iterator[Finding]:
        """Yield what looks unlike what its author meant, in a text without quotes."""
        end = event.end_mark
        rest = self.lines[end.line][end.column :] if end and end.line < len(self.lines) else ""
        if re.match(r"\s+#[^\s#]", rest):
            message = f"Everything from '#' on is left out: this reads '{scalar.value}'."
            fix = 'Put the whole text in "quotes", or write a remark as "# " with a space behind it.'
            yield Finding(scalar.line, scalar.column, "cut-at-hash", "error", message, fix)
        if re.fullmatch(r"[“„«].*[”“»]", scalar.value):
            message = "These curly quotes will be shown to people."
            fix = 'Use straight quotes: "like this".'
            yield Finding(scalar.line, scalar.column, "curly-quotes", "warning", message, fix)


def plain(node: Node) -> Plain:
    """Return what the node holds, as strings, lists and dictionaries."""
    match node:
        case Scalar(value):
            return value
        case Items(items):
            return [plain(item) for item in items]
        case Fields(fields):
            return {key.value: plain(value) for key, value in fields}


def place(node: Node, path: Path) -> tuple[int, int]:
    """Return line and column of what stands at `path` below the node, or of the nearest that encloses it.

    For a key that the path ends in, the place of the key itself.
    """
    line, column = node.line, node.column
    for part in path:
        found = next(_children(node, part), None)
        if found is None:
            break
        (line, column), node = found
    return line, column


def at(node: Node, path: Path) -> Node | None:
    """Return what stands at `path` below the node, or None."""
    here: Node | None = node
    for part in path:
        here = next((child for _, child in _children(here, part)), None) if here is not None else None
    return here


def _children(node: Node, part: str | int) -> Iterator[tuple[tuple[int, int], Node]]:
    if isinstance(node, Fields):
        yield from (((key.line, key.column), value) for key, value in node.fields if key.value == part)
    elif isinstance(node, Items) and isinstance(part, int) and part < len(node.items):
        item = node.items[part]
        yield (item.line, item.column), item


def _unreadable(code: str, message: str, fix: str, line: int = 1) -> UnreadableError:
    return UnreadableError(Finding(line, 1, code, "error", message, fix))


def _refused(event: yaml.Event, code: str, message: str) -> UnreadableError:
    fix = _REFUSED_FIXES[code]
    return UnreadableError(Finding(*_start(event), code, "error", message, fix))


_QUOTE = 'Put the whole text in "quotes".'
_REFUSED_FIXES = {
    "alias": _QUOTE,
    "tag": _QUOTE,
    "too-deep": "Write each step on lines of its own, starting with '- '.",
    "second-document": "Delete that line, or put what follows into a file of its own.",
}


def _start(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _syntax_finding(error: yaml.YAMLError, lines: list[str]) -> Finding:
    if isinstance(error, yaml.reader.ReaderError):
        before = "\n".join(lines)[: error.position if isinstance(error.position, int) else 0]
        message = "There is a character here that cannot be read (a control character)."
        return Finding(
            before.count("\n") + 1, 1, "odd-character", "error", message, "Delete the line and type it again."
        )
    if not isinstance(error, yaml.MarkedYAMLError):
        return Finding(1, 1, "yaml-syntax", "error", "The file cannot be read.", "Compare it with one that works.")
    problem = f"{error.problem or ''} {error.context or ''}"
    unclosed = "unexpected end" in problem or "while parsing a flow" in problem
    mark = error.context_mark if unclosed and error.context_mark else error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    written = lines[line - 1] if line <= len(lines) else ""
    message, fix = next(
        (words for clue, words in _SYNTAX if clue in problem),
        ("This line does not fit the lines around it.", "Compare its spaces and dashes with the step above."),
    )
    if "\t" in written[: len(written) - len(written.lstrip())]:
        message, fix = _TAB
    elif "while parsing a block collection" in problem and not written.lstrip().startswith("-"):
        message, fix = _STEP
    return Finding(min(line, max(len(lines), 1)), column, "yaml-syntax", "error", message, fix)


_TAB = ("This line starts with a tab.", "Use spaces at the start of a line, never the tab key.")
_STEP = ("This line does not fit the lines around it.", "Start it at the same distance as the lines of its step.")
_SYNTAX = (
    (
        "mapping values are not allowed",
        (
            "There is a ': ' inside this text, or the line stands too far to the right.",
            'Put the whole text in "quotes", or line it up with the line above.',
        ),
    ),
    ("cannot start any token", ("A text cannot start with this character.", 'Put the whole text in "quotes".')),
    (
        "while scanning a quoted scalar",
        ("A quote that was opened is never closed.", "Add the missing quote at the end of the text."),
    ),
    (
        "unexpected end of stream",
        ("Something that was opened is never closed.", "Look for a missing quote or bracket."),
    ),
    (
        "while parsing a block mapping",
        (
            "This line does not fit the lines around it.",
            "Line it up with the lines of the same step; text behind a closing quote is not allowed.",
        ),
    ),
    (
        "could not find expected ':'",
        (
            "A ':' is missing here, or this line belongs to the text above.",
            "Write 'name: text', or put the long text in \"quotes\".",
        ),
    ),
    (
        "while parsing a flow",
        (
            "A bracket that was opened is never closed, or a text in it needs quotes.",
            'Close it, or put the text in "quotes".',
        ),
    ),
    (
        "while parsing a block collection",
        ("This list item does not line up with the others.", "Start each '- ' at the same distance from the left."),
    ),
    (
        "scanning an alias",
        ("'*' at the start of a text has a meaning of its own in this format.", 'Put the whole text in "quotes".'),
    ),
)
