"""The question sets that come with the program, and the examples of the guide to writing one."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dialogues.reading import read
from dialogues.script import Choice, Choices, Consent, Number, Open, Option, Scale, Script, Step, Text
from tests.dialogues.plays import HEAD, SETS, shipped

GUIDE = (Path(__file__).parents[2] / "dialogues" / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
KINDS = ("say", "choose", "choose several", "scale", "number", "ask", "consent")


def texts(step: Step) -> Iterator[Text]:
    """Yield what is sent as messages."""
    yield step.text
    if isinstance(step, Open) and step.probe is not None:
        yield step.probe


def labels(step: Step) -> Iterator[Text]:
    """Yield what stands on buttons."""
    match step:
        case Choice() | Choices():
            yield from (option.text for option in step.options)
            yield from [step.other] if step.other else []
        case Scale():
            yield from (label for label in (step.low_label, step.high_label) if label)
        case Consent():
            yield from (step.agree, step.decline)
        case _:
            pass


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_a_set_reads_without_findings(path: Path) -> None:
    report = read(path.read_bytes())
    assert report.findings == ()
    assert report.script is not None
    assert report.script.dialogue == path.stem


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.splitlines()[0])
def test_an_example_of_the_guide_reads_without_findings(example: str) -> None:
    source = f"{HEAD}steps:\n{example}" if example.startswith("- ") else example
    report = read(source.encode())
    assert report.findings == ()
    assert report.script is not None


def test_the_guide_has_examples_of_every_kind() -> None:
    assert len(EXAMPLES) >= 5
    for kind in KINDS:
        assert re.search(rf"^ *- {kind}:", "".join(EXAMPLES), re.MULTILINE), kind


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_messages_and_buttons_are_short_in_every_language(path: Path) -> None:
    script = shipped(path)
    for step in script.steps:
        if not isinstance(step, Consent):
            assert all(len(words) <= 300 for text in texts(step) for words in text.values()), step.id
        assert all(len(words) <= 30 for text in labels(step) for words in text.values()), step.id


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_a_set_is_short_and_nothing_in_it_is_required(path: Path) -> None:
    questions = [step for step in shipped(path).questions if not isinstance(step, Consent)]
    assert len(questions) <= 10
    assert not any(question.required for question in questions)


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_every_text_is_in_both_languages(path: Path) -> None:
    script = shipped(path)
    assert script.languages == ("en", "es")
    for text in (script.title, script.about, script.thanks, *(text for step in script.steps for text in texts(step))):
        assert text["en"] != text["es"]  # type: ignore[index] # plain strings for ids


def test_all_sets_ask_for_consent_first_in_the_same_words() -> None:
    consents = [shipped(path).steps[0] for path in SETS]
    assert all(isinstance(consent, Consent) for consent in consents)
    assert len({consent.key for consent in consents if isinstance(consent, Consent)}) == 1
    assert len({repr((consent.decline, consent.declined)) for consent in consents if isinstance(consent, Consent)}) == 1


def test_the_sets_use_every_kind_of_step() -> None:
    kinds = {step.kind for path in SETS for step in shipped(path).steps}
    assert kinds == {"say", "choice", "choices", "scale", "number", "open", "consent"}


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_numbers_are_bounded_and_options_are_named_once(path: Path) -> None:
    script: Script = shipped(path)
    for question in script.questions:
        if isinstance(question, Number):
            assert question.lowest is not None
            assert question.highest is not None
        if isinstance(question, Choice | Choices):
            options: tuple[Option, ...] = question.options
            assert len({option.id for option in options}) == len(options)
