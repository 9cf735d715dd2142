"""What a typed reply to a question stands for, as a value of that question."""

import math
from collections.abc import Callable
from typing import TypeVar

from dialogues.asking import option_ids, option_labels
from dialogues.condition import Value
from dialogues.conversation import Conversation
from dialogues.script import Choice, Choices, Consent, Language, Number, Open, Question, Scale
from dialogues.understanding.assent import understand_yes_no
from dialogues.understanding.declining import declines
from dialogues.understanding.options import understand_option, understand_options
from dialogues.understanding.quantity import understand_number
from dialogues.understanding.reading import Between, Clear, DontKnow, Reading, Refusal, Unclear
from dialogues.understanding.scale import understand_scale
from dialogues.understanding.words import words

T = TypeVar("T")


def understand(question: Question, conversation: Conversation, text: str) -> Reading[Value]:
    """Return how the text reads as a response to the question: values, not yet held against the question's bounds."""
    language = conversation.language
    match question:
        case Consent():
            return _consent(question, text, language)
        case Choice():
            ids, labels = option_ids(question), option_labels(question, conversation)
            return _mapped(understand_option(text, labels, language), lambda index: ids[index])
        case Choices():
            ids, labels = option_ids(question), option_labels(question, conversation)
            read = understand_options(text, labels, language)
            return _mapped(read, lambda chosen: tuple(ids[index] for index in chosen))
        case Scale():
            return _scale(question, conversation, text)
        case Number():
            return _number(question, understand_number(text, language))
        case Open():
            return declines(text, language) or Clear(text)


def _consent(question: Consent, text: str, language: Language) -> Reading[Value]:
    """Return the reading of a yes or no; whoever types what a button says has tapped it."""
    for label, agreed in ((question.agree[language], True), (question.decline[language], False)):
        if words(text) and words(text) == words(label):
            return Clear(agreed)
    return _mapped(understand_yes_no(text, language), lambda agreed: agreed)


def _scale(question: Scale, conversation: Conversation, text: str) -> Reading[Value]:
    """Return the number typed, or the end of the scale whose label was."""
    language = conversation.language
    reading = understand_scale(text, question.lowest, question.highest, language)
    ends = ((question.lowest, question.low_label), (question.highest, question.high_label))
    labelled = [(end, label[language]) for end, label in ends if label is not None]
    if isinstance(reading, Unclear) and labelled:
        named = understand_option(text, [label for _, label in labelled], language)
        if isinstance(named, Clear | Between):
            return _mapped(named, lambda index: labelled[index][0])
    return _mapped(reading, lambda number: number)


def _mapped(reading: Reading[T], value: Callable[[T], Value]) -> Reading[Value]:
    match reading:
        case Clear(read):
            return Clear(value(read))
        case Between(candidates, faint):
            return Between(tuple(value(candidate) for candidate in candidates), faint)
        case Unclear() | Refusal() | DontKnow():
            return reading


def _number(question: Number, reading: Reading[float]) -> Reading[Value]:
    """Return the reading with whole numbers as such; where only those are asked for, a broken one is asked back."""
    if isinstance(reading, Clear) and question.whole and not float(reading.value).is_integer():
        return Between((math.floor(reading.value), math.ceil(reading.value)))
    return _mapped(reading, lambda number: int(number) if float(number).is_integer() else number)
