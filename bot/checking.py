"""Checks the files that people write: dialogues, codebooks, deployments. Says what to mend at which line."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.deployment_file import read_deployment
from dialogues.finding import Finding
from dialogues.nodes import Fields, Node, UnreadableError, compose, decode, place, plain
from dialogues.reading import read
from nlp.codebook import Codebook, CodebookError, Mistake, codebook_from

if TYPE_CHECKING:
    from nlp.encoder import Encoder


@dataclass(frozen=True, slots=True)
class Checked:
    """A finding and the file that it is in."""

    file: str
    finding: Finding

    def as_json(self) -> dict[str, str | int]:
        """Return it as `tuckshop check --json` prints it."""
        return {"file": self.file, **asdict(self.finding)}


def check_file(path: Path, encoder: Callable[[], "Encoder"] | None = None) -> list[Checked]:
    """Return what is wrong with the file, whichever kind it is; `encoder` as in `check`."""
    try:
        source = path.read_bytes()
    except OSError as error:
        message = f"The file cannot be read: {error.strerror}."
        return [Checked(str(path), Finding(1, 1, "no-file", "error", message, "Check its name and its folder."))]
    return [Checked(str(path), finding) for finding in check(source, encoder)]


def check(source: bytes, encoder: Callable[[], "Encoder"] | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with a dialogue, a codebook or a deployment, by what stands in it.

    With an encoder, themes that are too alike are found, too; it is made only where the file is a good codebook.
    """
    try:
        root, _ = compose(decode(source))
    except UnreadableError:
        return read(source).findings
    if isinstance(root, Fields) and root.get("deployment") is not None:
        return read_deployment(source)[1]
    is_codebook = isinstance(root, Fields) and root.get("dialogue") is None and root.get("themes") is not None
    if root is None or not is_codebook:
        return read(source).findings
    codebook, findings = read_codebook(source)
    return findings if codebook is None or encoder is None else (*findings, *_alike(codebook, root, encoder()))


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


def _alike(codebook: Codebook, root: Node, encoder: "Encoder") -> Iterator[Finding]:
    """Yield a warning at the second of each two themes that are too alike, in any language of the codebook."""
    from nlp.codebook_checks import alike  # its numbers take long to import, and most files are dialogues

    seen: set[tuple[str, ...]] = set()
    ids = [theme.id for theme in codebook.themes]
    for language in codebook.languages or ("en",):
        for doubt in alike(codebook, language, encoder):
            if doubt.themes not in seen:
                line, column = place(root, ("themes", ids.index(doubt.themes[-1])))
                yield Finding(line, column, "themes-alike", "warning", doubt.says, doubt.fix)
            seen.add(doubt.themes)


def _findings(root: Node, mistakes: Iterable[Mistake]) -> Iterable[Finding]:
    for mistake in mistakes:
        what, _, fix = mistake.says.partition(". ")
        line, column = place(root, mistake.path)
        yield Finding(line, column, "codebook", "error", f"{what[:1].upper()}{what[1:].rstrip('.')}.", fix)
