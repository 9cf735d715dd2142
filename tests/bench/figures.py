"""`python -m tests.bench figures`: processor time and memory of the figures and the export over a city's responses."""

import asyncio
import os
import resource
import tempfile
import time
from pathlib import Path

from bot.exporting import export_to
from storage import figures, scripts
from storage.database import Database, Transaction
from tests.storage.samples import NOW, SCRIPT

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "143000"))
GIVEN = {
    "consent": "true",
    "mode": '"bus"',
    "ways": '["bus", "bike"]',
    "minutes": "15",
    "one": "1",
    "two": "2",
    "wish": '"x"',
}
AT = "2026-11-23T12:00:00+00:00"


def main() -> None:
    """Print what each took, in seconds of processor time, and the most memory that the process held, in MB."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> None:
    database = await Database.open(folder / "bench.sqlite3")
    try:
        await database.write(_fill)
        _took("before", time.process_time())
        began = time.process_time()
        await database.read(lambda tx: figures.tables(tx, ("site", "band"), (5, 10)))
        _took("figures", began)
        began = time.process_time()
        count = await export_to(database, folder / "bench.csv", 5)
        _took(f"export of {count} responses", began)
    finally:
        await database.close()


def _took(what: str, began: float) -> None:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what}: {time.process_time() - began:.1f} s, {most} MB")


def _fill(tx: Transaction) -> None:
    """Store a conversation of each person, at four sites and in four age groups, with a response to each question."""
    version = scripts.store(tx, SCRIPT, "the file", None, NOW)
    tx.executemany("INSERT INTO respondents (id, joined_at) VALUES (?, ?)", ((f"p{n}", AT) for n in range(PEOPLE)))
    tx.execute(
        """
        INSERT INTO conversations
            (id, respondent_id, script_hash, channel, site, band, trial, phase, ending, state, started_at, changed_at)
        SELECT 'conversation of ' || id, id, :version, 'telegram', 'site' || abs(random()) % 4,
            'band' || abs(random()) % 4, 0, 'ended', 'complete', '{}', :at, :at
        FROM respondents
        """,
        {"version": version, "at": AT},
    )
    for question, value in GIVEN.items():
        tx.execute(
            """
            INSERT INTO responses
                (conversation_id, question, outcome, value, wording, language, asked_at, responded_at, taggable)
            SELECT id, :question, 'answered', :value, 'What?', 'en', :at, :at, 0 FROM conversations
            """,
            {"question": question, "value": value, "at": AT},
        )
