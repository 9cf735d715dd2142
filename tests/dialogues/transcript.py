"""Transcripts: what a respondent does in a set, and what the bot answers, as a youth worker would read it.

A transcript names its set and language, and then alternates lines of the respondent with what the bot says to them:

    > the bus               typed                    > [Bus]                  tapped, on the last buttons shown
    > /skip                 a command                > [Bus] (again)          the tap before, doubled
    > (photo)               no text                  > (a day later)          nothing was heard
    > (edits mode) a bike   an edited message        > (danger) words         words that raise this flag

Below it stands what is kept. `python -m tests.dialogues.rewrite` plays all transcripts again and writes them anew.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from dialogues.conversation import (
    Alert,
    Ask,
    Close,
    Conversation,
    Edited,
    Effect,
    Event,
    Finish,
    Notify,
    Paused,
    Response,
    Resumed,
    Say,
    SentMedia,
    Skipped,
    Started,
    Stopped,
    Switched,
    Tapped,
    TimedOut,
    Typed,
    WentBack,
    Withdraw,
)
from dialogues.engine import advance
from dialogues.script import Script, StepId
from tests.dialogues.plays import NOW, SETS, shipped

FOLDER = Path(__file__).parent / "transcripts"
TRANSCRIPTS = tuple(sorted(FOLDER.glob("*.txt")))
COMMANDS: dict[str, Event] = {
    "/skip": Skipped(),
    "/back": WentBack(),
    "/pause": Paused(),
    "/resume": Resumed(),
    "/stop": Stopped(),
    "/start": Started(),
    "(a day later)": TimedOut(),
}
_INDENT = "     "


def head(text: str, name: str) -> str:
    """Return what a transcript says at its top about `name`. Raises ValueError where it does not."""
    match = re.search(rf"^{name}: (.+)$", text, re.MULTILINE)
    if match is None:
        raise ValueError(f"a transcript needs a line '{name}: ...'")
    return match[1]


def replayed(text: str) -> str:
    """Return the transcript with everything that the bot says as it says it now."""
    top, *said = re.split(r"^> ", text, flags=re.MULTILINE)
    remarks = [line for line in top.splitlines() if re.match(r"#|(set|language): ", line)]
    script = shipped(next(path for path in SETS if path.stem == head(top, "set")))
    actions = [action.partition("\n")[0] for action in said]
    return "\n".join([*remarks, "", *_played(script, head(top, "language"), actions)]) + "\n"


def _played(script: Script, language: str, actions: list[str]) -> Iterator[str]:
    conversation, shown, tapped = Conversation(script.language(language)), list[Ask](), list[Tapped]()
    for action in (None, *actions):
        event = Started() if action is None else _event(action, script, shown, tapped)
        step = advance(script, conversation, event, NOW)
        conversation = step.conversation
        if action is not None:
            yield f"\n> {action}"
        tapped += [event] if isinstance(event, Tapped) else []
        shown += [effect for effect in step.effects if isinstance(effect, Ask)]
        for effect in step.effects:
            yield from _shown(effect)
    yield "\nkept:"
    yield from (f"  {given.question}: {_held(given)}" for given in conversation.responses)


def _event(action: str, script: Script, shown: list[Ask], tapped: list[Tapped]) -> Event:
    if action in COMMANDS:
        return COMMANDS[action]
    match re.fullmatch(r"(?:/(language) |\[(.+)\]( \(again\))?$|\((edits )?([a-z.-]+)\) ?)?(.*)", action, re.DOTALL):
        case None:
            raise ValueError(f"what is '{action}'?")
        case found:
            language, label, again, edits, inside, words = found.groups()
    if language:
        return Switched(script.language(words))
    if again:
        return tapped[-1]
    if label:
        return _tap(label, shown)
    if edits:
        return Edited(StepId(inside), words)
    if inside:
        return Typed(words, (inside,)) if words else SentMedia(inside)
    return Typed(words)


def _tap(label: str, shown: list[Ask]) -> Tapped:
    """Return the tap on the last button that was shown with this label. Raises ValueError where none was."""
    for ask in reversed(shown):
        for button in (button for row in ask.buttons for button in row):
            if button.label == label:
                return Tapped(ask.question, ask.revision, button.value)
    raise ValueError(f"no button '{label}' was shown")


def _shown(effect: Effect) -> Iterator[str]:
    match effect:
        case Say(text):
            yield from _spoken(text)
        case Ask(_, _, text, rows, again):
            yield from [f"{_INDENT}(the buttons change)"] if again else _spoken(text)
            yield from (_INDENT + " ".join(f"[{button.label}]" for button in row) for row in rows)
        case Close(_, text):
            yield f"{_INDENT}(in the place of the buttons: {text.splitlines()[-1]})"
        case Notify(text):
            yield f"{_INDENT}(in passing: {text})"
        case Alert(_, _, flags):
            yield f"{_INDENT}(help lines, a button to carry on; the lead is told: {', '.join(flags)})"
        case Withdraw(question):
            yield f"{_INDENT}(the answer to {question} is taken back)"
        case Finish(ending):
            yield f"{_INDENT}(the end: {ending})"
        case _:
            pass


def _spoken(text: str) -> Iterator[str]:
    for number, line in enumerate(text.split("\n")):
        yield (("bot: " if number == 0 else _INDENT) + line).rstrip()


def _held(given: Response) -> str:
    if given.value is None:
        return given.outcome.replace("_", " ")
    value = ", ".join(given.value) if isinstance(given.value, tuple) else str(given.value)
    return value if given.text in (None, value) else f"{value}, from “{given.text}”"
