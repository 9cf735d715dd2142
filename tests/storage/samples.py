"""A small world to test with: a script, people, conversations and replies, made through the functions under test."""

from datetime import UTC, datetime, timedelta

from dialogues.condition import Value
from dialogues.conversation import Conversation, Outcome, Response
from dialogues.script import Choice, Choices, Consent, Language, Number, Open, Option, OptionId, Script, StepId
from storage import conversations, members, respondents, responses, scripts, tagging
from storage.database import Transaction
from storage.ids import ConversationId, MemberId, RespondentId, ResponseId
from storage.tagging import MachineTag, Tagged, Tagger

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
EN = Language("en")


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def text(words: str) -> dict[Language, str]:
    return {EN: words, Language("es"): f"{words} (es)"}


MODES = tuple(Option(OptionId(name), text(name.title())) for name in ("bus", "bike"))
SCRIPT = Script(
    dialogue="getting-around",
    title=text("Getting around"),
    about=text("Buses and bikes"),
    languages=(EN, Language("es")),
    steps=(
        Consent(StepId("consent"), text("Take part?"), text("I'm in"), text("No"), text("Bye")),
        Choice(StepId("mode"), text("How do you travel?"), MODES, text("Something else")),
        Choices(StepId("ways"), text("Which ways?"), MODES, text("Something else")),
        Number(StepId("minutes"), text("How long?")),
        Open(StepId("wish"), text("What would help?"), text("Can you say more?")),
    ),
    thanks=text("Thanks"),
)


def person(tx: Transaction, name: str) -> RespondentId:
    return respondents.meet(tx, "telegram", f"address-of-{name}", name, NOW).id


def member(tx: Transaction, name: str) -> MemberId:
    person(tx, name)
    members.invite(tx, "ambassador", f"hash-of-{name}", NOW, later(60))
    assert members.redeem(tx, f"hash-of-{name}", RespondentId(name), NOW) == "ambassador"
    return RespondentId(name)


def begun(tx: Transaction, name: str, *, trial: bool = False, conversation: str | None = None) -> ConversationId:
    """A conversation of `name`, who is met if need be."""
    version = scripts.store(tx, SCRIPT, "the file", None, NOW)
    conversation_id = ConversationId(conversation or f"conversation-of-{name}")
    conversations.begin(
        tx, conversation_id, person(tx, name), version, "telegram", Conversation(EN), "north", trial, NOW
    )
    return conversation_id


def given(
    question: str = "wish",
    value: Value | None = "More buses",
    words: str | None = "More buses",
    outcome: Outcome = "answered",
) -> Response:
    return Response(StepId(question), outcome, value, words, f"The wording of {question}", EN, NOW)


def reply(tx: Transaction, name: str, words: str = "More buses") -> ResponseId:
    """An open reply in a new conversation of `name`."""
    return responses.record(tx, begun(tx, name), given(value=words, words=words), 7, NOW)


def tag(
    tx: Transaction, response_id: ResponseId, *themes: str, redacted: str = "More buses", version: str = "v1"
) -> bool:
    revision = tx.execute("SELECT revision FROM responses WHERE id = ?", (response_id,)).fetchone()[0]
    tags = [MachineTag(theme, 0.75, 0, 4, "says 'bus'") for theme in themes]
    by = tagger(version)
    tagging.note(tx, by, NOW)
    return tagging.store(tx, by, Tagged(response_id, revision, tags), redacted, b"\x00" * 8, NOW)


def tagger(codebook_version: str = "v1") -> Tagger:
    return Tagger(f"tagger-{codebook_version}", "use-3", codebook_version, "m1")


def tagged_reply(tx: Transaction, name: str, *themes: str) -> ResponseId:
    response_id = reply(tx, name)
    assert tag(tx, response_id, *themes)
    return response_id
