"""What must hold whatever a respondent does: of every state, of every step, and of the whole way."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from dialogues import path
from dialogues.conversation import (
    Alert,
    Amend,
    Ask,
    Close,
    Conversation,
    Edited,
    Effect,
    Event,
    Finish,
    Notify,
    Record,
    Remind,
    Response,
    Say,
    Step,
    Tapped,
    TimedOut,
    Typed,
    Withdraw,
    from_json,
    to_json,
)
from dialogues.engine import advance
from dialogues.script import Choices, Consent, Script
from dialogues.script import Say as SayStep
from dialogues.turn import PAUSE
from tests.dialogues.plays import NOW
from tests.dialogues.strategies import Move

LONGEST = 4096
"""UTF-16 units or fewer: Telegram's limit for a message."""


def check_state(script: Script, state: Conversation) -> None:
    """Fail unless this is a conversation as there can be one."""
    assert from_json(to_json(state)) == state
    names = [given.question for given in state.responses]
    assert len(names) == len(set(names))
    assert set(names) <= {name for step in script.questions for name in (step.id, f"{step.id}.probe")}
    assert all((given.outcome == "answered") == (given.value is not None) for given in state.responses)
    assert not path.orphans(script, state)
    assert (state.phase == "ended") == (state.ending is not None) == (state.step == len(script.steps))
    for question in (step for step in script.questions if isinstance(step, Choices) and step.at_most is not None):
        chosen = path.answers(state).get(question.id)
        assert not isinstance(chosen, tuple) or len(chosen) <= (question.at_most or 0)
    if state.phase != "ended":
        check_position(script, state)


def check_position(script: Script, state: Conversation) -> None:
    """Fail unless the conversation stands at a question that it may stand at."""
    if state.revision == 0:
        return
    step = script.steps[state.step]
    assert not isinstance(step, SayStep)
    number, total = path.progress(script, state)
    assert isinstance(step, Consent) or 1 <= number <= total
    responded = any(given.question == step.id for given in state.responses)
    if state.phase == "asking":
        assert path.applies(step, path.answers(state))
        assert responded == (state.revisiting or state.waiting == "probe") or state.waiting == "other"
    if isinstance(step, Choices):
        assert step.at_most is None or len(state.selected) <= step.at_most
    else:
        assert not state.selected


def replayed(responses: tuple[Response, ...], effects: tuple[Effect, ...]) -> dict[str, Response]:
    """Return the responses that the effects lead to, each effect being what it says it is."""
    kept: dict[str, Response] = {given.question: given for given in responses}
    for effect in effects:
        match effect:
            case Record(response):
                assert response.question not in kept
                kept[response.question] = response
            case Amend(response):
                assert response.question in kept
                kept[response.question] = response
            case Withdraw(question):
                del kept[question]
            case _:
                pass
    return kept


def check_step(script: Script, before: Conversation, event: Event, step: Step) -> None:
    """Fail unless this is what the event may lead to."""
    after = step.conversation
    assert replayed(before.responses, step.effects) == {given.question: given for given in after.responses}
    asks = [effect for effect in step.effects if isinstance(effect, Ask)]
    assert len(asks) <= 1
    for ask in asks:
        check_ask(script, after, ask)
    assert after.revision == before.revision + any(ask.question != PAUSE and not ask.again for ask in asks)
    for effect in step.effects:
        if isinstance(effect, Say | Close | Ask | Notify):
            assert 0 < len(effect.text.encode("utf-16-le")) / 2 <= LONGEST
    finished = [effect for effect in step.effects if isinstance(effect, Finish)]
    assert len(finished) == (after.phase == "ended" and after.ending != before.ending)
    check_flags(before, event, step)
    if not isinstance(event, TimedOut | Tapped):
        assert any(isinstance(effect, Say | Ask | Alert) for effect in step.effects), "silence"


