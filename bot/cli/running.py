"""Commands that run the bot and tell what it holds: export, status, serve, demo."""

import json
import logging
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.cli.program import Json, app, console, errors, run, settings_or_exit
from bot.deployment import Deployment
from bot.settings import others_can_read_env

PILOT = (
    "This is a test run for {council}: nothing that is said counts. To go live, copy bot/deployment.example.yaml to "
    "deployment.yaml, fill it in, write 'pilot: no', and run: tuckshop check deployment.yaml"
)


@app.command()
def export(
    to: Annotated[Path, typer.Option(help="The file; its ending says the form: .csv, .xlsx or .jsonl.")],
    test_run: Annotated[bool, typer.Option("--test-run", help="What was said in test runs, instead.")] = False,
) -> None:
    """Write the tagged themes to a file: a row a response, without names; nothing of test runs.

    Example: [bold]tuckshop export --to tagged.xlsx[/bold]
    """
    from bot.app import deployment_of, now, opened
    from bot.exporting import export_to
    from storage import audit

    settings = settings_or_exit()

    async def write() -> int:
        smallest = deployment_of(settings).smallest_group
        async with opened(settings.database, settings.key_file, create=False) as database:
            count = await export_to(database, to, smallest, pilot=test_run)
            await database.write(lambda tx: audit.record(tx, "command line", "exported", "file", now()))
            return count

    count = run(write())
    hint = "" if count or test_run else " For what was said in test runs, add --test-run."
    console.print(f"{count} responses written to {to}.{hint}", highlight=False)


@app.command()
def status(as_json: Json = False) -> None:
    """Tell what runs, what waits and what is wrong.

    Example: [bold]tuckshop status --json[/bold]
    """
    from bot.app import now, opened
    from storage.status import Status
    from storage.status import status as status_of

    settings = settings_or_exit()

    async def look() -> Status:
        async with opened(settings.database, settings.key_file, create=False) as database:
            return await database.read(lambda tx: status_of(tx, now()))

    found = asdict(run(look()))
    if as_json:
        typer.echo(json.dumps(found, default=str, indent=1))
        return
    table = Table(show_header=False, box=None)
    for name, value in found.items():
        shown = ", ".join(f"{key} {_shown(one)}" for key, one in value.items()) if isinstance(value, dict) else value
        table.add_row(name.replace("_", " "), _shown(shown))
    console.print(table)


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S} UTC"
    if isinstance(value, float):
        return f"{value:.2f}"
    return "–" if value in (None, "") else str(value)


@app.command()
def serve() -> None:
    """Run the bot, with settings from TUCKSHOP_* variables or a .env file.

    Example: [bold]TUCKSHOP_TELEGRAM_TOKEN=123:abc tuckshop serve[/bold]
    """
    from bot.app import serve as run_bot

    settings = settings_or_exit()
    if others_can_read_env():
        errors.print("Others can read .env, and it may hold the bot's token. Run: chmod 600 .env", style="yellow")
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")

    def ready(name: str, deployment: Deployment, has_lead: bool) -> None:
        if deployment.pilot:
            errors.print(PILOT.format(council=deployment.council), style="yellow", highlight=False)
        if not has_lead:
            errors.print("Nobody is told when a message sounds serious: tuckshop invite lead", style="yellow")
        console.print(f"Listening as @{name}. Stop with Ctrl-C.", highlight=False)

    run(run_bot(settings, ready))


@app.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where the database and the export go.")] = Path("demo-output"),
) -> None:
    """Do the main job on a fresh machine: play a dialogue, see it tagged, review a reply, find the export.

    Example: [bold]tuckshop demo[/bold]
    """
    from bot.demo import play_demo

    run(play_demo(folder, console, interactive=sys.stdin.isatty()))
