"""Taps on buttons: what they do to a conversation."""

from typing import assert_never

from dialogues import asking
from dialogues.condition import Value
from dialogues.conversation import Tapped
from dialogues.labels import value_label
from dialogues.script import Choice, Choices, Consent, Number, Open, Scale
from dialogues.turn import PAUSE, Turn
from dialogues.typed import add_options, out_of_bounds

_TICK_OR_NOT = str.maketrans("+-", "-+")


def take_tap(turn: Turn, event: Tapped) -> None:
    """Take a tap; one on a button that is no longer, or never was, there changes nothing."""
    state = turn.conversation
    is_current = event.revision == state.revision
    if event.question == PAUSE and (is_current or state.phase == "paused"):
        _take_pause(turn, event.value)
    elif turn.is_settled:
        turn.notify(turn.words.stale)
    elif event.question == turn.asked_id and is_current and _is_shown(turn, event.value):
        turn.unpause()
        _take_current(turn, event.value)
    else:
        turn.notify(turn.words.stale)


def _take_pause(turn: Turn, value: str) -> None:
    """Take a tap on a button of a pause or a reminder."""
    match value:
        case "stop":
            turn.finish("break_off", turn.words.stopped)
        case "resume":
            turn.take_up()
        case _:
            turn.notify(turn.words.stale)


def _is_shown(turn: Turn, value: str) -> bool:
    """Return whether the question has that button; a tick's button counts in both its states, for a doubled tap."""
    rows = asking.buttons(turn.script, turn.question, turn.conversation)
    shown = {button.value for row in rows for button in row}
    return value in shown or (value[:1] in ("+", "-") and value.translate(_TICK_OR_NOT) in shown)


def _take_current(turn: Turn, value: str) -> None:
    match value:
        case "skip":
            turn.settle(turn.words.skipped)
            turn.skip()
        case "back":
            turn.back()
        case "keep":
            turn.leave()
        case "none":
            turn.change(candidates=())
            turn.ask()
        case _ if turn.conversation.candidates:
            _take_candidate(turn, turn.conversation.candidates[int(value[1:])].value)
        case "unplaced":
            _save_unplaced(turn)
        case _:
            _answer(turn, value)


def _answer(turn: Turn, value: str) -> None:
    question = turn.question
    match question:
        case Consent():
            turn.consented(agreed=value == "yes")
        case Choice():
            _choose(turn, asking.option_ids(question)[int(value)])
        case Choices() if value == "done":
            _done(turn)
        case Choices():
            _tick(turn, asking.option_ids(question)[int(value[1:])], on=value[0] == "+")
        case Scale():
            _choose(turn, int(value))
        case Number() | Open():
            turn.notify(turn.words.stale)
        case _:
            assert_never(question)


def _save_unplaced(turn: Turn) -> None:
    """Save the words that match no option as "other", unless as many are ticked already as may be."""
    words, value = turn.conversation.unplaced, turn.with_other()
    problem = out_of_bounds(turn.question, value, turn.conversation.language)
    if problem is not None:
        turn.notify(problem)
        return
    turn.settle(turn.words.answered.format(answer=words))
    turn.respond("answered", value, words)


def _choose(turn: Turn, value: Value) -> None:
    question = turn.question
    if isinstance(question, Consent):
        turn.consented(agreed=value is True)
        return
    turn.settle(turn.words.answered.format(answer=value_label(question, value, turn.conversation.language)))
    turn.choose(value)


def _take_candidate(turn: Turn, value: Value) -> None:
    """Take what was asked back as the response, or beside the options that are ticked already."""
    question, selected = turn.question, turn.conversation.selected
    if isinstance(question, Choices) and selected and isinstance(value, tuple):
        add_options(turn, question, (*selected, *value))
    else:
        _choose(turn, value)


def _tick(turn: Turn, name: str, *, on: bool) -> None:
    before = turn.conversation.selected
    others = tuple(one for one in before if one != name)
    if turn.select((*others, name) if on else others) and turn.conversation.selected != before:
        turn.refresh()


def _done(turn: Turn) -> None:
    if turn.conversation.selected:
        _choose(turn, turn.conversation.selected)
    else:
        turn.notify(turn.words.nothing_selected)
