"""The dialogue engine: a pure function from a conversation and an event to the next conversation and its effects.

No await, clock, database, Telegram or spaCy. Nothing that a respondent does is an error: what does not fit is answered
kindly, and changes nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from dialogues.conversation import (
    Alert,
    Amend,
    Button,
    Conversation,
    Edited,
    Event,
    Paused,
    Record,
    Remind,
    Resumed,
    SentMedia,
    Skipped,
    Started,
    Step,
    Stopped,
    Switched,
    Tapped,
    TimedOut,
    Typed,
    WentBack,
    Withdraw,
)
from dialogues.script import Script
from dialogues.tapped import take_tap
from dialogues.turn import GIVE_UP_AFTER, PAUSE, Turn
from dialogues.typed import take_edit, take_words


def advance(script: Script, conversation: Conversation, event: Event, now: datetime) -> Step:
    """Return what the event makes of the conversation; `now` is in UTC. Never raises, whatever the event."""
    turn = Turn(script, replace(conversation, language=script.language(conversation.language)), now)
    if not isinstance(event, TimedOut):
        turn.change(reminded=False)
    if conversation.phase == "ended":
        _take_after_the_end(turn, event)
    elif conversation.revision == 0:
        turn.change(agreed=event.agreed if isinstance(event, Started) else frozenset())
        _screened(turn, event.flags if isinstance(event, Typed | Edited) else (), turn.go_on, keep=False)
    elif isinstance(event, Tapped | Typed | Edited | SentMedia | TimedOut):
        _take(turn, event)
    else:
        _obey(turn, event)
    return Step(turn.conversation, tuple(turn.effects))


def _take(turn: Turn, event: Tapped | Typed | Edited | SentMedia | TimedOut) -> None:
    match event:
        case Tapped():
            take_tap(turn, event)
        case Typed(text, flags, unseen):
            may_keep = not unseen and turn.takes_any_words and turn.conversation.phase == "asking"
            _screened(turn, flags, lambda: take_words(turn, text, unseen=unseen), keep=may_keep)
        case Edited(question, _, flags):
            _screened(turn, flags, lambda: take_edit(turn, event), keep=question is not None)
        case SentMedia():
            turn.say(turn.words.text_only)
        case TimedOut():
            _remind(turn)
        case _:
            assert_never(event)


def _obey(turn: Turn, event: Started | Skipped | WentBack | Paused | Resumed | Stopped | Switched) -> None:
    match event:
        case Started() | Resumed():
            turn.take_up()
        case Skipped():
            turn.take_up() if turn.is_settled else turn.skip()
        case WentBack():
            turn.back()
        case Paused():
            turn.pause(turn.words.paused)
        case Stopped():
            turn.finish("break_off", turn.words.stopped)
        case Switched(language):
            turn.change(language=turn.script.language(language), candidates=())
            turn.take_up()
        case _:
            assert_never(event)


def _take_after_the_end(turn: Turn, event: Event) -> None:
    match event:
        case Edited(question, _, flags):
            _screened(turn, flags, lambda: take_edit(turn, event), keep=question is not None)
        case Typed(_, flags) if flags:
            _screened(turn, flags, lambda: None, keep=False)
        case Started() | Resumed() if turn.conversation.ending == "break_off":
            turn.forget(phase="asking", ending=None, asked=None)
            turn.go_on()
        case Tapped():
            turn.notify(turn.words.stale)
        case TimedOut():
            pass
        case _:
            turn.say(turn.words.over)


def _screened(turn: Turn, flags: tuple[str, ...], take: Callable[[], None], *, keep: bool) -> None:
    """Take the words. Where they are flagged, store them if they are to be kept, and say nothing but the alert."""
    if not flags:
        take()
        return
    turn.held = True
    if keep:
        take()
    turn.effects = [effect for effect in turn.effects if isinstance(effect, Record | Amend | Withdraw)]
    if turn.conversation.phase != "ended":
        turn.change(phase="paused")
    turn.effects += [Remind(None), Alert(PAUSE, turn.conversation.revision, flags)]


def _remind(turn: Turn) -> None:
    if turn.conversation.phase == "paused":
        return
    if turn.conversation.reminded:
        turn.finish("break_off", turn.words.gone_quiet)
        return
    turn.change(reminded=True)
    turn.offer(turn.words.reminder, Button(turn.words.carry_on, "resume"), Button(turn.words.stop, "stop"))
    turn.effects.append(Remind(turn.now + GIVE_UP_AFTER))
