"""The script of a dialogue: what is asked, in which order and wording.

A script is immutable and named by the hash of its content, so that a conversation can be pinned to exactly what its
respondent is being asked. This module knows the shape only: `reading` makes scripts from files, `engine` plays them.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NewType, TypeAlias

from pydantic import TypeAdapter

from dialogues.condition import Condition, Value

Language = NewType("Language", str)
"""A two-letter ISO 639-1 code, such as `en`."""
StepId = NewType("StepId", str)
"""Names a step within its script; what a condition or a `{placeholder}` refers to."""
OptionId = NewType("OptionId", str)
"""Names an option within its question."""
ScriptHash = NewType("ScriptHash", str)
"""The first 16 hexadecimal digits of the SHA-256 of a script's canonical JSON."""

PROBE = ".probe"
"""Behind a question's id: the reply to its probe. No name that an author gives has a dot."""
OTHER = OptionId("other")
"""The id of the option that `other` of a question adds."""

Text: TypeAlias = Mapping[Language, str]
"""One text in each language of its script."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen."""

    id: OptionId
    text: Text


@dataclass(frozen=True, slots=True)
class Say:
    """A message that asks nothing."""

    id: StepId
    text: Text
    when: Condition | None = None
    kind: Literal["say"] = "say"


@dataclass(frozen=True, slots=True)
class Choice:
    """Closed, one option. With `other`, a last option that asks for the respondent's own words."""

    id: StepId
    text: Text
    options: tuple[Option, ...]
    other: Text | None = None
    required: bool = False
    when: Condition | None = None
    kind: Literal["choice"] = "choice"


@dataclass(frozen=True, slots=True)
class Choices:
    """Closed, several options, at most `at_most` of them (None: as many as there are)."""

    id: StepId
    text: Text
    options: tuple[Option, ...]
    other: Text | None = None
    at_most: int | None = None
    required: bool = False
    when: Condition | None = None
    kind: Literal["choices"] = "choices"


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole numbers from `lowest` to `highest`, both included; labels say what the ends mean."""

    id: StepId
    text: Text
    lowest: int
    highest: int
    low_label: Text | None = None
    high_label: Text | None = None
    required: bool = False
    when: Condition | None = None
    kind: Literal["scale"] = "scale"


@dataclass(frozen=True, slots=True)
class Number:
    """A number, between the bounds where there are any (both included)."""

    id: StepId
    text: Text
    lowest: float | None = None
    highest: float | None = None
    whole: bool = True
    required: bool = False
    when: Condition | None = None
    kind: Literal["number"] = "number"


@dataclass(frozen=True, slots=True)
class Open:
    """Free text. The probe is asked once, when a reply has fewer than `probe_under_words` words."""

    id: StepId
    text: Text
    probe: Text | None = None
    probe_under_words: int = 4
    required: bool = False
    when: Condition | None = None
    kind: Literal["open"] = "open"


PARTICIPATION = StepId("participation")
"""The key of the consent to take part at all, which the bot's introduction asks before any dialogue."""


@dataclass(frozen=True, slots=True)
class Consent:
    """Asks to take part. Who declines is thanked with `declined`, and the dialogue is over."""

    id: StepId
    text: Text
    agree: Text
    decline: Text
    declined: Text
    kind: Literal["consent"] = "consent"

    @property
    def key(self) -> str:
        """Names this wording in all its languages: who agreed to it need not be asked again.

        With the id `participation` it only asks what the bot's introduction asks, in whichever words.
        """
        if self.id == PARTICIPATION:
            return PARTICIPATION
        wording = json.dumps([dict(self.text), dict(self.agree)], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(wording.encode()).hexdigest()[:16]


Question: TypeAlias = Choice | Choices | Scale | Number | Open | Consent
Step: TypeAlias = Say | Question


def probe_of(question: StepId) -> StepId:
    """Return the id under which the reply to the question's probe stands."""
    return StepId(question + PROBE)


def names_other(question: Question, value: Value | None) -> bool:
    """Return whether the value has the question's "other" in it, which asks for the respondent's own words."""
    if not isinstance(question, Choice | Choices) or question.other is None:
        return False
    return OTHER in (value if isinstance(value, tuple) else (value,))


@dataclass(frozen=True, slots=True)
class Script:
    """One dialogue (question set). `languages[0]` is the one its author wrote first; every text has them all."""

    dialogue: str
    title: Text
    about: Text
    languages: tuple[Language, ...]
    steps: tuple[Step, ...]
    thanks: Text
    minutes: int | None = None
    codebook: str | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """The steps that ask something, in order."""
        return tuple(step for step in self.steps if not isinstance(step, Say))

    @property
    def asks_first(self) -> bool:
        """Whether respondents are asked for their consent; without, it is not to go live."""
        return any(isinstance(step, Consent) for step in self.steps)

    def step(self, step_id: StepId) -> Step:
        """Return the step of that id. Raises KeyError where there is none."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def language(self, wanted: str) -> Language:
        """Return the wanted language where the script has it, else its first."""
        return next((own for own in self.languages if own == wanted), self.languages[0])


_SCRIPT: TypeAdapter[Script] = TypeAdapter(Script)


def to_json(script: Script) -> str:
    """Return the canonical JSON of a script: the same content gives the same text."""
    return json.dumps(_SCRIPT.dump_python(script, mode="json"), sort_keys=True, ensure_ascii=False)


def from_json(text: str) -> Script:
    """Return the script that `to_json` wrote. Raises pydantic.ValidationError for anything else."""
    return _SCRIPT.validate_json(text)


def script_hash(script: Script) -> ScriptHash:
    """Return the name of this content; spaces and comments of the file it came from do not count."""
    return ScriptHash(hashlib.sha256(to_json(script).encode()).hexdigest()[:16])
