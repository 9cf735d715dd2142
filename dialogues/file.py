"""The file format of a dialogue, as models: what an author may write, and nothing else.

A step is a mapping with one of `KINDS` as its first key. Every text is plain, or a mapping from language to text; here
a plain one stands under the language "". What the parts mean together is checked by `compiling`.
"""

from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

MAX_STEPS = 300
MAX_OPTIONS = 24
"""Telegram allows 100 buttons; nobody reads that many."""


def _text(value: object) -> object:
    if isinstance(value, str) and value:
        return {"": value}
    if isinstance(value, dict) and value and all(isinstance(words, str) and words for words in value.values()):
        return value
    raise PydanticCustomError("text", "a text")


def _option(value: object) -> object:
    return value if isinstance(value, dict) and {"text", "id"} & set(value) else {"text": value}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Texts: TypeAlias = Annotated[dict[str, str], BeforeValidator(_text)]
"""Language -> text; a plain text stands under ""."""
Name: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]


class OptionPart(_Part):
    """An option: a text, or `id:` and `text:`."""

    text: Texts
    id: Name | None = None


Options: TypeAlias = Annotated[
    list[Annotated[OptionPart, BeforeValidator(_option)]], Field(min_length=2, max_length=MAX_OPTIONS)
]


class _StepPart(_Part):
    id: Name | None = None
    when: str | None = None


class SayPart(_StepPart):
    """`say:` a message that asks nothing."""

    text: Texts = Field(alias="say")


class _QuestionPart(_StepPart):
    required: bool = False


class ChoicePart(_QuestionPart):
    """`choose:` one of several options."""

    text: Texts = Field(alias="choose")
    options: Options
    other: Texts | None = None


class ChoicesPart(_QuestionPart):
    """`choose several:` any number of options, or `at most:` that many."""

    text: Texts = Field(alias="choose several")
    options: Options
    other: Texts | None = None
    at_most: Annotated[int, Field(ge=1)] | None = Field(None, alias="at most")


class ScalePart(_QuestionPart):
    """`scale:` whole numbers `from:` one end `to:` the other, with what `low:` and `high:` mean."""

    text: Texts = Field(alias="scale")
    lowest: int = Field(1, alias="from", ge=0, le=10)
    highest: int = Field(5, alias="to", ge=1, le=11)
    low: Texts | None = None
    high: Texts | None = None


class NumberPart(_QuestionPart):
    """`number:` any number, or one `from:` here `to:` there; `whole: no` allows decimals."""

    text: Texts = Field(alias="number")
    lowest: float | None = Field(None, alias="from", ge=-1e9, le=1e9)
    highest: float | None = Field(None, alias="to", ge=-1e9, le=1e9)
    whole: bool = True


class OpenPart(_QuestionPart):
    """`ask:` free text; a `probe:` follows up once on a short reply, `probe under:` so many words."""

    text: Texts = Field(alias="ask")
    probe: Texts | None = None
    probe_under: int = Field(4, alias="probe under", ge=1, le=30)


class ConsentPart(_Part):
    """`consent:` asks to take part."""

    text: Texts = Field(alias="consent")
    id: Name | None = None
    agree: Texts | None = None
    decline: Texts | None = None
    declined: Texts | None = None


StepPart: TypeAlias = SayPart | ChoicePart | ChoicesPart | ScalePart | NumberPart | OpenPart | ConsentPart

KINDS: dict[str, type[StepPart]] = {
    "say": SayPart,
    "choose": ChoicePart,
    "choose several": ChoicesPart,
    "scale": ScalePart,
    "number": NumberPart,
    "ask": OpenPart,
    "consent": ConsentPart,
}


class DialoguePart(_Part):
    """The file as a whole; its steps are validated one by one, each by its kind."""

    dialogue: Name
    title: Texts
    about: Texts
    minutes: int | None = Field(None, ge=1, le=60)
    languages: Annotated[list[Annotated[str, Field(pattern=r"^[a-z]{2}$")]], Field(min_length=1, max_length=20)] = [
        "en"
    ]
    codebook: Name | None = None
    steps: Annotated[list[Any], Field(min_length=1, max_length=MAX_STEPS)]
    thanks: Texts | None = None
