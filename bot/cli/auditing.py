"""The command that shows what members and the machine did, and whether the list is whole."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from bot.cli.program import Json, app, console, fail, run, settings_or_exit
from storage.database import Transaction


@app.command()
def audit(
    as_json: Json = False,
    verify: Annotated[bool, typer.Option("--verify", help="Only say whether the list is whole.")] = False,
    head: Annotated[bool, typer.Option("--head", help="Print the latest hash, to note it elsewhere.")] = False,
    noted: Annotated[str | None, typer.Option(help="A hash that was noted: is it still in the list?")] = None,
) -> None:
    """Show what members and the machine did, and check that nothing was changed, dropped or put in.

    Example: [bold]tuckshop audit --noted 4be1f0c2...[/bold]
    """
    from bot.app import opened
    from storage import audit
    from storage.audit import Entry

    settings = settings_or_exit()

    def look(tx: Transaction) -> tuple[list[Entry], str | None]:
        return list(audit.entries(tx)), _complaint(tx, noted)

    async def work() -> tuple[list[Entry], str | None]:
        async with opened(settings.database, settings.key_file, create=False) as database:
            return await database.read(look)

    entries, complaint = run(work())
    if head:
        typer.echo(entries[-1].hash if entries else audit.BEFORE_THE_FIRST)
    elif as_json:
        typer.echo(json.dumps([asdict(entry) for entry in entries], default=str, indent=1))
    elif not verify:
        for entry in entries:
            typer.echo(f"{entry.seq:6}  {entry.at:%Y-%m-%d %H:%M:%S}  {entry.actor:12}  {entry.deed:12}  {entry.about}")
    if complaint is not None:
        fail(complaint)
    if verify or noted:
        console.print(f"{len(entries)} entries, and each follows from the one before.", highlight=False)


def _complaint(tx: Transaction, noted: str | None) -> str | None:
    """Return what is wrong with the list, None if nothing is."""
    from storage import audit

    broken = audit.first_broken(tx)
    if broken is not None:
        return (
            f"Entry {broken} does not follow from the one before: somebody changed the file. Keep it, and find out who."
        )
    if noted is not None and noted != audit.BEFORE_THE_FIRST and not audit.holds(tx, noted):
        return "That hash is not in the list: entries were dropped or written anew. Keep the file, and find out who."
    return None
