"""Commands that read replies: tag and screen."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot import checking
from bot.cli.program import app, fail, show_findings
from bot.terminal import standard_input
from nlp.codebook import Codebook


@app.command()
def tag(
    codebook: Annotated[Path, typer.Option(help="A codebook, YAML or JSON.")],
    language: Annotated[str, typer.Option(help="The replies' language.")] = "en",
) -> None:
    """Tag replies by theme: JSONL {"id", "text"} on standard input, {"id", "themes"} on standard output.

    Example: [bold]tuckshop tag --codebook nlp/codebooks/youth-policy.yaml < replies.jsonl > tagged.jsonl[/bold]
    """
    from bot.streaming import tag_lines

    _stream(tag_lines(standard_input(), codebook_or_exit(codebook), language))


@app.command()
def screen(language: Annotated[str, typer.Option(help="The texts' language.")] = "en") -> None:
    """Screen texts: JSONL {"id", "text"} on standard input, {"id", "flags", "redacted"} on standard output.

    Example: [bold]tuckshop screen < texts.jsonl > screened.jsonl[/bold]
    """
    from bot.streaming import screen_lines

    _stream(screen_lines(standard_input(), language))


def codebook_or_exit(path: Path) -> Codebook:
    """Return the codebook of a file, or show what is wrong with it and exit with 1 (2 where it cannot be read)."""
    try:
        codebook, findings = checking.read_codebook(path.read_bytes())
    except OSError as error:
        fail(f"{path} cannot be read: {error.strerror}.", 2)
    if codebook is None:
        show_findings([checking.Checked(str(path), finding) for finding in findings])
        raise typer.Exit(1)
    return codebook


def _stream(lines: Iterator[str]) -> None:
    from bot.streaming import InputLineError

    try:
        for line in lines:
            typer.echo(line)
    except InputLineError as error:
        fail(str(error), 2)
