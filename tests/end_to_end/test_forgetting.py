"""After /delete, no byte of the person is in any file of the data folder: by way of the whole program, and a crash."""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.tagging import TaggingWorker
from dialogues.reading import read
from nlp.codebook import from_json
from nlp.encoder import UseEncoder
from storage import codebooks, members, respondents, review, scripts
from storage.database import Database, Transaction
from storage.sealing import Key, make_key
from tests.botapi.people import Person
from tests.botapi.process import Process
from tests.botapi.server import FakeBotApi

WAIT_S = 30.0
WISH = "Zoë Qwyxtable möchte mehr Busse, the zzqx bus 🚌 by the zzqx canal"
WISHES = """
dialogue: wishes
title: Wishes
about: What you want.
languages: [en]
steps:
  - consent: Take part?
    agree: I'm in
  - ask: What would help?
    id: wish
  - ask: What else?
  - ask: You said {wish}. Where?
"""
LATER = "zzqxlater: Łódź Street lamps, call Zoë"


def rows(database: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()


async def until(seen: Callable[[], bool]) -> None:
    """Wait until something can be seen from outside the bot's process."""
    async with asyncio.timeout(WAIT_S):
        while True:
            if seen():
                return
            await asyncio.sleep(0.05)


def spellings(text: str) -> Iterable[bytes]:
    """The bytes that a text can stand as in a file."""
    yield text.encode()
    yield json.dumps(text).strip('"').encode()
    for way in ("utf-16-le", "utf-16-be"):
        yield text.encode(way)


def traces(folder: Path, secrets: Iterable[bytes]) -> dict[str, list[bytes]]:
    """The secrets that stand in the files of the folder, whatever the files are called."""
    wanted = list(secrets)
    files = [path for path in folder.rglob("*") if path.is_file()]
    found = {str(path.name): [secret for secret in wanted if secret in path.read_bytes()] for path in files}
    return {name: secrets for name, secrets in found.items() if secrets}


def what_is_held(database: Path) -> set[bytes]:
    """The texts, names, ids and vectors of whoever wrote the words above."""
    texts = {WISH, "Zoë", "Qwyxtable", "zzqx", LATER, "Łódź"}
    held = {spelling for text in texts for spelling in spellings(text)}
    for sql in ("SELECT id FROM respondents", "SELECT address FROM contacts", "SELECT id FROM conversations"):
        held |= {spelling for (found,) in rows(database, sql) for spelling in spellings(str(found))}
    vectors = [vector for (vector,) in rows(database, "SELECT vector FROM taggings") if isinstance(vector, bytes)]
    assert vectors
    return held | {vector[:64] for vector in vectors} | {vector[-64:] for vector in vectors}


async def test_a_crash_right_after_deleting_leaves_no_byte_once_the_bot_is_back(
    bot_of: Callable[..., Process], database: Path, tmp_path: Path
) -> None:
    await offer(database)
    async with FakeBotApi() as api, bot_of(api) as bot:
        await bot.ready()
        person = Person(api, "Zoe", username="zzqx_zoe")
        await converse(person)
        await until(lambda: bool(rows(database, "SELECT 1 FROM taggings")))
        held = what_is_held(database)
        assert len(traces(tmp_path, held)) >= 1
        person.say("/mydata")
        await until(lambda: any(file.name == "mydata.json" for file in api.world.files.values()))
        person.say("/delete")
        await person.until(lambda screen: any("Yes, delete it all" in button.label for button in screen.buttons))
        person.tap("Yes, delete it all")
        await until(lambda: bool(rows(database, "SELECT 1 FROM deletions")))
        await bot.kill()
        (half_sent := tmp_path / f".{database.name}-exports-of-before").mkdir()
        (half_sent / "tagged.csv").write_text(WISH, encoding="utf-8")
        await bot.start()
        await bot.ready()
        await person.until(lambda screen: "Your receipt:" in screen.text, WAIT_S)
        await until(lambda: rows(database, "SELECT wiped FROM deletions") == [(1,)])
        await until(lambda: not rows(database, "SELECT 1 FROM purge_due"))
        assert traces(tmp_path, held) == {}
        assert await bot.stop() == 0
    assert traces(tmp_path, held) == {}


async def converse(
    person: Person, first_wish: str = "zzqx hoverboards", later: str = LATER, wish: str = WISH, site: str = "zzqx-site"
) -> None:
    """Leave words in responses, in an amendment, and in a conversation that is going on."""
    person.say(f"/start {site}")
    for label in ("I'm in", "16–17"):
        await person.until(lambda screen, label=label: any(label == one.label for one in screen.buttons), WAIT_S)
        person.tap(label)
    await person.until(lambda screen: any("Wishes" in button.label for button in screen.buttons), WAIT_S)
    person.tap("Wishes")
    await person.until(lambda screen: any("I'm in" in button.label for button in screen.buttons), WAIT_S)
    person.tap("I'm in")
    await person.until(lambda screen: "What would help?" in screen.text, WAIT_S)
    first = person.say(first_wish)
    await person.until(lambda screen: "What else?" in screen.text, WAIT_S)
    person.say(later)
    await person.until(lambda screen: "Where?" in screen.text, WAIT_S)
    person.edit(first.id, wish)
    await person.heard(WAIT_S, quiet_s=0.2)


async def offer(database: Path, key: Key | None = None) -> None:
    """Put a set of open questions on the menu; one repeats the person's words."""
    report = read(WISHES.encode())
    assert report.script is not None, report.findings
    script, now = report.script, datetime.now(UTC)
    opened = await Database.open(database, key)
    try:
        await opened.write(lambda tx: scripts.release(tx, scripts.store(tx, script, WISHES, None, now), None, now))
    finally:
        await opened.close()


OTHERS = "the bus by the canal should come more often"
COMPLAINT, WORRY = "zzqxcomplaint: Qwyxtable was asked twice", "zzqxworry i want to kill myself, says Qwyxtable"


def of_zoe(tx: Transaction) -> set[bytes]:
    """The words, vectors and ids of the one whose words are marked."""
    (zoe,) = tx.execute("SELECT DISTINCT respondent_id FROM complaints").fetchone()
    queries = (
        "SELECT address FROM contacts WHERE respondent_id = :zoe",
        "SELECT id FROM conversations WHERE respondent_id = :zoe",
    )
    ids = {str(found) for query in queries for (found,) in tx.execute(query, {"zoe": zoe})}
    vectors = tx.execute(
        """
        SELECT vector FROM taggings JOIN responses ON responses.id = response_id
        JOIN conversations ON conversations.id = conversation_id WHERE respondent_id = :zoe
        """,
        {"zoe": zoe},
    ).fetchall()
    assert vectors
    held = {spelling for text in (*ids, zoe, "zzqx", "Qwyxtable", "Zoë", "Łódź") for spelling in spellings(text)}
    return held | {vector[start : start + 64] for (vector,) in vectors for start in (0, len(vector) - 64)}


def decide_everything(tx: Transaction) -> None:
    """Have an ambassador find every reply to be about something, so that the machine learns from it."""
    now, (first, *_) = datetime.now(UTC), from_json((codebooks.active(tx) or ("", ""))[1]).themes
    amy = respondents.meet(tx, "telegram", "1", "amy", now).id
    members.invite(tx, "ambassador", "hash", now, now + timedelta(days=1))
    members.redeem(tx, "hash", amy, now)
    while (item := review.claim_next(tx, amy, now)) is not None:
        review.toggle(tx, item.response_id, amy, first.id, on=True)
        assert review.confirm(tx, item.response_id, amy, now)


async def tag_all(opened: Database) -> None:
    """Tag with what there is to learn from now, as a bot does that was started anew."""
    worker = TaggingWorker(opened, UseEncoder, "AU")
    with ThreadPoolExecutor(1) as thread:
        while await worker.tag_batch(thread):
            pass


def all_that_is_left(tx: Transaction) -> bytes:
    """What stands in the tables, read with the key where there is one."""
    tables = [table for (table,) in tx.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]
    values = (value for table in tables for row in tx.execute(f"SELECT * FROM {table}") for value in row)  # noqa: S608
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)


