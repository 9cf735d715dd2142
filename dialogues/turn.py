"""One turn of a conversation while it is being worked out: the state so far, and the effects in their order.

Mutable, and never outlives `engine.advance`, which stays pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from dialogues import asking, path
from dialogues.condition import Value
from dialogues.conversation import (
    Amend,
    Ask,
    Button,
    Candidate,
    Close,
    Conversation,
    Effect,
    Ending,
    Finish,
    Notify,
    Outcome,
    Record,
    Remind,
    Response,
    Withdraw,
)
from dialogues.conversation import Say as SayEffect
from dialogues.labels import piped, response_label, shortened, value_label
from dialogues.phrases import Phrases, phrases
from dialogues.script import OTHER, Consent, Open, Question, Say, Script, StepId, names_other, probe_of

REMIND_AFTER = timedelta(hours=20)
"""One reminder, the next day at about the same time: not at night, where the question came by day."""
GIVE_UP_AFTER = timedelta(days=3)

PAUSE = StepId(".pause")
"""What the buttons of a pause or a reminder belong to, in the place of a question; no author can name one so."""


@dataclass(slots=True)
class Turn:
    """Works on `conversation`; `held` keeps it from going on to the next question."""

    script: Script
    conversation: Conversation
    now: datetime
    held: bool = False
    effects: list[Effect] = field(default_factory=list)

    # --- looking

    @property
    def words(self) -> Phrases:
        """Tuckshop's own words in the conversation's language."""
        return phrases(self.conversation.language)

    @property
    def question(self) -> Question:
        """The question that the conversation stands at; there is one unless it has ended."""
        step = self.script.steps[self.conversation.step]
        assert not isinstance(step, Say)  # noqa: S101 - for the type: a conversation stops at questions only
        return step

    @property
    def asked_id(self) -> StepId:
        """The id that a response now goes under."""
        return probe_of(self.question.id) if self.conversation.waiting == "probe" else self.question.id

    @property
    def takes_any_words(self) -> bool:
        """Whether whatever is typed now is a response: to an open question, or behind "other"."""
        return isinstance(self.question, Open) or self.conversation.waiting == "other"

    @property
    def is_settled(self) -> bool:
        """Whether the question has its response, or no longer applies: the conversation only waits to go on."""
        state = self.conversation
        responded = any(given.question == self.question.id for given in state.responses)
        settled = responded or self.is_orphaned
        return settled and state.waiting == "reply" and not state.revisiting

    @property
    def is_orphaned(self) -> bool:
        """Whether the current question does not apply any more, since an earlier answer was edited."""
        return not path.applies(self.question, path.answers(self.conversation))

    # --- saying

    def change(self, **changes: Any) -> None:  # noqa: ANN401 - the fields of Conversation, checked by replace
        """Put these values into the conversation's state."""
        self.conversation = replace(self.conversation, **changes)

    def say(self, text: str) -> None:
        """Send a message that asks nothing."""
        self.effects.append(SayEffect(text))

    def notify(self, text: str) -> None:
        """Tell whoever tapped, in passing."""
        self.effects.append(Notify(text))

    def ask(self, *notes: str) -> None:
        """Send the current question, anew: earlier buttons are stale from here on; not where the turn is held."""
        if self.held:
            return
        state = self.conversation
        self.change(revision=state.revision + 1, repeats=state.repeats + 1, asked_at=self.now, phase="asking")
        asked = (self.asked_id, state.waiting)
        if state.asked != asked:
            self.change(asked=asked, asked_revision=self.conversation.revision)
        text = asking.message(self.script, self.question, self.conversation, "\n".join(notes) or None)
        self._send(text, asking.buttons(self.script, self.question, self.conversation), again=False)
        self.effects.append(Remind(self.now + REMIND_AFTER))

    def refresh(self) -> None:
        """Show the current question's buttons as they are now, in its own message."""
        text = asking.message(self.script, self.question, self.conversation, None)
        self._send(text, asking.buttons(self.script, self.question, self.conversation), again=True)

    def _send(self, text: str, rows: asking.Rows, *, again: bool) -> None:
        self.effects.append(Ask(self.asked_id, self.conversation.revision, text, rows, again))

    def offer(self, text: str, *row: Button) -> None:
        """Send a message with buttons that belong to no question."""
        self.effects.append(Ask(PAUSE, self.conversation.revision, text, (row,)))

    def settle(self, answer: str) -> None:
        """Show below the question just tapped what was answered, in the place of its buttons."""
        text = asking.wording(self.script, self.question, self.conversation)
        self.effects.append(Close(self.conversation.revision, f"{text}\n\n{shortened(answer)}"))

    # --- responding

    def respond(self, outcome: Outcome, value: Value | None = None, text: str | None = None) -> None:
        """Store a response to the current question, and go on from it."""
        question, state = self.question, self.conversation
        probe_next = self._wants_probe(outcome, text)
        wording = asking.wording(self.script, question, state)
        asked_at = state.asked_at or self.now
        self.keep(Response(self.asked_id, outcome, value, text, wording, state.language, asked_at))
        if isinstance(question, Consent):
            self.change(agreed=self.conversation.agreed | {question.key})
        self.forget(waiting="probe" if probe_next else "reply")
        if probe_next:
            self.ask()
        else:
            self.go_on()

    def _wants_probe(self, outcome: Outcome, text: str | None) -> bool:
        question, state = self.question, self.conversation
        if not isinstance(question, Open) or question.probe is None or outcome != "answered" or text is None:
            return False
        probed = any(given.question == probe_of(question.id) for given in state.responses)
        first_reply = state.waiting == "reply" and not state.revisiting and not self.held
        return first_reply and not probed and len(text.split()) < question.probe_under_words

    def keep(self, response: Response) -> None:
        """Record the response, or amend the one to the same question; withdraw what no longer applies."""
        others = tuple(given for given in self.conversation.responses if given.question != response.question)
        is_new = len(others) == len(self.conversation.responses)
        self.effects.append(Record(response) if is_new else Amend(response))
        self.change(responses=(*others, response))
        orphans = path.orphans(self.script, self.conversation)
        kept = tuple(given for given in self.conversation.responses if given.question not in orphans)
        self.effects.extend(Withdraw(question) for question in sorted(orphans))
        self.change(responses=kept)

    def skip(self) -> None:
        """Leave the current question without an answer, if it may be left."""
        if not asking.skippable(self.question, self.conversation):
            self.change(misses=self.conversation.misses + 1)
            self.ask(self.words.needed)
        elif self.conversation.waiting == "other":
            self.respond("answered", self.with_other())
        else:
            self.respond("refused")

    def consented(self, *, agreed: bool, text: str | None = None) -> None:
        """Take part, or not; `text` holds the words where it was typed."""
        question = self.question
        if not isinstance(question, Consent):
            return
        language = self.conversation.language
        if text is None:
            label = (question.agree if agreed else question.decline)[language]
            self.settle(self.words.answered.format(answer=label))
        if agreed:
            self.respond("answered", True, text)
        else:
            self.finish("declined", question.declined[language])

    def select(self, names: Sequence[str]) -> bool:
        """Tick these options of several; return False, with a word on why, where they are too many."""
        question = self.question
        ticked = (
            tuple(name for name in asking.option_ids(question) if name in names) if question.kind == "choices" else ()
        )
        if question.kind == "choices" and question.at_most is not None and len(ticked) > question.at_most:
            self.notify(self.words.too_many.format(most=question.at_most))
            return False
        self.change(selected=ticked)
        return True

    def choose(self, value: Value, text: str | None = None) -> None:
        """Respond with what was chosen, or ask for the words behind "other" first."""
        if names_other(self.question, value):
            self.ask_for_other(value)
        else:
            self.respond("answered", value, text)

    def ask_for_other(self, value: Value) -> None:
        """Ask for the respondent's own words behind "other"."""
        selected = value if isinstance(value, tuple) else ()
        self.change(waiting="other", selected=selected, candidates=(), unplaced=None, misses=0)
        self.ask()

    def with_other(self) -> Value:
        """Return the value for "other", beside whatever else is ticked."""
        selected = tuple(name for name in self.conversation.selected if name != OTHER)
        return (*selected, OTHER) if self.question.kind == "choices" else OTHER

    def ask_which(self, values: Sequence[Value]) -> None:
        """Ask back which of these was meant."""
        language = self.conversation.language
        labels = [value_label(self.question, value, language) for value in values]
        candidates = tuple(Candidate(label, value) for label, value in zip(labels, values, strict=True))
        self.change(candidates=candidates, unplaced=None, misses=self.conversation.misses + 1)
        self.ask(self.words.did_you_mean_one if len(values) == 1 else self.words.did_you_mean)

    def miss(self, note: str, **changes: Any) -> None:  # noqa: ANN401 - as in change
        """Ask once more, saying what was not understood; the second time, that skipping is fine."""
        cleared: dict[str, Any] = {"candidates": (), "unplaced": None}
        self.change(misses=self.conversation.misses + 1, **(cleared | changes))
        again = self.conversation.misses >= asking.ASKED_BEFORE_SKIP and not isinstance(self.question, Consent)
        self.ask(note, *((self.words.or_skip,) if again else ()))

    # --- moving

    def forget(self, **changes: Any) -> None:  # noqa: ANN401 - as in change
        """Forget what belonged to the question just left."""
        cleared: dict[str, Any] = {"waiting": "reply", "revisiting": False, "selected": (), "candidates": ()}
        self.change(**(cleared | {"unplaced": None, "misses": 0, "repeats": 0} | changes))

    def go_on(self) -> None:
        """Say what comes next and ask the next question, or finish; not where the turn is held."""
        if self.held:
            return
        target = path.next_question(self.script, self.conversation)
        self.change(step=target)
        for index in range(self.conversation.furthest, target):
            step = self.script.steps[index]
            if isinstance(step, Say) and path.applies(step, path.answers(self.conversation)):
                self.say(piped(step.text, self.script, self.conversation.responses, self.conversation.language))
        self.change(furthest=max(self.conversation.furthest, target))
        if target < len(self.script.steps):
            self.ask()
        else:
            self.finish("complete", self.script.thanks[self.conversation.language])

    def take_up(self) -> None:
        """Ask the current question as if for the first time, or go on where it has its response."""
        self.change(asked=None)
        if self.is_settled:
            self.leave()
        else:
            self.ask()

    def revisit(self, step: int) -> None:
        """Ask a question again that has a response, showing that response."""
        self.forget(step=step, revisiting=True)
        given = next((one for one in self.conversation.responses if one.question == self.question.id), None)
        label = response_label(self.question, given, self.conversation.language) if given else None
        selected = given.value if given and isinstance(given.value, tuple) else ()
        self.change(selected=selected)
        self.ask(*((self.words.you_said.format(answer=shortened(label)),) if label else ()))

    def leave(self) -> None:
        """Leave the current question as it is and go on to the first that has no response."""
        self.forget()
        self.go_on()

    def back(self) -> None:
        """Go back: from the words behind "other" or a probe to their question, else to the question before."""
        state = self.conversation
        previous = path.previous_question(self.script, state)
        if state.waiting == "probe":
            self.revisit(state.step)
        elif state.waiting == "other" or state.candidates:
            self.change(waiting="reply", candidates=(), misses=0)
            self.ask()
        elif previous is not None:
            self.revisit(previous)
        else:
            self.ask(self.words.no_way_back)

    def unpause(self) -> None:
        """Wait for a reply again, where the conversation was paused."""
        if self.conversation.phase == "paused":
            self.change(phase="asking")
            self.effects.append(Remind(self.now + REMIND_AFTER))

    def pause(self, text: str) -> None:
        """Wait, until the respondent carries on."""
        self.change(phase="paused")
        self.offer(text, Button(self.words.carry_on, "resume"))
        self.effects.append(Remind(None))

    def finish(self, ending: Ending, text: str) -> None:
        """End the conversation with these words."""
        self.forget(phase="ended", ending=ending, step=len(self.script.steps))
        self.say(text)
        self.effects += [Remind(None), Finish(ending)]
