"""How a question is put: its text and its buttons."""

from collections.abc import Iterable, Sequence

from dialogues import path
from dialogues.conversation import Button, Conversation
from dialogues.labels import number_label, option_label, piped
from dialogues.phrases import Phrases, phrases
from dialogues.script import OTHER, Choice, Choices, Consent, Open, Question, Scale, Script

SHORT_LABEL = 16
"""Characters: two buttons with labels up to this stand side by side on a phone."""
SCALE_ROW = 6
ASKED_BEFORE_SKIP = 2
"""Asked so often in a row without success, even a required question can be skipped the next time."""

Rows = tuple[tuple[Button, ...], ...]


def wording(script: Script, question: Question, conversation: Conversation) -> str:
    """Return the words of the question, or of its probe, as the respondent sees them."""
    text = question.text
    if conversation.waiting == "probe" and isinstance(question, Open) and question.probe is not None:
        text = question.probe
    return piped(text, script, conversation.responses, conversation.language)


def message(script: Script, question: Question, conversation: Conversation, note: str | None) -> str:
    """Return the whole message: how far along, a note if there is one, the question and how to answer it."""
    words = phrases(conversation.language)
    number, total = path.progress(script, conversation)
    counts = conversation.waiting == "reply" and not isinstance(question, Consent)
    head = words.progress.format(number=number, total=total) if counts else None
    body = wording(script, question, conversation)
    if note is not None and isinstance(question, Consent):
        body = body.rpartition("\n\n")[2]  # the whole of it is long, and stands just above
    parts = (head, note, body, _hint(question, conversation, words))
    return "\n\n".join(part for part in parts if part)


def _hint(question: Question, conversation: Conversation, words: Phrases) -> str | None:
    if conversation.waiting != "reply":
        return words.other_words if conversation.waiting == "other" else None
    if isinstance(question, Choices):
        most = question.at_most
        return words.choose_several if most is None else words.choose_at_most.format(most=most)
    if isinstance(question, Scale):
        ends = ((question.lowest, question.low_label), (question.highest, question.high_label))
        language = conversation.language
        lines = [words.scale_end.format(number=end, label=label[language]) for end, label in ends if label]
        return "\n".join(lines) or None
    return None


def buttons(script: Script, question: Question, conversation: Conversation) -> Rows:
    """Return the rows of buttons: what can be chosen, then the ways out."""
    words = phrases(conversation.language)
    if conversation.candidates:
        choices = _stacked(Button(one.label, f"c{index}") for index, one in enumerate(conversation.candidates))
        return (*choices, (Button(words.none_of_these, "none"),), *_ways_out(script, question, conversation))
    if conversation.waiting != "reply":
        return _ways_out(script, question, conversation)
    return (*_choices(question, conversation), *_ways_out(script, question, conversation))


def _choices(question: Question, conversation: Conversation) -> Rows:
    language = conversation.language
    words = phrases(language)
    match question:
        case Consent():
            return ((Button(question.agree[language], "yes"), Button(question.decline[language], "no")),)
        case Choice():
            rows = _paired([Button(label, value) for value, label in _options(question, conversation)])
            return (*_unplaced(question, conversation), *rows)
        case Choices():
            ticks = [
                Button(f"✓ {label}", f"-{value}") if name in conversation.selected else Button(label, f"+{value}")
                for (value, label), name in zip(_options(question, conversation), option_ids(question), strict=True)
            ]
            return (*_unplaced(question, conversation), *_paired(ticks), (Button(words.done, "done"),))
        case Scale(lowest=lowest, highest=highest):
            row = [Button(number_label(number, language), str(number)) for number in range(lowest, highest + 1)]
            return tuple(tuple(row[start : start + SCALE_ROW]) for start in range(0, len(row), SCALE_ROW))
        case _:
            return ()


def _unplaced(question: Choice | Choices, conversation: Conversation) -> Rows:
    """Return the button that saves words which match no option as "other"."""
    if conversation.unplaced is None or question.other is None:
        return ()
    label = phrases(conversation.language).save_as.format(other=question.other[conversation.language])
    return ((Button(label, "unplaced"),),)


def option_ids(question: Choice | Choices) -> tuple[str, ...]:
    """Return the ids of all that can be chosen, "other" last."""
    return (*(option.id for option in question.options), *((OTHER,) if question.other else ()))


def option_labels(question: Choice | Choices, conversation: Conversation) -> tuple[str, ...]:
    """Return the texts of all that can be chosen, in the order of `option_ids`."""
    return tuple(option_label(question, name, conversation.language) for name in option_ids(question))


def _options(question: Choice | Choices, conversation: Conversation) -> Iterable[tuple[str, str]]:
    labels = option_labels(question, conversation)
    return [(str(index), label) for index, label in enumerate(labels)]


def _ways_out(script: Script, question: Question, conversation: Conversation) -> Rows:
    words = phrases(conversation.language)
    row = [Button(words.keep, "keep")] if conversation.revisiting else []
    if skippable(question, conversation):
        row.append(Button(words.skip, "skip"))
    if conversation.waiting != "reply" or path.previous_question(script, conversation) is not None:
        row.append(Button(words.back, "back"))
    return (tuple(row),) if row else ()


def skippable(question: Question, conversation: Conversation) -> bool:
    """Return whether the question can be left without a response."""
    if isinstance(question, Consent):
        return False
    return not question.required or conversation.waiting != "reply" or conversation.repeats > ASKED_BEFORE_SKIP


def _stacked(row: Iterable[Button]) -> Rows:
    return tuple((button,) for button in row)


def _paired(row: Sequence[Button]) -> Rows:
    if any(len(button.label) > SHORT_LABEL for button in row):
        return _stacked(row)
    return tuple(tuple(row[start : start + 2]) for start in range(0, len(row), 2))
