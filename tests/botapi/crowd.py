"""Many people at once, and what became of them."""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.botapi.api import BotApi
from tests.botapi.finisher import Finisher
from tests.botapi.people import WAIT_S, Screen, Unheard
from tests.botapi.random_person import RandomPerson
from tests.botapi.world import Message


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of a crowd that wanted to finish: everyone, who did not get to the end, and who was not heard."""

    people: tuple[Finisher, ...]
    unfinished: tuple[Finisher, ...]
    unheard: tuple[str, ...]


async def run_crowd(
    api: BotApi,
    people: int = 200,
    steps: int = 20,
    seed: int = 1,
    *,
    begin: str = "/start",
    first: Sequence[str] = (),
    within_s: float = WAIT_S,
    quiet_s: float = 0.0,
    is_question: Callable[[Message], bool] = lambda _: True,
) -> list[RandomPerson]:
    """Let people act at random, all at the same time, and return them; see `api.unanswered()` for who still waits."""
    crowd = [
        RandomPerson(api, f"Person{n}", seed * 100_003 + n, is_question=is_question, language_code=_language(seed + n))
        for n in range(people)
    ]
    async with asyncio.TaskGroup() as group:
        for person in crowd:
            group.create_task(person.run(steps, begin=begin, first=first, within_s=within_s, quiet_s=quiet_s))
    return crowd


async def finish_crowd(
    api: BotApi,
    ended: Callable[[Screen], bool],
    people: int = 200,
    seed: int = 1,
    *,
    begin: str = "/start",
    most: int = 200,
    within_s: float = WAIT_S,
    is_question: Callable[[Message], bool] = lambda _: True,
) -> Finished:
    """Let people answer to the end, all at the same time."""
    crowd = tuple(
        Finisher(api, f"Finisher{n}", seed * 100_003 + n, ended, is_question=is_question) for n in range(people)
    )
    outcomes = await asyncio.gather(*(_outcome(person, begin, most, within_s) for person in crowd))
    unfinished = tuple(person for person, outcome in zip(crowd, outcomes, strict=True) if outcome is not None)
    return Finished(crowd, unfinished, tuple(outcome for outcome in outcomes if outcome))


async def _outcome(person: Finisher, begin: str, most: int, within_s: float) -> str | None:
    """Return None for who has finished, the transcript for who was not heard, nothing said for who gave up."""
    try:
        return None if await person.finish(begin, most=most, within_s=within_s) else ""
    except Unheard as unheard:
        return str(unheard)


def _language(seed: int) -> str:
    return random.Random(seed).choice(("en", "en", "es", "fr", "vi", "ar"))
