"""The main job in a terminal, from question to export, on the real desk, database, pipeline and review.

A young person plays a dialogue; the replies are tagged; an ambassador reviews one; the tagged themes are exported.
Where nobody types, a shipped transcript is played through the same path.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import resources
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot import desk, library
from bot.app import make_house, make_worker, now, opened
from bot.exporting import export_to
from bot.incoming import Command, Delivery, Incoming, Sender, Tap, Words
from bot.invitations import invite
from bot.settings import Settings, load_settings
from bot.terminal import Terminal
from bot.visit import House
from nlp.codebook import from_json, text_in
from storage import codebooks, conversations, outbox, respondents, rows, tagging
from storage.database import Database, Transaction
from storage.disguises import disguises
from storage.errors import UnusableError
from storage.rows import Row

PERSON, AMBASSADOR = "young-person", "ambassador"
DATABASE, EXPORTED = "demo.sqlite3", "tagged.csv"
HOW = "Type a reply, or the letter in front of a button. /skip /back /menu /help work. Ctrl-D goes on to the next part."
LIVE = """To go live:
  1. In Telegram, send @BotFather /newbot, and copy the token that it gives you.
  2. TUCKSHOP_TELEGRAM_TOKEN=the-token .venv/bin/tuckshop serve
  3. .venv/bin/tuckshop invite ambassador, and open the link that it prints. Share the bot's own link with everyone."""


async def play_demo(folder: Path, console: Console, *, interactive: bool) -> None:
    """Play the demo, leaving a database and an export in the folder. Raises StorageError and SettingsError."""
    path = fresh(folder)
    settings = load_settings().model_copy(update={"database": path})
    async with opened(path) as database:
        house = make_house(settings, library.shipped_deployment())
        demo = _Demo(database, house, console, interactive=interactive)
        await demo.consult()
        await demo.tag(settings)
        await demo.review()
        await demo.export(folder / EXPORTED)
    console.print(f"\n{LIVE}", highlight=False)


