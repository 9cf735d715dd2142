"""Commands for question sets: check, try, store."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import checking
from bot.cli.program import Json, app, console, fail, run, script_or_exit, settings_or_exit, show_findings
from bot.terminal import typed_lines

if TYPE_CHECKING:
    from nlp.encoder import Encoder


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Dialogues, codebooks or the deployment file.")],
    as_json: Json = False,
) -> None:
    """Check question sets, codebooks, the deployment file: what is wrong, at which line, what to type instead.

    Example: [bold]tuckshop check dialogues/sets/*.yaml[/bold]
    """
    found = [checked for path in files for checked in checking.check_file(path, _encoder)]
    if as_json:
        typer.echo(json.dumps([checked.as_json() for checked in found], ensure_ascii=False, indent=1))
    else:
        show_findings(found)
        wrong = sum(checked.finding.severity == "error" for checked in found)
        console.print(f"{len(files)} checked: {wrong} to fix, {len(found) - wrong} to look at.", highlight=False)
    if any(checked.finding.code == "no-file" for checked in found):
        raise typer.Exit(2)
    raise typer.Exit(1 if any(checked.finding.severity == "error" for checked in found) else 0)


@app.command(name="try")
def try_out(
    file: Annotated[Path, typer.Argument(help="A dialogue.")],
    language: Annotated[str | None, typer.Option(help="One of the dialogue's languages.")] = None,
) -> None:
    """Play a question set in the terminal. Nothing is stored.

    Example: [bold]tuckshop try dialogues/sets/getting-around.yaml --language es[/bold]
    """
    from bot.trying import play

    script, _ = script_or_exit(file)
    if language is not None and language not in script.languages:
        fail(f"{file} has no {language!r}. It has: {', '.join(script.languages)}.", 2)
    play(script, script.language(language or ""), typed_lines(console), console)


@app.command()
def replies() -> None:
    """Print how typed replies to closed questions are understood, as a Markdown table.

    Example: [bold]tuckshop replies > replies.md[/bold]
    """
    from dialogues.understanding.examples import table_rows

    typer.echo("| asked | typed | understood as |\n|---|---|---|")
    for row in table_rows():
        typer.echo("| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |")


@app.command()
def words() -> None:
    """Print every word that the bot can say, in both languages, as a Markdown page.

    Example: [bold]tuckshop words > words.md[/bold]
    """
    from bot.app import deployment_of
    from bot.settings import SettingsError
    from bot.wordings import page

    try:
        typer.echo(page(deployment_of(settings_or_exit())))
    except SettingsError as error:
        fail(str(error), 2)


@app.command()
def push(
    file: Annotated[Path, typer.Argument(help="A dialogue.")],
    live: Annotated[bool, typer.Option("--live", help="Make it live at once.")] = False,
) -> None:
    """Store a new version of a question set, as sending it to the bot does.

    Example: [bold]tuckshop push bus-fares.yaml --live[/bold]
    """
    from bot.app import now, opened
    from storage import scripts

    script, source = script_or_exit(file)
    settings = settings_or_exit()
    if live and not script.asks_first:
        fail(f"{file} asks nobody whether they want to take part. Put a 'consent:' step first to make it live.")

    async def store() -> str:
        async with opened(settings.database, settings.key_file) as database:
            text = source.decode("utf-8-sig")
            name = await database.write(lambda tx: scripts.store(tx, script, text, "command line", now()))
            if live:
                await database.write(lambda tx: scripts.release(tx, name, "command line", now()))
            return name

    name = run(store())
    console.print(
        f"Stored as {name}." + (" It is live now." if live else " Make it live with --live."), highlight=False
    )


def _encoder() -> "Encoder":
    """Return the encoder; loading it takes a second, so only a codebook that is checked asks for it."""
    from nlp.encoder import UseEncoder

    return UseEncoder()
