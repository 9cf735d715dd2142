"""Checks the files that people write, dialogues and codebooks alike, and says what to mend at which line."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from dialogues.finding import Finding
from dialogues.nodes import Fields, Node, UnreadableError, compose, decode, place, plain
from dialogues.reading import read
from nlp.codebook import Codebook, CodebookError, Mistake, codebook_from


@dataclass(frozen=True, slots=True)
class Checked:
    """A finding and the file that it is in."""

    file: str
    finding: Finding

    def as_json(self) -> dict[str, str | int]:
        """Return it as `tuckshop check --json` prints it."""
        return {"file": self.file, **asdict(self.finding)}


def check_file(path: Path) -> list[Checked]:
    """Return what is wrong with the file, whichever kind it is."""
    try:
        source = path.read_bytes()
    except OSError as error:
        message = f"The file cannot be read: {error.strerror}."
        return [Checked(str(path), Finding(1, 1, "no-file", "error", message, "Check its name and its folder."))]
    return [Checked(str(path), finding) for finding in check(source)]


def check(source: bytes) -> tuple[Finding, ...]:
    """Return what is wrong with a dialogue or a codebook."""
    try:
        root, _ = compose(decode(source))
    except UnreadableError:
        return read(source).findings
    is_codebook = isinstance(root, Fields) and root.get("dialogue") is None and root.get("themes") is not None
    return read_codebook(source)[1] if is_codebook else read(source).findings


def read_codebook(source: bytes) -> tuple[Codebook | None, tuple[Finding, ...]]:
    """Return the codebook of a YAML or JSON file, None where an error stands in the way, and what is wrong with it."""
    try:
        root, broken = compose(decode(source))
    except UnreadableError as error:
        return None, (error.finding,)
    if root is None or any(finding.severity == "error" for finding in broken):
        return None, tuple(sorted(broken)) or (
            Finding(1, 1, "empty-file", "error", "The file is empty.", "Add themes."),
        )
    try:
        return codebook_from(plain(root)), tuple(broken)
    except CodebookError as error:
        return None, tuple(sorted(_findings(root, error.mistakes)))


def _findings(root: Node, mistakes: Iterable[Mistake]) -> Iterable[Finding]:
    for mistake in mistakes:
        what, _, fix = mistake.says.partition(". ")
        line, column = place(root, mistake.path)
        yield Finding(line, column, "codebook", "error", f"{what[:1].upper()}{what[1:].rstrip('.')}.", fix)
