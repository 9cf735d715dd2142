"""Scripts that nobody would write, and what people do to them."""

from collections.abc import Callable
from typing import TypeAlias, cast

from hypothesis import strategies as st

from dialogues.condition import All, Answered, Any, Compares, Condition, Is, Not
from dialogues.conversation import (
    Ask,
    Edited,
    Event,
    Paused,
    Resumed,
    SentMedia,
    Skipped,
    Started,
    Stopped,
    Switched,
    Tapped,
    TimedOut,
    Typed,
    WentBack,
)
from dialogues.script import (
    OTHER,
    Choice,
    Choices,
    Consent,
    Language,
    Number,
    Open,
    Option,
    OptionId,
    Question,
    Say,
    Scale,
    Script,
    Step,
    StepId,
    Text,
)
from dialogues.turn import PAUSE
from tests.dialogues.plays import EN, ES, SETS, shipped

LABELS = ("Bus", "Train, tram or metro", "On foot", "Not often", "11 or under", "12 to 14", "No way", "Other")


def _text(words: str) -> Text:
    return {EN: words, ES: f"¿{words}?"}


@st.composite
def conditions(draw: st.DrawFn, earlier: tuple[Question, ...], depth: int = 2) -> Condition:
    question = draw(st.sampled_from(earlier))
    leaf: st.SearchStrategy[Condition] = st.just(Answered(question.id))
    if isinstance(question, Choice | Choices):
        names = [option.id for option in question.options] + [OTHER]
        leaf |= st.builds(Is, st.just(question.id), st.lists(st.sampled_from(names), min_size=1).map(tuple))
    if isinstance(question, Scale | Number):
        relations = st.sampled_from(("<", "<=", "=", ">=", ">"))
        leaf |= st.builds(Compares, st.just(question.id), relations, st.integers(-2, 8).map(float))
    if depth == 0:
        return draw(leaf)
    inner = conditions(earlier, depth - 1)
    pairs = st.lists(inner, min_size=1, max_size=2).map(tuple)
    return draw(leaf | st.builds(Not, inner) | st.builds(All, pairs) | st.builds(Any, pairs))


@st.composite
def steps(draw: st.DrawFn, index: int, earlier: tuple[Question, ...]) -> Step:
    name, required, pipes = StepId(f"s{index}"), draw(st.booleans()), draw(st.booleans())
    piped = f" ({{{draw(st.sampled_from(earlier)).id}|nothing}})" if earlier and pipes else ""
    text = _text(f"Question {index}{piped}")
    when = draw(st.none() | conditions(earlier)) if earlier else None
    labels = draw(st.lists(st.sampled_from(LABELS), min_size=2, max_size=5, unique=True))
    other = draw(st.none() | st.just(_text("Something else")))
    names = [OTHER if label == "Other" and other is None else f"o{place}" for place, label in enumerate(labels)]
    options = tuple(Option(OptionId(name), _text(label)) for name, label in zip(names, labels, strict=True))
    low, high = draw(st.integers(0, 3)), draw(st.integers(4, 11))
    match draw(st.sampled_from(("say", "choice", "choices", "scale", "number", "open"))):
        case "say":
            return Say(name, text, when)
        case "choice":
            return Choice(name, text, options, other, required, when)
        case "choices":
            at_most = draw(st.none() | st.integers(1, len(options)))
            return Choices(name, text, options, other, at_most, required, when)
        case "scale":
            return Scale(name, text, low, high, _text("low"), None, required, when)
        case "number":
            bounds = draw(st.sampled_from(((None, None), (low, None), (None, high), (low, high))))
            return Number(name, text, *bounds, draw(st.booleans()), required, when)
        case _:
            return Open(name, text, draw(st.none() | st.just(_text("Why?"))), 4, required, when)


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    made: list[Step] = []
    if draw(st.booleans()):
        agree, decline = _text("I'm in"), _text("No thanks")
        made.append(Consent(StepId("consent"), _text("Take part?"), agree, decline, _text("No problem.")))
    for index in range(draw(st.integers(1, 6))):
        earlier = tuple(step for step in made if not isinstance(step, Say))
        made.append(draw(steps(index, earlier)))
    return Script("made", _text("Made"), _text("Made."), (EN, ES), tuple(made), _text("Thanks."))


any_script = st.sampled_from(SETS).map(shipped) | scripts()

words = st.sampled_from(
    [
        *LABELS,
        *("yes", "no", "1", "2", "the second", "bus", "bus and on foot", "train or bus", "probably the bus", "buss"),
        *("maybe", "idk", "skip", "rather not say", "none", "all of them", "16 or 17", "3.5", "-1", "3", "999999"),
        *("done", "back", "Keep my answer", "listo", "volver"),
        *("by hovercraft", "it is too late at night for me", "", "  ", "=1", "{mode}", "🚲", "x" * 4096, "9" * 400),
    ]
) | st.text(max_size=30)


Move: TypeAlias = Callable[[list[Ask], Script], Event]
"""What a respondent does, given the questions asked so far."""


def _tap(nth: int, back: int) -> Move:
    def move(asked: list[Ask], script: Script) -> Event:
        seen = [ask for ask in asked if ask.buttons]
        if not seen:
            return Tapped(StepId("s0"), nth, str(nth))
        ask = seen[max(-1 - back, -len(seen))]
        buttons = [button for row in ask.buttons for button in row]
        return Tapped(ask.question, ask.revision, buttons[nth % len(buttons)].value)

    return move


def _forged(nth: int, revision: int, value: str) -> Move:
    def move(asked: list[Ask], script: Script) -> Event:
        names = [*(step.id for step in script.steps), PAUSE, StepId("nobody")]
        return Tapped(names[nth % len(names)], revision, value)

    return move


def _edit(nth: int, text: str, flags: tuple[str, ...], unseen: bool) -> Move:
    def move(asked: list[Ask], script: Script) -> Event:
        names = [None, *dict.fromkeys(ask.question for ask in asked if ask.question != PAUSE)]
        return Edited(names[nth % len(names)], text, flags, unseen)

    return move


def _plain(event: object) -> Move:
    return lambda asked, script: cast("Event", event)


_number = st.integers(0, 30)
_flags = st.sampled_from(((), (), (), (), ("self-harm",)))
_values = st.sampled_from(
    ("skip", "back", "keep", "none", "done", "unplaced", "resume", "stop", "yes", "0", "+0", "-1", "c0", "c9", "+", "")
)
_taps = st.builds(_tap, _number, st.sampled_from((0, 0, 0, 0, 1, 2)))
_typed = st.builds(Typed, words, _flags, st.sampled_from((False, False, False, True))).map(_plain)
_obeyed: st.SearchStrategy[Move] = st.sampled_from(
    [
        *(Skipped(), WentBack(), Paused(), Resumed(), TimedOut(), Started(), SentMedia("photo"), Stopped()),
        *(Switched(ES), Switched(EN), Switched(Language("xx"))),
    ]
).map(_plain)

moves = (
    _taps
    | _taps
    | _typed
    | _obeyed
    | st.builds(_edit, _number, words, _flags, st.booleans())
    | st.builds(_forged, _number, _number, _values)
)
