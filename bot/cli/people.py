"""Commands for members: invite, list, remove."""

import json
import secrets
from dataclasses import asdict
from typing import Annotated

import typer

from bot.cli.program import Json, app, console, fail, run, settings_or_exit


@app.command()
def invite(
    role: Annotated[str, typer.Argument(help="ambassador, staff or lead")],
) -> None:
    """Print a one-time link that makes its opener an ambassador, staff or the lead.

    Example: [bold]tuckshop invite ambassador[/bold]
    """
    from bot.app import bot_name, now, opened
    from bot.invitations import VALID_FOR, invite
    from bot.roles import ALLOWED

    settings = settings_or_exit()
    chosen = next((known for known in ALLOWED if known == role), None)
    if chosen is None:
        fail(f"There is no role {role!r}. Say one of: {', '.join(ALLOWED)}.", 2)

    async def make() -> tuple[str, str | None]:
        async with opened(settings.database, settings.key_file) as database:
            token = secrets.token_urlsafe(24)
            start = await database.write(lambda tx: invite(tx, chosen, token, now()))
            return start, await bot_name(settings)

    start, name = run(make())
    if name is None:
        console.print(
            "There is no bot to open it in yet (TUCKSHOP_TELEGRAM_TOKEN is not set, or it cannot be reached)."
        )
        console.print("Its opener sends this to the bot:", highlight=False)
        typer.echo(f"/start {start}")
    else:
        typer.echo(f"{settings.telegram_link}/{name}?start={start}")
    console.print(f"Good for {VALID_FOR.days} days, for one person.", style="dim", highlight=False)


@app.command(name="members")
def list_members(as_json: Json = False) -> None:
    """List the members by pseudonym: which role, and since when.

    Example: [bold]tuckshop members[/bold]
    """
    from bot.app import opened
    from storage import members

    settings = settings_or_exit()

    async def look() -> tuple[members.Member, ...]:
        async with opened(settings.database, settings.key_file, create=False) as database:
            return await database.read(members.roll)

    found = run(look())
    if as_json:
        typer.echo(json.dumps([asdict(member) for member in found], default=str, indent=1))
    else:
        for member in found:
            line = f"{member.id}  {member.name:10}  {member.role:10}  since {member.since:%Y-%m-%d}"
            console.print(line, highlight=False)
        console.print(f"{len(found)} members. tuckshop remove and an id takes a role away.", style="dim")


@app.command()
def remove(member: Annotated[str, typer.Argument(help="A member's id, as tuckshop members shows it.")]) -> None:
    """Take a member's role away. They stay a respondent; what they decided stands.

    Example: [bold]tuckshop remove 0123456789abcdef[/bold]
    """
    from bot.app import now, opened
    from storage import members
    from storage.database import Transaction

    settings = settings_or_exit()

    def take(tx: Transaction) -> str | None:
        found = [one for one in members.roll(tx) if one.id == member]
        for one in found:
            members.remove(tx, one.id, now())
        return found[0].role if found else None

    async def work() -> str | None:
        async with opened(settings.database, settings.key_file, create=False) as database:
            return await database.write(take)

    role = run(work())
    if role is None:
        fail(f"There is no member {member!r}. tuckshop members lists them.", 2)
    console.print(f"{member} is no longer {role}.", highlight=False)
