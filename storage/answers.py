"""What a stored value means under the question it was given to, and whether it is the respondent's own words.

In doubt, as for a question that its script does not have, a value counts as own words: those are redacted before anyone
reads them.
"""

import re

from dialogues.condition import Value
from dialogues.script import PROBE, Choice, Choices, Consent, Language, Number, Open, Scale, Script, Step, StepId

_REPEATED = re.compile(r"\{[^{}]*\}")
"""A placeholder: where a text repeats an earlier response."""
OTHER = "other"  # in an export, instead of the words behind "other"


def question_step(script: Script, question: str) -> Step | None:
    """Return the step that asked the question, None where the script has none; that of a probe is its question's."""
    try:
        return script.step(StepId(question.removesuffix(PROBE)))
    except KeyError:
        return None


def public_wording(step: Step | None, question: str, language: str, shown: str) -> str:
    """Return the question as others than its respondent may read it.

    What was shown may repeat the respondent's own words, raw: each such place reads [...] here.
    """
    if step is None:
        return ""
    is_probe = isinstance(step, Open) and step.probe is not None and question.endswith(PROBE)
    text = (step.probe if is_probe and isinstance(step, Open) and step.probe else step.text).get(Language(language), "")
    return _REPEATED.sub("[...]", text) if _REPEATED.search(text) else shown


def has_own_words(step: Step | None, value: Value | None) -> bool:
    """Return whether a value is words that the respondent chose: an open reply, or what stands behind "other"."""
    match step:
        case Choice(options=options) | Choices(options=options):
            return not set(_chosen(value)) <= {option.id for option in options}
        case Scale() | Number() | Consent():
            return False
        case _:
            return True


def closed_value(step: Step | None, value: Value | None) -> str | float | None:
    """Return what an export may show of a value: option ids, yes or no, a number; never the respondent's own words."""
    match step:
        case Choice(options=options) | Choices(options=options):
            known = {option.id for option in options}
            return "; ".join(one if one in known else OTHER for one in _chosen(value)) or None
        case Consent():
            return None if value is None else "yes" if value else "no"
        case Scale() | Number() if isinstance(value, int | float):
            return value
        case _:
            return None


def _chosen(value: Value | None) -> tuple[str, ...]:
    """Return what was chosen, one or several."""
    match value:
        case None:
            return ()
        case tuple():
            return value
        case _:
            return (str(value),)
