"""The order of review, made from stored vectors by what tags now."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bot.checking import read_codebook
from bot.ranking import Ranker, rank
from nlp.codebook import Codebook
from nlp.encoder import HashingEncoder
from nlp.model import ThemeModel
from nlp.reading import Background, background_of
from nlp.review_order import Ranked
from nlp.tagging import Tagger
from storage.database import Database
from tests.bot.tagger import tagged, worker
from tests.bot.town import CODEBOOK, WHOLE, Town, play

ENCODER = HashingEncoder()


@dataclass
class Untaught:
    """What has learned nothing yet."""

    codebook: Codebook
    background: Background = field(default_factory=lambda: background_of(np.zeros((0, ENCODER.dimensions), np.float32)))
    model: ThemeModel | None = None

    def tagger(self, language: str) -> Tagger:
        return Tagger(self.codebook, language, ENCODER)


def ranker() -> Ranker:
    codebook, findings = read_codebook(CODEBOOK.encode())
    assert codebook is not None, findings
    return Untaught(codebook)


async def at_once(work: Callable[[], list[Ranked]]) -> list[Ranked]:
    return work()


async def test_members_are_shown_first_what_the_machine_doubts(town: Town, path: Path) -> None:
    town.use_codebook()
    for name, wish in (("ana", "buses fares bus buses fares"), ("ben", "something with a bus maybe, or a park")):
        play(town.person(name), *WHOLE[:-1], wish)
    town.tx.execute("UPDATE responses SET draw = 0.5")
    async with worker(town, path, ENCODER) as tagger:
        await tagged(tagger)
    database = await Database.open(path)
    try:
        await rank(database, at_once, ranker())
    finally:
        await database.close()
    reasons = [reason for (reason,) in town.rows("SELECT reason FROM review_queue")]
    assert reasons == ["cover"] * len(reasons)
    assert "or a park" in town.member("amy", "ambassador").say("/review")


async def test_without_replies_there_is_no_queue(town: Town, path: Path) -> None:
    town.use_codebook()
    database = await Database.open(path)
    try:
        await rank(database, at_once, ranker())
    finally:
        await database.close()
    assert town.rows("SELECT count(*) FROM review_queue") == [(0,)]