def fresh(folder: Path) -> Path:
    """Return where the demo's database goes, the last demo's removed. Raises StorageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{DATABASE}*"):
            old.unlink()
    except OSError as error:
        raise UnusableError(f"{folder} cannot be used: {error.strerror}. Name another folder.") from error
    return folder / DATABASE


class _Demo:
    """The parts of the demo, over one database."""

    def __init__(self, database: Database, house: House, console: Console, *, interactive: bool) -> None:
        self._database, self._house, self._console = database, house, console
        self._interactive = interactive
        self._terminal = Terminal(console)
        self._messages = 0

    # --- the parts

    async def consult(self) -> None:
        """Let a young person play a dialogue."""
        self._heading("1. A young person answers", HOW)
        await self._receive(PERSON, Command("start", "", self._next_id()))
        for line in self._lines("answers"):
            await self._receive(PERSON, self._incoming(line))
            if await self._database.write(_has_finished):
                return

    async def tag(self, settings: Settings) -> None:
        """Tag the replies, and show why."""
        self._heading("2. The replies are tagged by theme", "Loading the language models takes some seconds.")
        worker = make_worker(self._database, settings, self._house.deployment.region)
        with ThreadPoolExecutor(1) as thread:
            while await worker.tag_batch(thread):
                pass
        await self._database.read(self._show_tags)

    async def review(self) -> None:
        """Let an ambassador review a reply."""
        self._heading("3. An ambassador reviews one", "What the machine says is a suggestion. A person decides.")
        at = now()
        start = await self._database.write(lambda tx: invite(tx, "ambassador", self._house.new_id(), at))
        await self._receive(AMBASSADOR, Command("start", start, self._next_id()), quiet=True)
        await self._receive(AMBASSADOR, Command("review", "", self._next_id()))
        for line in self._lines("review"):
            await self._receive(AMBASSADOR, self._incoming(line))
            if await self._database.read(_is_reviewed):
                return

    async def export(self, path: Path) -> None:
        """Export the tagged themes."""
        self._heading("4. Staff export the tagged themes", "")
        count = await export_to(self._database, path, self._house.deployment.smallest_group, pilot=True)
        table = Table("question", "response", "themes", "state", box=None)
        for row in await self._database.read(_all_rows):
            given = row.text or (row.outcome if row.value is None else str(row.value))
            table.add_row(row.question, Text(given), ", ".join(row.themes), row.review_state)
        self._console.print(table)
        self._print(f"\n  {count} responses written to {path}. The same as a spreadsheet:")
        self._print(
            f"  TUCKSHOP_DATABASE={path.with_name(DATABASE)} .venv/bin/tuckshop export --test-run --to tagged.xlsx"
        )

    # --- the chat

    async def _receive(self, address: str, incoming: Incoming, *, quiet: bool = False) -> None:
        delivery, at = Delivery(None, Sender("terminal", address, "en"), incoming), now()
        notice = await self._database.write(lambda tx: desk.answer(tx, self._house, delivery, at))
        if notice:
            self._terminal.say(f"({notice})")
        await self._database.write(partial(self._deliver, quiet=quiet))

    def _deliver(self, tx: Transaction, *, quiet: bool) -> None:
        """Show what waits in the outbox; an edit of a question shows its last line, what was answered."""
        while waiting := outbox.waiting(tx, now(), 100):
            for one in waiting:
                outbox.sent(tx, one.id, self._next_id(), now())
                outgoing = one.outgoing
                if quiet:
                    continue
                if outgoing.kind == "message":
                    self._terminal.say(outgoing.text)
                else:
                    self._terminal.say(outgoing.text.splitlines()[-1])
                if outgoing.buttons:
                    self._terminal.offer(outgoing.buttons)

    def _incoming(self, line: str) -> Incoming:
        if line.startswith("/"):
            name, _, argument = line[1:].partition(" ")
            return Command(name.casefold(), argument, self._next_id())
        token = self._terminal.tapped(line)
        return Words(line, self._next_id()) if token is None else Tap(token, self._messages)

    def _lines(self, part: str) -> Iterator[str]:
        """Yield what is typed; where nobody types, the shipped transcript's lines, shown as if they were."""
        if not self._interactive:
            for line in _transcript(part):
                self._print(f"\n> {line}")
                yield line
            return
        while True:
            try:
                line = self._console.input("\n> ").strip()
            except EOFError:
                self._print("")
                return
            if line:
                yield line

    # --- showing

    def _show_tags(self, tx: Transaction) -> None:
        active = codebooks.active(tx)
        names = {theme.id: text_in(theme.name, "en") for theme in from_json(active[1]).themes} if active else {}
        for row in _all_rows(tx):
            if not row.text:
                continue
            self._print(f"\n  “{row.text}”")
            for tag in tagging.suggestions(tx, row.response_id):
                excerpt = row.text[tag.start : tag.end]
                self._print(f"    {names.get(tag.theme, tag.theme)}, {tag.confidence:.0%} sure: “{excerpt}”")
                self._print(f"      {tag.why}")

    def _heading(self, title: str, hint: str) -> None:
        self._console.print(f"\n[bold]{title}[/bold]")
        if hint:
            self._console.print(hint, style="dim", highlight=False, markup=False)

    def _print(self, text: str) -> None:
        self._console.print(text, highlight=False, markup=False, soft_wrap=True)

    def _next_id(self) -> int:
        self._messages += 1
        return self._messages


def _transcript(part: str) -> list[str]:
    """Return the shipped lines of a part: those below its heading `# part`."""
    text = (resources.files("bot") / "demo.txt").read_text(encoding="utf-8")
    _, _, below = text.partition(f"# {part}\n")
    return [line for line in below.partition("\n#")[0].splitlines() if line.strip()]


def _has_finished(tx: Transaction) -> bool:
    person = respondents.meet(tx, "terminal", PERSON, "", now())
    return bool(conversations.finished_dialogues(tx, person.id))


def _is_reviewed(tx: Transaction) -> bool:
    return any(row.review_state == "reviewed" for row in _all_rows(tx))


def _all_rows(tx: Transaction) -> list[Row]:
    return list(rows.stream(tx, disguises(tx, 1, pilot=True)))
