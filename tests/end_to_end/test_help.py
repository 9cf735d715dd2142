"""Serious words by way of the whole program: the process, its second look, the lead's phone."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.invitations import invite
from storage.database import Database
from tests.botapi.people import Person, Screen
from tests.botapi.process import Process
from tests.botapi.server import FakeBotApi

HINT = "everyone at school laughs at me and i cant take it"
"""Holds no phrase: only the second look notices it."""
WAIT_S = 60.0
"""On a busy machine the second look may come late; it comes."""


def offers(label: str) -> Callable[[Screen], bool]:
    return lambda screen: any(label in button.label for button in screen.buttons)


async def test_a_hint_is_met_with_help_and_a_person_gets_in_touch(
    bot_of: Callable[..., Process], database: Path
) -> None:
    async with FakeBotApi() as api, bot_of(api) as bot:
        await bot.ready()
        lead, person = Person(api, "Lea"), Person(api, "Sam")
        lead.say(f"/start {await invitation(database)}")
        await lead.until(lambda screen: "You are now the safeguarding lead" in screen.text, WAIT_S)
        person.say(HINT)
        await person.until(offers("I'd like someone to get in touch"), WAIT_S)
        person.tap("I'd like someone to get in touch")
        await lead.until(lambda screen: "Somebody would like you to get in touch." in screen.text, WAIT_S)
        lead.say("/reach 1 Hi, I'm Kim")
        await person.until(lambda screen: "“Hi, I'm Kim”" in screen.text, WAIT_S)
        person.say("hi kim, thanks")
        await lead.until(lambda screen: "hi kim, thanks" in screen.text, WAIT_S)
        assert api.refusals == []
        assert await bot.stop() == 0


async def invitation(path: Path) -> str:
    """Return what stands behind /start in a new link for a lead."""
    database = await Database.open(path)
    try:
        return await database.write(lambda tx: invite(tx, "lead", "a-token-of-this-test", datetime.now(UTC)))
    finally:
        await database.close()