def check_ask(script: Script, after: Conversation, ask: Ask) -> None:
    """Fail unless this is the question that the conversation stands at, with buttons that can be sent."""
    assert ask.revision == after.revision
    buttons = [button for row in ask.buttons for button in row]
    assert all(ask.buttons)
    assert all(button.label.strip() for button in buttons)
    assert all(button.value.isascii() and 0 < len(button.value) <= 16 for button in buttons)
    assert len({button.value for button in buttons}) == len(buttons)
    if ask.question != PAUSE:
        step = script.steps[after.step]
        assert ask.question == step.id or ask.question == f"{step.id}.probe"
        assert path.applies(step, path.answers(after))
        assert after.phase == "asking"


def check_flags(before: Conversation, event: Event, step: Step) -> None:
    """Fail unless flagged words, and only these, raise an alert, and pause the conversation with nothing else said."""
    flags = event.flags if isinstance(event, Typed | Edited) else ()
    alerts = [effect.flags for effect in step.effects if isinstance(effect, Alert)]
    assert alerts == ([flags] if flags else [])
    if flags:
        assert not any(isinstance(effect, Say | Ask | Close | Notify) for effect in step.effects)
        assert step.conversation.phase == ("ended" if before.phase == "ended" else "paused")


@dataclass
class Walk:
    """One conversation with what must hold checked after each event."""

    script: Script
    conversation: Conversation
    asked: list[Ask] = field(default_factory=list)
    reminder: datetime | None = None
    repeats: int = 0

    def move(self, move: Move) -> Step:
        return self.take(move(self.asked, self.script))

    def take(self, event: Event) -> Step:
        before = self.conversation
        self.repeats = 0 if before.phase == "ended" else self.repeats
        step = advance(self.script, before, event, NOW)
        assert step == advance(self.script, from_json(to_json(before)), event, NOW)
        check_step(self.script, before, event, step)
        check_state(self.script, step.conversation)
        if isinstance(event, Tapped) and before.revision:
            self._check_tap(before, event, step)
        self.conversation = step.conversation
        self._check_reminder(event, step)
        self._check_repeats(step)
        return step

    def _check_tap(self, before: Conversation, event: Tapped, step: Step) -> None:
        """Fail unless a tap does nothing where it is stale, forged, or the second of two."""
        again = advance(self.script, step.conversation, event, NOW)
        assert again.conversation == step.conversation
        assert all(isinstance(effect, Notify) for effect in again.effects)
        if not self._is_live(event):
            assert step.conversation == replace(before, reminded=False)
            assert all(isinstance(effect, Notify) for effect in step.effects)

    def _is_live(self, event: Tapped) -> bool:
        shown = {button.value for ask in self.asked[-1:] for row in ask.buttons for button in row}
        ticks = {value.translate(str.maketrans("+-", "-+")) for value in shown if value[0] in "+-"}
        state = self.conversation
        own = {ask.question for ask in self.asked if ask.question != PAUSE and ask.revision == state.revision}
        if event.question == PAUSE:
            return event.value in ("resume", "stop") and (event.revision == state.revision or state.phase == "paused")
        live = event.question in own and event.revision == state.revision
        return live and (event.value in shown | ticks or self.asked[-1].question == PAUSE)

    def _check_reminder(self, event: Event, step: Step) -> None:
        """Fail unless whoever was asked something is reminded once, and nobody else is."""
        if isinstance(event, TimedOut):
            self.reminder = None
        reminders = [effect for effect in step.effects if isinstance(effect, Remind)]
        self.reminder = reminders[-1].at if reminders else self.reminder
        assert (self.reminder is not None) == (self.conversation.phase == "asking") or isinstance(event, TimedOut)

    def _check_repeats(self, step: Step) -> None:
        """Fail where a question is asked a third time in a row without a way past it."""
        for ask in (effect for effect in step.effects if isinstance(effect, Ask)):
            if ask.question == PAUSE or ask.again:
                continue
            last = [past.question for past in self.asked if past.question != PAUSE][-1:]
            self.repeats = self.repeats + 1 if last == [ask.question] else 1
            values = {button.value for row in ask.buttons for button in row}
            assert self.repeats < 3 or values & {"skip", "no", "keep"}, "asked a third time without a way past it"
        self.asked += [effect for effect in step.effects if isinstance(effect, Ask)]