@pytest.mark.parametrize("sealed", [False, True], ids=["plain", "sealed"])
async def test_alerts_complaints_reviews_and_what_was_learned_from_them_hold_no_byte_either(
    bot_of: Callable[..., Process], database: Path, tmp_path: Path, *, sealed: bool
) -> None:
    key = make_key(tmp_path / "the.key") if sealed else None
    await offer(database, key)
    settings = {"TUCKSHOP_KEY_FILE": str(tmp_path / "the.key")} if sealed else {}
    async with FakeBotApi() as api, bot_of(api, **settings) as bot:
        await bot.ready()
        zoe, ben = Person(api, "Zoe", username="zzqx_zoe"), Person(api, "Ben")
        await converse(ben, OTHERS, OTHERS, f"{OTHERS}!", "canal")
        await converse(zoe)
        for line in (f"/complain {COMPLAINT}", WORRY):
            zoe.say(line)
            await zoe.heard(WAIT_S, quiet_s=0.2)
        await bot.stop()
        opened = await Database.open(database, key)
        await tag_all(opened)
        await opened.write(decide_everything)
        await tag_all(opened)
        assert await opened.read(lambda tx: tx.execute("SELECT max(reviews) > 2 FROM taggers").fetchone()) == (1,)
        held = await opened.read(of_zoe)
        await opened.close()
        await bot.start()
        await bot.ready()
        zoe.say("/delete")
        await zoe.until(lambda screen: any("Yes, delete it all" in button.label for button in screen.buttons))
        zoe.tap("Yes, delete it all")
        await zoe.until(lambda screen: "Your receipt:" in screen.text, WAIT_S)
        assert await bot.stop() == 0
    opened = await Database.open(database, key)
    await opened.purge()
    left = await opened.read(all_that_is_left)
    await opened.close()
    assert [secret for secret in held if secret in left] == []
    assert traces(tmp_path, held) == {}
    assert OTHERS.encode() in left
