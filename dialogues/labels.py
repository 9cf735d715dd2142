"""Values as a respondent reads them: an option's text, a number in their language's form; and texts with these in."""

import re
from collections.abc import Iterable

from dialogues.condition import Value
from dialogues.conversation import Response
from dialogues.script import OTHER, Choice, Choices, Consent, Language, Question, Script, StepId, Text, names_other

MAX_PIPED = 200
"""Characters of a respondent's own words that are repeated to them."""
_PLACEHOLDER = re.compile(r"\{([^{}|]*)(?:\|([^{}]*))?\}")


def number_label(value: float, language: str) -> str:
    """Return the number as the language writes it: 1234.5 is 1,234.5 in English and 1.234,5 in Spanish."""
    text = f"{value:,.10f}".rstrip("0").rstrip(".")
    return text if language == "en" else text.translate({ord(","): ".", ord("."): ","})


def value_label(question: Question, value: Value, language: Language) -> str:
    """Return how the value of a response to this question reads."""
    match question, value:
        case Consent(agree=agree, decline=decline), bool():
            return (agree if value else decline)[language]
        case Choice() | Choices(), tuple():
            return ", ".join(option_label(question, part, language) for part in value)
        case Choice() | Choices(), str():
            return option_label(question, value, language)
        case _:
            return str(value) if isinstance(value, str | tuple) else number_label(value, language)


def option_label(question: Choice | Choices, option_id: str, language: Language) -> str:
    """Return the text of an option, "other" included."""
    texts: dict[str, Text] = {option.id: option.text for option in question.options}
    if question.other is not None:
        texts[OTHER] = question.other
    return texts[option_id][language] if option_id in texts else option_id


def response_label(question: Question, response: Response, language: Language) -> str | None:
    """Return how a response reads, a respondent's own words first; None where the question was not answered."""
    if response.outcome != "answered" or response.value is None:
        return None
    label = value_label(question, response.value, language)
    several = isinstance(response.value, tuple)
    if not names_other(question, response.value) or not response.text:
        return label
    return f"{label}: {response.text}" if several else response.text


def piped(text: Text, script: Script, responses: Iterable[Response], language: Language) -> str:
    """Return the text in a language, with earlier responses, or their fallback words, for its placeholders."""
    given = {response.question: response for response in responses}

    def fill(match: re.Match[str]) -> str:
        step_id, fallback = StepId(match[1].strip()), (match[2] or "…").strip()
        if step_id not in given:
            return fallback
        step = script.step(step_id)
        label = None if step.kind == "say" else response_label(step, given[step_id], language)
        return fallback if label is None else shortened(label)

    return _PLACEHOLDER.sub(fill, text[language])


def shortened(words: str) -> str:
    """Return the words on one line, cut where they are more than fit into a message beside others."""
    words = " ".join(words.split())
    return words if len(words) <= MAX_PIPED else words[: MAX_PIPED - 1] + "…"
