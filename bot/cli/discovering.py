"""The command that finds what replies say which no theme catches."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.measuring import codebook_or_exit
from bot.cli.program import Json, app, console, encoder_or_exit, fail, run, settings_or_exit
from bot.terminal import standard_input

if TYPE_CHECKING:
    from bot.discovering import Report

_Groups = Annotated[
    int | None, typer.Option(min=1, help="How many groups; without it, as many as the replies suggest, up to 12.")
]


@app.command()
def discover(
    codebook: Annotated[Path | None, typer.Option(help="A codebook; replies that it catches are left out.")] = None,
    groups: _Groups = None,
    language: Annotated[str, typer.Option(help="The replies' language.")] = "en",
    database: Annotated[bool, typer.Option("--database", help="Read the stored replies that have no theme.")] = False,
    to: Annotated[Path | None, typer.Option(help="Write the groups to this file, as a draft of a codebook.")] = None,
    as_json: Json = False,
) -> None:
    """Group the replies that no theme catches: JSONL {"id", "text"} on standard input, or the stored ones.

    Example: [bold]tuckshop discover --codebook nlp/codebooks/youth-policy.yaml --to themes.yaml < replies.jsonl[/bold]
    """
    if database and codebook is not None:
        fail("Stored replies are tagged by the codebook in use. Leave out --codebook or --database.", 2)
    report = _in_database(groups) if database else _in_lines(codebook, groups, language)
    if to is not None:
        _write(report, to)
    _show(report, to, as_json=as_json)


def _in_lines(codebook: Path | None, groups: int | None, language: str) -> "Report":
    from bot.discovering import discover_in_lines
    from bot.streaming import InputLineError
    from nlp.encoder import UseEncoder
    from nlp.screening import Screener

    book = codebook_or_exit(codebook) if codebook is not None else None
    encoder, eyes = encoder_or_exit(), Screener(UseEncoder())  # the second look was fitted with this encoder
    try:
        return discover_in_lines(standard_input(), book, groups, language, encoder, eyes)
    except InputLineError as error:
        fail(str(error), 2)


def _in_database(groups: int | None) -> "Report":
    from bot.app import opened
    from bot.discovering import Stored, discover_in_stored, stored

    settings, encoder = settings_or_exit(), encoder_or_exit()

    async def look() -> Stored:
        async with opened(settings.database, settings.key_file, create=False) as database:
            return await database.read(lambda tx: stored(tx, encoder.name, encoder.dimensions))

    return discover_in_stored(run(look()), groups)


def _write(report: "Report", to: Path) -> None:
    from bot.discovering import draft

    if not report.discovery.groups:
        return
    try:
        to.write_text(draft(report), encoding="utf-8")
    except OSError as error:
        fail(f"{to} cannot be written: {error.strerror}.")


def _show(report: "Report", to: Path | None, *, as_json: bool) -> None:
    from bot.discovering import in_words

    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        return
    console.print(in_words(report), markup=False, highlight=False, soft_wrap=True)
    if report.discovery.groups:
        last = "Add --to themes.yaml to get them as a draft of a codebook." if to is None else f"Draft written to {to}."
        console.print(f"\n{last}", markup=False, highlight=False, soft_wrap=True)
