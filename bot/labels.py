"""Label files: replies that people have coded, a line of JSON each. Every mistake is found, each with its line."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.streaming import encodable, language_code
from dialogues.finding import Finding, Severity, listed, nearest
from nlp.codebook import Codebook, is_catch_all_name, plain_name
from nlp.coded import CodedReply
from nlp.coder import Reply
from nlp.comparison import MACHINE, PEOPLE

_EXAMPLE = '{"id": 1, "text": "More buses", "labels": ["buses"]}'
_MOST_LISTED = 30


class _MistakeError(Exception):
    """What is wrong with a line, and what to do instead."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


@dataclass(slots=True)
class _Coded:
    """A reply as far as it was read: where it first stood, and who coded it how."""

    line: int
    reply: Reply
    codings: dict[str, frozenset[str]] = field(default_factory=dict)


class _File:
    """What was read so far: replies by id, and what is wrong, the same mistake once with how often it was made."""

    def __init__(self, codebook: Codebook) -> None:
        self.names = _Names(codebook)
        self.coded: dict[str, _Coded] = {}
        self._wrong: dict[tuple[str, str, str], int] = {}
        self._times: Counter[tuple[str, str, str]] = Counter()

    def take(self, number: int, line: str) -> None:
        """Take a line, or note what is wrong with it."""
        try:
            self._add(number, _record(line))
        except _MistakeError as wrong:
            self.note(number, wrong)

    def note(self, number: int, wrong: _MistakeError) -> None:
        """Note a mistake at a line."""
        mistake = wrong.code, wrong.message, wrong.fix
        self._wrong.setdefault(mistake, number)
        self._times[mistake] += 1

    def findings(self) -> tuple[Finding, ...]:
        """Return what is wrong, in the order of the lines."""
        return tuple(
            Finding(line, 1, code, _severity(code), message + _more(self._times[code, message, fix] - 1), fix)
            for (code, message, fix), line in self._wrong.items()
        )

    def _add(self, number: int, record: Mapping[str, object]) -> None:
        reply = _reply(number, record)
        coded = self.coded.setdefault(reply.id, _Coded(number, reply))
        if coded.reply.text != reply.text:
            message = f"The reply {reply.id} has another text in line {coded.line}."
            raise _MistakeError("two-texts", message, "Give each reply an id of its own.")
        coder = _coder(record, coded)
        if coder in coded.codings:
            message = f"{coder} codes the reply {reply.id} a second time."
            raise _MistakeError("coded-twice", message, "Take one of the two lines away, or name the other coder.")
        coded.codings[coder] = self._themes(number, _labels(record))

    def _themes(self, number: int, labels: Sequence[str]) -> frozenset[str]:
        found = set()
        for label in labels:
            try:
                found.add(self.names.theme(label))
            except _MistakeError as wrong:
                self.note(number, wrong)
        return frozenset(found)


class _Names:
    """What a codebook's themes may be called: by id, or by name in any language, in any case."""

    def __init__(self, codebook: Codebook) -> None:
        self._ids = [theme.id for theme in codebook.themes]
        self._named: dict[str, set[str]] = {}
        for theme in codebook.themes:
            names = theme.name.values() if isinstance(theme.name, Mapping) else (theme.name,)
            for name in (theme.id, *names):
                self._named.setdefault(plain_name(name), set()).add(theme.id)

    def theme(self, label: str) -> str:
        """Return the id of the theme that is meant."""
        if label in self._ids:
            return label
        meant = self._named.get(plain_name(label), set())
        if len(meant) == 1:
            return next(iter(meant))
        if is_catch_all_name(label) and not meant:
            message = f"'{label}' is not a theme of the codebook, and is taken as none of them."
            raise _MistakeError("no-such-catch-all", message, "Write [] for none, or add it to the codebook.")
        if meant:
            fix = f"Type the id of the one that is meant: {listed(sorted(meant))}."
            raise _MistakeError("unclear-theme", f"'{label}' names several themes of the codebook.", fix)
        raise _MistakeError("unknown-theme", f"'{label}' is not a theme of the codebook.", self._fix(label))

    def _fix(self, label: str) -> str:
        if is_catch_all_name(label):
            return "A reply that has none of the themes has the labels []."
        close = nearest(plain_name(label), self._named)
        if close is not None:
            return f"Did you mean {listed(sorted(self._named[close]))}? Type that."
        more = ", …" if len(self._ids) > _MOST_LISTED else ""
        known = ", ".join(f"'{theme}'" for theme in self._ids[:_MOST_LISTED])
        return f"Type one of {known}{more}, or add it to the codebook."


def read_labels(lines: Iterable[str], codebook: Codebook) -> tuple[list[CodedReply], tuple[Finding, ...]]:
    """Return the coded replies of a label file in its order, and what is wrong with it: with any error, use none."""
    file = _File(codebook)
    for number, line in enumerate(lines, 1):
        if line.strip("\ufeff \t\r\n"):
            file.take(number, line.lstrip("\ufeff"))
    if not file.coded and not file.findings():
        file.note(1, _MistakeError("empty-file", "The file has no coded reply.", f"Write lines such as {_EXAMPLE}."))
    return [CodedReply(own.reply, own.codings) for own in file.coded.values()], file.findings()


def _record(line: str) -> Mapping[str, object]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        fix = f"Write a reply a line, such as {_EXAMPLE}."
        raise _MistakeError("not-json", "The line is not JSON.", fix) from error
    if not isinstance(record, dict):
        raise _MistakeError("not-json", "The line is not an object.", f"Write a reply a line, such as {_EXAMPLE}.")
    return record


def _reply(number: int, record: Mapping[str, object]) -> Reply:
    text, language = record.get("text"), record.get("language")
    if not isinstance(text, str):
        raise _MistakeError("no-text", 'The line has no "text" in words.', f"Write a line such as {_EXAMPLE}.")
    if not isinstance(language, str | None):
        raise _MistakeError(
            "language", 'The "language" is not a text.', 'Write its code, such as "en", or leave it out.'
        )
    reply_id = json.dumps(record["id"]) if "id" in record else f"line {number}"
    return Reply(reply_id, encodable(text), language_code(language))


def _labels(record: Mapping[str, object]) -> list[str]:
    """Return what the line calls its themes; tags as `tuckshop tag` writes them will do."""
    key = "labels" if "labels" in record else "themes"
    given = record.get(key)
    named = [own.get("theme") if isinstance(own, dict) else own for own in _listed(given)]
    themes = [name for name in named if isinstance(name, str)]
    if given is None or len(themes) < len(named):
        fix = f'Write the themes as a list of names, such as {_EXAMPLE}, or "labels": [] where there is none.'
        raise _MistakeError("no-labels", 'The line has no "labels", or not as a list of names.', fix)
    return themes


def _listed(given: object) -> list[object]:
    return given if isinstance(given, list) else [given]


def _coder(record: Mapping[str, object], coded: _Coded) -> str:
    """Return who coded the line; where it does not say, a coder who has not coded this reply yet."""
    coder = record.get("coder")
    if coder is None or coder == "":
        return f"coder {len(coded.codings) + 1}"
    if coder in (MACHINE, PEOPLE):
        message = f"A coder is called '{coder}', as a row of the table is."
        raise _MistakeError("coder", message, "Call the coder something else.")
    return str(coder)


def _severity(code: str) -> Severity:
    return "warning" if code == "no-such-catch-all" else "error"


def _more(times: int) -> str:
    return f" (And {times} more of the same.)" if times else ""
