"""One respondent's way through a script: its state, what happens to it, and what follows.

Values only. `engine.advance` takes a conversation and an event and returns the next conversation with its effects; the
caller carries the effects out. All of it round-trips through JSON.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from pydantic import TypeAdapter

from dialogues.condition import Value
from dialogues.script import Language, StepId

Outcome: TypeAlias = Literal["answered", "refused", "dont_know"]
"""How a question was responded to: skipping it is a refusal, which is not the same as not knowing."""
Ending: TypeAlias = Literal["complete", "declined", "break_off"]


@dataclass(frozen=True, slots=True)
class Response:
    """What was given to one question, in the wording that the respondent saw.

    `value` is None unless the outcome is `answered`. `text` holds the respondent's own words, None where a button was
    tapped. `question` is a step's id; the reply to its probe stands under that id with `.probe` behind it.
    """

    question: StepId
    outcome: Outcome
    value: Value | None
    text: str | None
    wording: str
    language: Language
    asked_at: datetime


# --- state


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to understand a reply that was not clear: what its button says, and the value it stands for."""

    label: str
    value: Value


Waiting: TypeAlias = Literal["reply", "other", "probe"]
"""For what: a reply to the question, the words behind "other", or a reply to the probe."""
Phase: TypeAlias = Literal["asking", "paused", "ended"]


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a respondent is in a script.

    `step` is an index into the script's steps, and their number once none is left. `revision` counts what was asked:
    a button from an earlier revision is stale. `asked` was first asked at `asked_revision`. `furthest` is the first
    step never reached, so that nothing is said twice on the way back. `misses` counts the replies in a row that were
    not understood, `repeats` how often in a row the question was asked.
    """

    language: Language
    phase: Phase = "asking"
    step: int = 0
    furthest: int = 0
    revision: int = 0
    asked: tuple[StepId, Waiting] | None = None
    asked_revision: int = 0
    waiting: Waiting = "reply"
    revisiting: bool = False
    selected: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    unplaced: str | None = None
    misses: int = 0
    repeats: int = 0
    reminded: bool = False
    asked_at: datetime | None = None
    agreed: frozenset[str] = frozenset()
    responses: tuple[Response, ...] = ()
    ending: Ending | None = None


# --- events


@dataclass(frozen=True, slots=True)
class Started:
    """The respondent opened the dialogue; `agreed` holds the keys of the consents that they gave before."""

    agreed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button of the question `question` at `revision`, with the value that its `Button` carried."""

    question: StepId
    revision: int
    value: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Words, and the flags that the screening raised on them.

    `unseen` says that they were written before the question reached the respondent, so they cannot be a reply to it.
    """

    text: str
    flags: tuple[str, ...] = ()
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Edited:
    """New words for the response to `question`; None where the message had not become a response.

    `unseen` is that of `Typed`, for the message as it was first sent.
    """

    question: StepId | None
    text: str
    flags: tuple[str, ...] = ()
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class SentMedia:
    """A photo, sticker, voice message or the like, which no question of this script asks for."""

    kind: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """`/skip`."""


@dataclass(frozen=True, slots=True)
class WentBack:
    """`/back`."""


@dataclass(frozen=True, slots=True)
class Paused:
    """`/pause`."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """`/resume`."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """`/stop`: a break-off."""


@dataclass(frozen=True, slots=True)
class Switched:
    """`/language`: go on in that one."""

    language: Language


@dataclass(frozen=True, slots=True)
class TimedOut:
    """Nothing was heard until the time that `Remind` named."""


Event: TypeAlias = (
    Started
    | Tapped
    | Typed
    | Edited
    | SentMedia
    | Skipped
    | WentBack
    | Paused
    | Resumed
    | Stopped
    | Switched
    | TimedOut
)


# --- effects


@dataclass(frozen=True, slots=True)
class Button:
    """What a button says, and the value to hand back in `Tapped` (at most 16 ASCII characters)."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Say:
    """Send a message that asks nothing."""

    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Send a question with its buttons, row by row. With `again`, change the buttons of the one already sent."""

    question: StepId
    revision: int
    text: str
    buttons: tuple[tuple[Button, ...], ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Close:
    """The question sent at `revision` is settled: take its buttons away and show `text` in its place."""

    revision: int
    text: str


@dataclass(frozen=True, slots=True)
class Notify:
    """Tell whoever tapped, in passing: nothing has changed."""

    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """Store a response."""

    response: Response


@dataclass(frozen=True, slots=True)
class Amend:
    """Put this response in the place of the one to the same question."""

    response: Response


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Remove the response: an earlier answer changed, and this question does not apply any more."""

    question: StepId


@dataclass(frozen=True, slots=True)
class Remind:
    """Send `TimedOut` at that time, unless something else happens first; None takes it back."""

    at: datetime | None


@dataclass(frozen=True, slots=True)
class Alert:
    """The words just received raised these flags: answer warmly, with help lines, and tell the lead.

    The conversation is paused; a button of `question` at `revision` with the value `resume` takes it up again.
    """

    question: StepId
    revision: int
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finish:
    """The conversation has ended."""

    ending: Ending


Effect: TypeAlias = Say | Ask | Close | Notify | Record | Amend | Withdraw | Remind | Alert | Finish


@dataclass(frozen=True, slots=True)
class Step:
    """What an event leads to."""

    conversation: Conversation
    effects: tuple[Effect, ...]


_CONVERSATION: TypeAdapter[Conversation] = TypeAdapter(Conversation)


def to_json(conversation: Conversation) -> str:
    """Return the conversation as JSON."""
    return _CONVERSATION.dump_json(conversation).decode()


def from_json(text: str) -> Conversation:
    """Return the conversation that `to_json` wrote. Raises pydantic.ValidationError for anything else."""
    return _CONVERSATION.validate_json(text)
