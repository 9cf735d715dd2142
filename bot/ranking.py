"""Puts the replies that wait for review in the order that teaches most, for what the machine knows by now."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np

from bot.machine import rows_of
from nlp.codebook import Codebook
from nlp.encoder import FloatArray
from nlp.model import ThemeModel
from nlp.reading import Background, reading_of
from nlp.review_order import Ranked, order
from nlp.tagging import Tagger
from storage import ranking
from storage.database import Database, Transaction
from storage.ids import ResponseId
from storage.ranking import Candidate

MOST_CANDIDATES = 2000
"""Enough to find telling replies among; to read them takes about 0.1 s of CPU, however many wait."""

InThread = Callable[[Callable[[], list[Ranked]]], Awaitable[list[Ranked]]]
"""Runs slow work where it holds up no chat."""


class Ranker(Protocol):
    """What tags now: the machine of the tagging worker, as far as ranking needs it."""

    @property
    def codebook(self) -> Codebook:
        """The codebook that it tags by."""

    @property
    def background(self) -> Background:
        """What its replies have in common."""

    @property
    def model(self) -> ThemeModel | None:
        """What it has learned, if anything."""

    def tagger(self, language: str) -> Tagger:
        """Return what tags replies in that language."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the order is made from."""

    candidates: Sequence[Candidate]
    drawn: Sequence[ResponseId]
    decided: Counter[str]


async def rank(database: Database, in_thread: InThread, machine: Ranker) -> None:
    """Make the order of review anew: at most `review_order.MOST` replies, from a sample of all that wait."""
    encoder = machine.tagger("en").encoder_name
    waiting = await database.read(partial(_waiting, encoder=encoder))
    ranked = await in_thread(partial(ordered, machine, waiting))
    queue = [(ResponseId(one.id), one.reason) for one in ranked]
    await database.write(lambda tx: ranking.rank(tx, queue))


def _waiting(tx: Transaction, encoder: str) -> Waiting:
    return Waiting(
        ranking.candidates(tx, encoder, MOST_CANDIDATES),
        ranking.drawn(tx, MOST_CANDIDATES),
        ranking.decided_counts(tx),
    )


def ordered(machine: Ranker, waiting: Waiting) -> list[Ranked]:
    """Return the replies to review next, by their stored vectors: no encoder runs."""
    decided = [waiting.decided[theme.id] for theme in machine.codebook.themes]
    ids: list[int] = []
    confidences = [np.zeros((0, len(decided)), dtype=np.float32)]
    for language in dict.fromkeys(one.language for one in waiting.candidates):
        own = [one for one in waiting.candidates if one.language == language]
        ids += [one.response_id for one in own]
        confidences.append(_confidences(machine, language, own))
    return order(ids, np.concatenate(confidences), decided, waiting.drawn)


def _confidences(machine: Ranker, language: str, own: Sequence[Candidate]) -> FloatArray:
    dimensions = len(machine.background.total)
    readings = [reading_of(one.redacted, rows_of(one.vector, dimensions)) for one in own]
    return machine.tagger(language).confidences(readings, machine.background, machine.model)
