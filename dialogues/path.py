"""The way through a script: which step comes next, which one back leads to, and how far along it is."""

from dialogues.condition import Value, holds, questions_in
from dialogues.conversation import Conversation
from dialogues.script import Consent, Say, Script, Step, StepId, probe_of


def answers(conversation: Conversation) -> dict[str, Value]:
    """Return what was answered, by question; refusals and don't-knows are no answers."""
    return {given.question: given.value for given in conversation.responses if given.value is not None}


def applies(step: Step, given: dict[str, Value]) -> bool:
    """Return whether the step's condition, if any, holds."""
    return isinstance(step, Consent) or step.when is None or holds(step.when, given)


def next_question(script: Script, conversation: Conversation) -> int:
    """Return the index of the first question that applies and has no response, or the number of steps."""
    given, responded = answers(conversation), {response.question for response in conversation.responses}
    for index, step in enumerate(script.steps):
        open_consent = isinstance(step, Consent) and step.key not in conversation.agreed
        asks = open_consent or not isinstance(step, Say | Consent)
        if asks and step.id not in responded and applies(step, given):
            return index
    return len(script.steps)


def previous_question(script: Script, conversation: Conversation) -> int | None:
    """Return the index of the last question that was responded to up to where the conversation stands, or None.

    Consents do not count, nor does a question that is being revisited.
    """
    responded = {response.question for response in conversation.responses}
    for index in reversed(range(min(conversation.step + (not conversation.revisiting), len(script.steps)))):
        step = script.steps[index]
        if step.id in responded and not isinstance(step, Consent):
            return index
    return None


def orphans(script: Script, conversation: Conversation) -> frozenset[StepId]:
    """Return the responses that no longer apply, since what their conditions look at has changed.

    In order of the script, so that what hangs on an orphan is one as well.
    """
    given, gone = answers(conversation), set[StepId]()
    for step in script.steps:
        if not applies(step, given):
            given.pop(step.id, None)
            gone |= {step.id, probe_of(step.id)}
    return frozenset(gone & {response.question for response in conversation.responses})


def progress(script: Script, conversation: Conversation) -> tuple[int, int]:
    """Return the number of the current question, from 1, and how many there may be at most on this way.

    Consents do not count. A later question whose condition looks at one not yet reached counts as asked.
    """
    given = answers(conversation)
    ahead = {step.id for step in script.steps[conversation.step :]}
    counted = 0
    number = 1
    for index, step in enumerate(script.steps):
        if isinstance(step, Say | Consent):
            continue
        undecided = step.when is not None and any(name in ahead for name in questions_in(step.when))
        if index == conversation.step or applies(step, given) or (index > conversation.step and undecided):
            counted += 1
            number += index < conversation.step
    return number, counted
