"""The command that measures: evaluate; and what it shares with tag: reading files that people have coded."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from bot import checking
from bot.cli.program import Json, app, console, encoder_or_exit, errors, fail, show_findings
from dialogues.finding import Finding
from nlp.codebook import Codebook
from nlp.coded import CodedReply

MOST_SHOWN = 20
"""Mistakes that are shown at once: more scroll away."""

Labels = Annotated[Path, typer.Option(help="Coded replies, JSONL: id, text, labels, and coder and language if any.")]


@app.command()
def evaluate(
    codebook: Annotated[Path, typer.Option(help="A codebook, YAML or JSON.")],
    labels: Labels,
    as_json: Json = False,
    language: Annotated[str, typer.Option(help="The replies' language, where they do not say it.")] = "en",
    seed: Annotated[int, typer.Option(min=0, help="Draws the same samples again.")] = 0,
) -> None:
    """Measure how well replies are tagged against people's codings of them, from the codebook alone and learned.

    A label file has lines such as {"id": 1, "text": "More buses", "labels": ["buses"]}; [] means none of the themes.

    Example: [bold]tuckshop evaluate --codebook nlp/codebooks/youth-policy.yaml --labels coded.jsonl[/bold]
    """
    from bot.evaluating import NothingReadError, evaluated, to_json
    from bot.evaluation_table import tables

    book = codebook_or_exit(codebook)
    coded = labels_or_exit(labels, book)
    try:
        with progress() as report:
            found = evaluated(coded, book, language, encoder_or_exit(), seed, report)
    except NothingReadError as error:
        fail(f"{labels}: {error}")
    if as_json:
        typer.echo(to_json(found))
    else:
        console.print(tables(found), highlight=False)


def codebook_or_exit(path: Path) -> Codebook:
    """Return the codebook of a file, or show what is wrong with it and exit with 1, or 2 if it cannot be read."""
    book, findings = checking.read_codebook(_bytes(path))
    if book is None:
        _show(path, findings)
        raise typer.Exit(1)
    return book


def labels_or_exit(path: Path, codebook: Codebook) -> list[CodedReply]:
    """Return the coded replies of a label file, or show what is wrong with it and exit as for a codebook."""
    from bot.labels import read_labels

    coded, findings = read_labels(_bytes(path).decode("utf-8", "replace").split("\n"), codebook)
    _show(path, findings)
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(1)
    return coded


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show on standard error what is being done, where a person looks on."""
    with errors.status("Loads the encoder") as status:
        yield lambda doing: status.update(escape(doing))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        fail(f"{path} cannot be read: {error.strerror}.", 2)


def _show(path: Path, findings: tuple[Finding, ...]) -> None:
    show_findings([checking.Checked(str(path), finding) for finding in findings[:MOST_SHOWN]], errors)
    if len(findings) > MOST_SHOWN:
        errors.print(f"And {len(findings) - MOST_SHOWN} more. Mend these first.", highlight=False)
