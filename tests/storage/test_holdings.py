import pytest

from dialogues.conversation import Conversation
from storage import conversations, respondents, responses
from storage.database import Database, Transaction
from storage.holdings import HeldResponse, held
from storage.ids import RespondentId
from tests.storage.samples import EN, NOW, begun, given, later, member

ANA = RespondentId("ana")


async def test_everything_held_is_shown_as_its_respondent_saw_it(database: Database) -> None:
    def work(tx: Transaction) -> None:
        conversation_id = begun(tx, "ana")
        replies = (
            given("consent", True, None),
            given("mode", "other", "By hoverboard"),
            given("ways", ("bus", "bike"), None),
            given("minutes", 12, "twelve"),
            given("wish", None, None, "refused"),
            given("wish.probe", "More buses", "More buses"),
        )
        for response in replies:
            responses.record(tx, conversation_id, response, None, later(1))
        found = held(tx, ANA)
        assert [one.given for one in found.dialogues[0].responses] == [
            "I'm in",
            "By hoverboard",
            "Bus, Bike",
            "12 (“twelve”)",
            None,
            "More buses",
        ]
        assert found.dialogues[0].responses[0] == HeldResponse("The wording of consent", "answered", "I'm in", later(1))

    await database.write(work)


async def test_conversations_are_listed_with_title_and_ending(database: Database) -> None:
    def work(tx: Transaction) -> None:
        first = begun(tx, "ana", conversation="first")
        conversations.save(tx, first, Conversation(EN, phase="ended", ending="complete"), NOW)
        begun(tx, "ana", conversation="second")
        found = held(tx, ANA).dialogues
        assert [(one.title, one.started_at, one.ending) for one in found] == [
            ("Getting around", NOW, "complete"),
            ("Getting around", NOW, None),
        ]

    await database.write(work)


async def test_what_is_known_of_a_member_is_told_too(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ben = member(tx, "ben")
        respondents.set_language(tx, ben, "es")
        respondents.set_site(tx, ben, "north")
        conversations.agree(tx, ben, "key", NOW)
        found = held(tx, ben)
        assert (found.joined_at, found.language, found.site, found.role) == (NOW, "es", "north", "ambassador")
        assert (found.channel, found.address) == ("telegram", "address-of-ben")
        assert (found.consents, found.reviews, found.alerts, found.dialogues) == (1, 0, 0, ())

    await database.write(work)


async def test_of_nobody_nothing_is_held(database: Database) -> None:
    with pytest.raises(KeyError):
        await database.read(lambda tx: held(tx, ANA))
