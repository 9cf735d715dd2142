"""The worker that tags: here with an encoder that counts words, so that nothing has to be loaded."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bot.tagging import BATCH_REPLIES, LEARN_EVERY, TaggingWorker
from nlp.encoder import FloatArray, HashingEncoder, unit
from storage.database import Database, T, Transaction
from storage.errors import UnusableError
from tests.bot.tagger import tagged, worker
from tests.bot.town import CODEBOOK, WHOLE, Town, play

WIDER = CODEBOOK.replace("keywords: {en: [park, bench]", "keywords: {en: [park, bench, shelter]")


class _Unwell(HashingEncoder):
    """Breaks on one reply, whatever comes with it."""

    def encode(self, texts: Sequence[str]) -> FloatArray:
        if any("unlucky" in text for text in texts):
            raise ValueError("the words of a reply must not be noted: unlucky")
        return super().encode(texts)


def wishes(town: Town) -> list[tuple[str, tuple[str, ...], str]]:
    """Return text, themes and state of each wish, as exported."""
    return [(row.text, row.themes, row.review_state) for row in town.exported() if row.question == "wish"]


def wish(town: Town, name: str, words: str, language: str = "en") -> None:
    person = town.person(name, language)
    take, go = ("[I'm in]", "[By bus]") if language == "en" else ("[Participo]", "[En bus]")
    play(person, "/start", "[Buses · 2 min]", take, go, "20", words)


@pytest.fixture
def town(town: Town) -> Town:
    town.use_codebook()
    return town


async def test_replies_get_tags_with_confidence_excerpt_and_reason(town: Town, path: Path) -> None:
    wish(town, "ana", "My name is Jordan and the bus is late")
    async with worker(town, path) as tagger:
        assert await tagged(tagger) == 1
    ((text, themes, state),) = wishes(town)
    assert "Jordan" not in text
    assert (themes, state) == (("buses",), "not reviewed")
    ((confidence, start, end, why),) = town.rows("SELECT confidence, start_chars, end_chars, why FROM tags")
    assert 0 < float(str(confidence)) <= 1
    assert "bus" in text[int(str(start)) : int(str(end))]
    assert why


async def test_without_a_codebook_nothing_is_tagged_and_nothing_breaks(town: Town, path: Path) -> None:
    town.tx.execute("DELETE FROM activations")
    wish(town, "ana", "the bus is late at night")
    async with worker(town, path) as tagger:
        assert await tagged(tagger) == 0


async def test_choices_and_numbers_are_not_tagged_but_own_words_behind_other_are(town: Town, path: Path) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE[:3], "[Another way]", "on the bus of a friend", "20", "/skip")
    async with worker(town, path) as tagger:
        assert await tagged(tagger) == 1


async def test_amended_words_are_tagged_again(town: Town, path: Path) -> None:
    ana = town.person("ana")
    async with worker(town, path) as tagger:
        play(ana, *WHOLE[:-1], "the bus is late at night")
        await tagged(tagger)
        ana.edit("a bench in the park would help")
        assert wishes(town)[0][1:] == ((), "not yet tagged")
        assert await tagged(tagger) == 1
    assert wishes(town)[0][1] == ("parks",)


async def test_a_new_codebook_tags_everything_again(town: Town, path: Path) -> None:
    wish(town, "ana", "a shelter please, the rain never stops")
    async with worker(town, path) as tagger:
        await tagged(tagger)
        assert "parks" not in wishes(town)[0][1]
        town.use_codebook(WIDER)
        assert await tagged(tagger) == 1
    assert "parks" in wishes(town)[0][1]


async def test_a_decision_stands_over_a_new_tagging(town: Town, path: Path) -> None:
    wish(town, "ana", "the bus is late at night")
    amy = town.member("amy", "ambassador")
    async with worker(town, path) as tagger:
        await tagged(tagger)
        play(amy, "/review", "[✓ Buses]", "[Parks]", "[Confirm]")
        town.use_codebook(WIDER)
        assert await tagged(tagger) == 1
    assert wishes(town)[0][1:] == (("parks",), "reviewed")


class _Newer(HashingEncoder):
    """Another encoder, with vectors of another length, that notes in which thread it is asked."""

    name = "hashing-2"
    dimensions = 255

    def __init__(self) -> None:
        self.threads = set[str]()

    def encode(self, texts: Sequence[str]) -> FloatArray:
        self.threads.add(threading.current_thread().name)
        return unit(super().encode(texts)[:, :255])


async def test_what_another_encoder_has_read_is_encoded_anew_and_decisions_stand(town: Town, path: Path) -> None:
    for name in ("ana", "ben"):
        wish(town, name, "the bus is late at night")
    async with worker(town, path) as tagger:
        await tagged(tagger)
    play(town.member("amy", "ambassador"), "/review", "[✓ Buses]", "[Parks]", "[Confirm]")
    wish(town, "cleo", "a bench in the park")
    async with worker(town, path, _Newer()) as tagger:
        assert await tagged(tagger) == 3
        assert await tagged(tagger) == 0
    read = town.rows("SELECT DISTINCT encoder, length(vector) % (4 * 255) FROM taggings")
    assert read == [("hashing-2", 0)]
    assert sorted(row[1:] for row in wishes(town)) == [
        (("buses",), "not reviewed"),
        (("parks",), "not reviewed"),
        (("parks",), "reviewed"),
    ]


async def test_the_models_run_in_the_worker_s_thread_alone(town: Town, path: Path) -> None:
    wish(town, "ana", "the bus is late at night")
    encoder, made_in = _Newer(), list[str]()

    def make() -> HashingEncoder:
        made_in.append(threading.current_thread().name)
        return encoder

    async with worker(town, path, make_encoder=make) as tagger:
        running = asyncio.create_task(tagger.run())
        async with asyncio.timeout(30):
            while not town.rows("SELECT 1 FROM tags"):
                tagger.wake.set()
                await asyncio.sleep(0)
        running.cancel()
        await asyncio.wait([running])
    assert encoder.threads == set(made_in) == {"tagging_0"}


def reviewed(town: Town) -> None:
    """Have an ambassador decide on the next reply: parks."""
    play(town.member("amy", "ambassador"), "/review", "[✓ Buses]", "[Parks]", "[Confirm]")


async def test_a_review_is_learned_from_at_once_and_in_a_row_together(town: Town, path: Path) -> None:
    for name in ("ana", "ben", "cleo"):
        wish(town, name, "the bus is late at night")
    async with worker(town, path) as tagger:
        assert await tagged(tagger) == 3
        reviewed(town)
        assert await tagged(tagger) == 0
        town.now += LEARN_EVERY
        assert await tagged(tagger) == 3
    assert town.rows("SELECT reviews FROM taggers ORDER BY reviews") == [(0,), (1,)]
    ((now,),) = town.rows("SELECT DISTINCT reviews FROM taggers JOIN responses ON tagger = version")
    assert now == 1


async def test_reviews_say_nothing_of_a_theme_that_came_later(town: Town, path: Path) -> None:
    names = [f"ana{number}" for number in range(12)]
    for name in names:
        wish(town, name, "darkness at night, more lamps")
    async with worker(town, path) as tagger:
        await tagged(tagger)
        amy = town.member("amy", "ambassador")
        for _ in names:
            play(amy, "/review", "[None of these]")
        town.use_codebook(CODEBOOK + "  - {id: lamps, name: Lamps, keywords: [darkness]}\n")
        town.now += LEARN_EVERY
        wish(town, "ben", "darkness at night, and no lamps")
        await tagged(tagger)
    assert wishes(town)[-1][1] == ("lamps",)


async def test_what_was_tagged_is_put_in_order_for_review(town: Town, path: Path) -> None:
    for name in ("ana", "ben", "cleo"):
        wish(town, name, f"{name} says the bus is late at night")
    async with worker(town, path) as tagger:
        await tagged(tagger)
    assert len(town.rows("SELECT * FROM review_queue")) == 3


async def test_no_tag_quotes_what_somebody_else_said(town: Town, path: Path) -> None:
    for name in ("ana", "ben", "cleo"):
        wish(town, name, "the tram by the old mill is late")
    async with worker(town, path) as tagger:
        await tagged(tagger)
        town.now += LEARN_EVERY
        play(town.member("amy", "ambassador"), "/review", "[Parks]", "[Confirm]")
        await tagged(tagger)
    assert not [why for (why,) in town.rows("SELECT why FROM tags") if "mill" in str(why)]


async def test_started_anew_with_nothing_changed_it_tags_nothing_again(town: Town, path: Path) -> None:
    wish(town, "ana", "the bus is late at night")
    async with worker(town, path) as tagger:
        await tagged(tagger)
        reviewed(town)
        town.now += LEARN_EVERY
        await tagged(tagger)
    async with worker(town, path) as tagger:
        assert await tagged(tagger) == 0


async def test_what_somebody_takes_back_is_unlearned(town: Town, path: Path) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE[:-1], "the bus is late at night")
    async with worker(town, path) as tagger:
        await tagged(tagger)
        reviewed(town)
        town.now += LEARN_EVERY
        wish(town, "ben", "the bus is late at night")
        await tagged(tagger)
        play(ana, "/delete", "[Yes, delete it all]")
        town.now += LEARN_EVERY
        assert await tagged(tagger) == 1
    assert town.rows("SELECT reviews FROM taggers JOIN responses ON tagger = version") == [(0,)]


async def test_a_reply_that_cannot_be_tagged_is_kept_and_noted_and_stops_no_other(town: Town, path: Path) -> None:
    wish(town, "ana", "the bus is late at night")
    wish(town, "ben", "an unlucky reply about the bus")
    wish(town, "cleo", "a bench in the park would help")
    async with worker(town, path, _Unwell()) as tagger:
        assert await tagged(tagger) == 3
        assert await tagged(tagger) == 0
    assert [state for _, _, state in wishes(town)] == ["not reviewed", "could not be tagged", "not reviewed"]
    assert town.rows("SELECT reason FROM tagging_failures") == [("ValueError",)]
    assert ("an unlucky reply about the bus",) in town.rows("SELECT text FROM responses WHERE question = 'wish'")


async def test_a_failed_reply_is_tried_again_when_it_is_amended(town: Town, path: Path) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE[:-1], "an unlucky reply about the bus")
    async with worker(town, path, _Unwell()) as tagger:
        await tagged(tagger)
        ana.edit("a better reply about the bus")
        await tagged(tagger)
    assert wishes(town)[0][1:] == (("buses",), "not reviewed")


async def test_flagged_replies_are_not_tagged(town: Town, path: Path) -> None:
    wish(town, "ana", "i want to kill myself on the bus")
    async with worker(town, path) as tagger:
        assert await tagged(tagger) == 0


async def test_tags_of_a_reply_do_not_depend_on_what_it_is_tagged_with(town: Town, path: Path) -> None:
    words = "the bus is late at night"
    wish(town, "ana", words)
    async with worker(town, path) as tagger:
        await tagged(tagger)
        for number in range(BATCH_REPLIES + 1):
            wish(town, f"person {number}", f"a bench in the park, number {number}" if number else words)
        assert await tagged(tagger) == BATCH_REPLIES + 1
    found = town.rows("SELECT confidence FROM tags JOIN responses ON id = response_id WHERE text = :words", words=words)
    assert len(found) == 2
    assert found[0] == found[1]


async def test_replies_in_spanish_are_tagged(town: Town, path: Path) -> None:
    wish(town, "ana", "el bus llega tarde cada noche", "es")
    async with worker(town, path) as tagger:
        await tagged(tagger)
    assert wishes(town)[0][1] == ("buses",)


async def test_it_works_until_it_is_cancelled_and_starts_when_woken(town: Town, path: Path) -> None:
    async with worker(town, path) as tagger:
        running = asyncio.create_task(tagger.run())
        wish(town, "ana", "the bus is late at night")
        tagger.wake.set()
        async with asyncio.timeout(30):
            while not town.rows("SELECT 1 FROM tags"):
                tagger.wake.set()
                await asyncio.sleep(0)
        running.cancel()
        await asyncio.wait([running])
        assert running.cancelled()


async def test_models_that_cannot_be_loaded_are_tried_again_after_growing_pauses(
    town: Town, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wish(town, "ana", "the bus is late at night")
    troubles, pauses = [OSError("the words of a reply")] * 3, list[float]()

    def make() -> HashingEncoder:
        if troubles:
            raise troubles.pop()
        return HashingEncoder()

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async with worker(town, path, make_encoder=make, pause=pause) as tagger:
        running = asyncio.create_task(tagger.run())
        async with asyncio.timeout(30):
            while not town.rows("SELECT 1 FROM tags"):
                tagger.wake.set()
                await asyncio.sleep(0)
        running.cancel()
        await asyncio.wait([running])
    assert len(pauses) == 3
    assert pauses[0] <= 1 <= pauses[1] <= 2 <= pauses[2] <= 4
    assert "OSError at test_tagging.py" in caplog.text
    assert "the words of a reply" not in caplog.text


class _Broken(Database):
    """A database that cannot be read."""

    async def read(self, work: Callable[[Transaction], T]) -> T:
        raise UnusableError("the disk is failing")


async def test_a_database_that_cannot_be_read_ends_the_worker(path: Path) -> None:
    database = await _Broken.open(path)
    try:
        async with asyncio.timeout(30):
            with pytest.raises(UnusableError):
                await TaggingWorker(database, HashingEncoder, "AU").run()
    finally:
        await database.close()


@pytest.mark.parametrize("turns_between", range(5))
async def test_it_ends_when_it_is_told_to_even_while_it_is_woken(town: Town, path: Path, turns_between: int) -> None:
    async with worker(town, path) as tagging:
        idling = asyncio.create_task(tagging._idle(60.0))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        tagging.wake.set()
        for _ in range(turns_between):
            await asyncio.sleep(0)
        was_done = idling.done()
        idling.cancel()
        await asyncio.wait([idling])
        assert was_done or idling.cancelled()
