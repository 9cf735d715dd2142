"""Commands about how long things are kept: the retention clock, and receipts of deletions."""

import json
from typing import Annotated

import typer

from bot.cli.program import Json, app, console, fail, run, settings_or_exit


@app.command()
def retain(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go, and change nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Let go what was kept long enough, as the bot does by itself once a day; the deployment file says how long.

    Example: [bold]tuckshop retain --dry-run[/bold]
    """
    from bot.app import deployment_of, now, opened
    from bot.retaining import redactor, would_go
    from bot.retaining import retain as let_go
    from storage.retention import Counts

    settings = settings_or_exit()

    async def work() -> Counts:
        deployment = deployment_of(settings)
        async with opened(settings.database, settings.key_file, create=False) as database:
            if dry_run:
                return await would_go(database, deployment, now())
            counts = await let_go(database, deployment, redactor(deployment.region), "command line", now())
            await database.purge()
            return counts

    counts = run(work())
    if as_json:
        typer.echo(json.dumps({"dry_run": dry_run, "counts": dict(counts)}, indent=1))
        return
    for kind, count in counts.items():
        console.print(f"{count:6}  {kind}", highlight=False)
    said = "Nothing has changed: this is what would go." if dry_run else "Gone, and wiped from the file."
    console.print(said, style="dim", highlight=False)


@app.command()
def receipt(number: Annotated[str, typer.Argument(help="The number that somebody was given by /delete.")]) -> None:
    """Check the receipt of a deletion: exits with 1 where there is none of that number, or bytes are still in the file.

    Example: [bold]tuckshop receipt 0123-4567-89AB-CDEF[/bold]
    """
    from bot.app import opened
    from storage import deletions
    from storage.deletions import Deletion

    settings = settings_or_exit()

    async def look() -> Deletion | None:
        async with opened(settings.database, settings.key_file, create=False) as database:
            return await database.read(lambda tx: deletions.find(tx, number.strip().upper()))

    found = run(look())
    if found is None:
        fail(f"No receipt has the number {number!r}. It has four groups of four: 0123-4567-89AB-CDEF.")
    if not found.wiped:
        fail(f"Deleted on {found.deleted_on:%d/%m/%Y}. The bot has yet to wipe its bytes from the file: is it running?")
    console.print(f"Deleted on {found.deleted_on:%d/%m/%Y}, and wiped from the file.", highlight=False)
