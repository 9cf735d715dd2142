"""What a button carries back: short, plain, at most 64 bytes (Telegram's limit), and never trusted.

q:CONVERSATION:STEP[p]:REVISION:VALUE    a button of a question; STEP is its index, p for its probe, z for a pause
m:DIALOGUE                               start it           m!DIALOGUE   start it in the place of another
w:KIND:VALUE:WORDING                     the introduction: agree, age, adult or more
l:LANGUAGE    d:yes | d:no               language; delete everything or not
s:HASH:try | s:HASH:live                 a question set that a member sent
r:RESPONSE:VALUE                         a button of a review
h:touch | h:on                           have somebody get in touch, or go on, below the help lines
a:ALERT:ACTION                           a button of an alert's card
"""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from dialogues.script import Script, StepId, probe_of
from dialogues.turn import PAUSE

MAX_BYTES = 64

WelcomeKind: TypeAlias = Literal["agree", "age", "adult", "more"]
ScriptAction: TypeAlias = Literal["try", "live"]
AlertAction: TypeAlias = Literal[
    "take", "over", "hand", "read", "write", "release", "close", "back", "contacted", "passed", "false"
]


@dataclass(frozen=True, slots=True)
class QuestionButton:
    """A button of a question, or of a pause, in a conversation."""

    conversation: str
    step: str
    revision: int
    value: str


@dataclass(frozen=True, slots=True)
class MenuButton:
    """A dialogue on the menu; `instead` of the one that is going on."""

    dialogue: str
    instead: bool


@dataclass(frozen=True, slots=True)
class LanguageButton:
    """A language to go on in."""

    language: str


@dataclass(frozen=True, slots=True)
class DeleteButton:
    """Whether to delete everything."""

    confirmed: bool


@dataclass(frozen=True, slots=True)
class ScriptButton:
    """What to do with a question set that a member sent."""

    script_hash: str
    action: ScriptAction


@dataclass(frozen=True, slots=True)
class ReviewButton:
    """A button below a reply to review."""

    response: int
    value: str


@dataclass(frozen=True, slots=True)
class HelpButton:
    """Below the help lines: have somebody get in `touch`, or go on."""

    touch: bool


@dataclass(frozen=True, slots=True)
class AlertButton:
    """A button of an alert's card."""

    alert: int
    action: AlertAction


@dataclass(frozen=True, slots=True)
class WelcomeButton:
    """A button of the introduction; `wording` names the text that it stands under, where that is agreed to."""

    kind: WelcomeKind
    value: str
    wording: str


TokenButton: TypeAlias = (
    QuestionButton
    | MenuButton
    | LanguageButton
    | DeleteButton
    | ScriptButton
    | ReviewButton
    | HelpButton
    | AlertButton
    | WelcomeButton
)


def question_token(conversation: str, step: str, revision: int, value: str) -> str:
    """Return the token of a button of a question; `step` as from `step_code`."""
    return f"q:{conversation}:{step}:{revision}:{value}"


def step_code(script: Script, question: StepId) -> str:
    """Return how a token names the question, its probe, or a pause."""
    if question == PAUSE:
        return "z"
    name, dot, _ = question.partition(".")
    index = next(index for index, step in enumerate(script.steps) if step.id == name)
    return f"{index}p" if dot else str(index)


def step_id(script: Script, code: str) -> StepId | None:
    """Return the question that a token names so, or None where there is none."""
    if code == "z":
        return PAUSE
    index = int(code.rstrip("p"))
    if index >= len(script.steps):
        return None
    own = script.steps[index].id
    return probe_of(own) if code.endswith("p") else own


def read_token(token: str) -> TokenButton | None:
    """Return what the token stands for, or None for anything that is not one of ours."""
    if match := re.fullmatch(r"q:([0-9a-f]{1,32}):(\d{1,4}p?|z):(\d{1,9}):([!-~]{1,16})", token, re.ASCII):
        return QuestionButton(match[1], match[2], int(match[3]), match[4])
    if match := re.fullmatch(r"m([:!])([a-z][a-z0-9-]{0,39})", token):
        return MenuButton(match[2], match[1] == "!")
    if match := re.fullmatch(r"l:([a-z]{2})", token):
        return LanguageButton(match[1])
    if match := re.fullmatch(r"d:(yes|no)", token):
        return DeleteButton(match[1] == "yes")
    if match := re.fullmatch(r"s:([0-9a-f]{16}):(try|live)", token):
        return ScriptButton(match[1], "try" if match[2] == "try" else "live")
    if match := re.fullmatch(r"r:(\d{1,15}):(ok|none|leave|next|change|[+-][0-9a-f]{8})", token, re.ASCII):
        return ReviewButton(int(match[1]), match[2])
    if match := re.fullmatch(r"h:(touch|on)", token):
        return HelpButton(match[1] == "touch")
    return _alert_button(token) or _welcome_button(token)


def _alert_button(token: str) -> AlertButton | None:
    match = re.fullmatch(r"a:(\d{1,15}):([a-z]{1,10})", token, re.ASCII)
    action = next((action for action in get_args(AlertAction) if match and action == match[2]), None)
    return AlertButton(int(match[1]), action) if match and action else None


def _welcome_button(token: str) -> WelcomeButton | None:
    match = re.fullmatch(r"w:([a-z]{3,5}):([a-z0-9-]{0,16}):([0-9a-f]{0,16})", token, re.ASCII)
    kind = next((kind for kind in get_args(WelcomeKind) if match and kind == match[1]), None)
    return WelcomeButton(kind, match[2], match[3]) if match and kind else None
