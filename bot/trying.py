"""Plays one dialogue in the terminal on the real engine: nothing is stored, and no network is needed."""

from collections.abc import Iterator
from datetime import UTC, datetime

from rich.console import Console

from bot.commands import EVENTS
from bot.terminal import Terminal
from dialogues import conversation as talk
from dialogues.conversation import Button, Conversation, Event
from dialogues.engine import advance
from dialogues.script import Language, Script, StepId

HOW = "Type a reply, or the letter in front of a button. /skip /back /pause /resume /stop work as in the chat."


def play(script: Script, language: Language, lines: Iterator[str], console: Console) -> Conversation:
    """Play the script until it ends or the lines do, and return how far it came."""
    terminal = Terminal(console)
    console.print(HOW, style="dim")
    conversation = _show(terminal, advance(script, Conversation(language), talk.Started(), datetime.now(UTC)))
    while conversation.phase != "ended" and (line := next(lines, None)) is not None:
        event = _event(terminal, line)
        if event is not None:
            conversation = _show(terminal, advance(script, conversation, event, datetime.now(UTC)))
    return conversation


def _event(terminal: Terminal, line: str) -> Event | None:
    if not line.strip():
        return None
    slash, name = line.strip()[:1], line.strip()[1:]
    if slash == "/" and name in EVENTS:
        return EVENTS[name]()
    token = terminal.tapped(line)
    if token is None:
        return talk.Typed(line.strip())
    question, revision, value = token.split("\t")
    return talk.Tapped(StepId(question), int(revision), value)


def _show(terminal: Terminal, step: talk.Step) -> Conversation:
    for effect in step.effects:
        match effect:
            case talk.Say(text) | talk.Notify(text):
                terminal.say(text)
            case talk.Ask(question, revision, text, rows, again):
                if not again:
                    terminal.say(text)
                terminal.offer(_tokens(rows, question, revision))
            case _:
                pass
    return step.conversation


def _tokens(rows: tuple[tuple[Button, ...], ...], question: str, revision: int) -> list[list[tuple[str, str]]]:
    return [[(button.label, f"{question}\t{revision}\t{button.value}") for button in row] for row in rows]
