"""Commands that read replies: tag and screen."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.measuring import codebook_or_exit, labels_or_exit, progress
from bot.cli.program import app, encoder_or_exit, errors, fail
from bot.terminal import standard_input
from nlp.codebook import Codebook


@app.command()
def tag(
    codebook: Annotated[Path, typer.Option(help="A codebook, YAML or JSON.")],
    labels: Annotated[
        Path | None, typer.Option(help="Coded replies to learn from first, as for evaluate.", show_default=False)
    ] = None,
    language: Annotated[str, typer.Option(help="The replies' language.")] = "en",
) -> None:
    """Tag replies by theme: JSONL {"id", "text"} on standard input, {"id", "themes"} on standard output.

    Example: [bold]tuckshop tag --codebook nlp/codebooks/youth-policy.yaml < replies.jsonl > tagged.jsonl[/bold]
    """
    from bot.streaming import tag_lines

    book = codebook_or_exit(codebook)
    if labels is None:
        _stream(tag_lines(standard_input(), book, language, encoder_or_exit()))
    else:
        _stream(_tagged_as_taught(labels, book, language))


@app.command()
def screen(language: Annotated[str, typer.Option(help="The texts' language.")] = "en") -> None:
    """Screen texts: JSONL {"id", "text"} on standard input, {"id", "flags", "redacted"} on standard output.

    Example: [bold]tuckshop screen < texts.jsonl > screened.jsonl[/bold]
    """
    from bot.streaming import screen_lines

    _stream(screen_lines(standard_input(), language))


def _tagged_as_taught(labels: Path, book: Codebook, language: str) -> Iterator[str]:
    """Learn from a label file, say on standard error how well it fits, and yield what comes of standard input."""
    from bot.evaluating import NothingReadError, fit_in_words, taught
    from bot.streaming import tag_lines

    coded, encoder = labels_or_exit(labels, book), encoder_or_exit()
    try:
        with progress() as report:
            model, fitted = taught(coded, book, language, encoder, report)
    except NothingReadError as error:
        fail(f"{labels}: {error}")
    errors.print(fit_in_words(fitted), highlight=False, markup=False, soft_wrap=True)
    yield from tag_lines(standard_input(), book, language, encoder, model)


def _stream(lines: Iterator[str]) -> None:
    from bot.streaming import InputLineError

    try:
        for line in lines:
            typer.echo(line)
    except InputLineError as error:
        fail(str(error), 2)
