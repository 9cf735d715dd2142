"""The command line, `tuckshop`: each command reads its arguments, calls the program and shows what came of it.

Exits with 0 on success, 1 on findings or when something went wrong, 2 on misuse.
"""

import asyncio
import json
import logging
import secrets
import sys
from collections.abc import Coroutine, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot import checking
from bot.settings import Settings, SettingsError, load_settings
from bot.terminal import standard_input, typed_lines
from dialogues.finding import Finding
from dialogues.reading import read
from dialogues.script import Script
from nlp.codebook import Codebook

T = TypeVar("T")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Tuckshop: a council consults young people in a chat, and young people shape what is asked.",
)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
console = Console()
errors = Console(stderr=True)


def main() -> None:
    """Run the command line."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)


def fail(message: str, status: int = 1) -> NoReturn:
    """Say what went wrong, and exit."""
    errors.print(message, style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(status)


def settings_or_exit() -> Settings:
    """Return the settings, or say which is wrong and exit with 2."""
    try:
        return load_settings()
    except SettingsError as error:
        fail(str(error), 2)


def run(work: Coroutine[object, None, T]) -> T:
    """Run async work; what storage or Telegram cannot do is said in words."""
    from bot.telegram.errors import TelegramError
    from storage.errors import StorageError

    try:
        return asyncio.run(work)
    except* (StorageError, TelegramError, SettingsError) as group:
        error: BaseException = group
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        fail(f"{error}", 2 if isinstance(error, SettingsError) else 1)


def _script_or_exit(path: Path) -> tuple[Script, bytes]:
    """Return the script of a file, or show what is wrong with it and exit with 1."""
    findings = checking.check_file(path)
    if any(checked.finding.code == "no-file" for checked in findings):
        fail(f"{path}: {findings[0].finding.message}", 2)
    source = path.read_bytes()
    report = read(source)
    if report.script is None:
        _show_findings([checking.Checked(str(path), finding) for finding in report.findings])
        raise typer.Exit(1)
    return report.script, source


def _show_findings(found: list[checking.Checked]) -> None:
    for checked in found:
        finding = checked.finding
        colour = "red" if finding.severity == "error" else "yellow"
        where = escape(f"{checked.file}:{finding.line}")
        console.print(f"[bold]{where}[/bold] [{colour}]{finding.severity}[/{colour}] {finding.code}", soft_wrap=True)
        console.print(f"  {finding.message}\n  → {finding.fix}\n", markup=False, highlight=False, soft_wrap=True)


@app.command()
def check(files: Annotated[list[Path], typer.Argument(help="Dialogues or codebooks.")], as_json: Json = False) -> None:
    """Check question sets and codebooks: what is wrong, at which line, and what to type instead.

    Example: [bold]tuckshop check dialogues/sets/*.yaml[/bold]
    """
    found = [checked for path in files for checked in checking.check_file(path)]
    if as_json:
        typer.echo(json.dumps([checked.as_json() for checked in found], ensure_ascii=False, indent=1))
    else:
        _show_findings(found)
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

    script, _ = _script_or_exit(file)
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
def push(
    file: Annotated[Path, typer.Argument(help="A dialogue.")],
    live: Annotated[bool, typer.Option("--live", help="Make it live at once.")] = False,
) -> None:
    """Store a new version of a question set, as sending it to the bot does.

    Example: [bold]tuckshop push bus-fares.yaml --live[/bold]
    """
    from bot.app import now, opened
    from storage import scripts

    script, source = _script_or_exit(file)
    settings = settings_or_exit()
    if live and not script.asks_first:
        fail(f"{file} asks nobody whether they want to take part. Put a 'consent:' step first to make it live.")

    async def store() -> str:
        async with opened(settings.database) as database:
            text = source.decode("utf-8-sig")
            name = await database.write(lambda tx: scripts.store(tx, script, text, None, now()))
            if live:
                await database.write(lambda tx: scripts.release(tx, name, None, now()))
            return name

    name = run(store())
    console.print(
        f"Stored as {name}." + (" It is live now." if live else " Make it live with --live."), highlight=False
    )


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
        async with opened(settings.database) as database:
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
        async with opened(settings.database, create=False) as database:
            return await database.read(members.roll)

    found = run(look())
    if as_json:
        typer.echo(json.dumps([asdict(member) for member in found], default=str, indent=1))
    else:
        for member in found:
            console.print(f"{member.id}  {member.role:10}  since {member.since:%Y-%m-%d}", highlight=False)
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
        async with opened(settings.database, create=False) as database:
            return await database.write(take)

    role = run(work())
    if role is None:
        fail(f"There is no member {member!r}. tuckshop members lists them.", 2)
    console.print(f"{member} is no longer {role}.", highlight=False)


@app.command()
def tag(
    codebook: Annotated[Path, typer.Option(help="A codebook, YAML or JSON.")],
    language: Annotated[str, typer.Option(help="The replies' language.")] = "en",
) -> None:
    """Tag replies by theme: JSONL {"id", "text"} on standard input, {"id", "themes"} on standard output.

    Example: [bold]tuckshop tag --codebook nlp/codebooks/youth-policy.yaml < replies.jsonl > tagged.jsonl[/bold]
    """
    from bot.streaming import tag_lines

    book, findings = _codebook(codebook)
    if book is None:
        _show_findings([checking.Checked(str(codebook), finding) for finding in findings])
        raise typer.Exit(1)
    _stream(tag_lines(standard_input(), book, language))


@app.command()
def screen(language: Annotated[str, typer.Option(help="The texts' language.")] = "en") -> None:
    """Screen texts: JSONL {"id", "text"} on standard input, {"id", "flags", "redacted"} on standard output.

    Example: [bold]tuckshop screen < texts.jsonl > screened.jsonl[/bold]
    """
    from bot.streaming import screen_lines

    _stream(screen_lines(standard_input(), language))


def _codebook(path: Path) -> tuple[Codebook | None, tuple[Finding, ...]]:
    try:
        return checking.read_codebook(path.read_bytes())
    except OSError as error:
        fail(f"{path} cannot be read: {error.strerror}.", 2)


def _stream(lines: Iterator[str]) -> None:
    from bot.streaming import InputLineError

    try:
        for line in lines:
            typer.echo(line)
    except InputLineError as error:
        fail(str(error), 2)


@app.command()
def export(
    to: Annotated[Path, typer.Option(help="The file; its ending says the form: .csv, .xlsx or .jsonl.")],
) -> None:
    """Write the tagged themes to a file: a row a response, without names.

    Example: [bold]tuckshop export --to tagged.xlsx[/bold]
    """
    from bot.app import opened
    from bot.exporting import export_to

    settings = settings_or_exit()

    async def write() -> int:
        async with opened(settings.database, create=False) as database:
            return await export_to(database, to)

    count = run(write())
    console.print(f"{count} responses written to {to}.", highlight=False)


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
        async with opened(settings.database, create=False) as database:
            return await database.read(lambda tx: status_of(tx, now()))

    found = asdict(run(look()))
    if as_json:
        typer.echo(json.dumps(found, default=str, indent=1))
        return
    table = Table(show_header=False, box=None)
    for name, value in found.items():
        shown = ", ".join(f"{key} {count}" for key, count in value.items()) if isinstance(value, dict) else value
        table.add_row(name.replace("_", " "), "–" if shown in (None, "") else str(shown))
    console.print(table)


@app.command()
def serve() -> None:
    """Run the bot, with settings from TUCKSHOP_* variables or a .env file.

    Example: [bold]TUCKSHOP_TELEGRAM_TOKEN=123:abc tuckshop serve[/bold]
    """
    from bot.app import serve as run_bot

    settings = settings_or_exit()
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")

    if not settings.help_lines:
        errors.print("TUCKSHOP_HELP_LINES is not set: a serious message gets no number to call.", style="yellow")

    def ready(name: str, has_lead: bool) -> None:
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
