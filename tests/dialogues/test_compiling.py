"""What a file leaves out is filled in, and what it says twice or too late is found."""

import pytest

from dialogues.compiling import MAX_PLACEHOLDERS
from dialogues.phrases import ENGLISH, SPANISH
from dialogues.reading import read
from dialogues.script import Choice, Consent, Open, Scale
from tests.dialogues.plays import HEAD, sample

BOTH = "dialogue: sample\ntitle: {en: Sample, es: Muestra}\nabout: {en: One., es: Una.}\nlanguages: [en, es]\n"


def codes(steps: str, head: str = HEAD) -> list[tuple[int, str]]:
    return [(finding.line, finding.code) for finding in read(f"{head}steps:\n{steps}".encode()).findings]


def test_steps_without_an_id_are_numbered() -> None:
    script = sample("  - say: a\n  - ask: b\n  - ask: c\n    id: q4\n  - ask: d\n")
    assert [step.id for step in script.steps] == ["say1", "q2", "q4", "q4-"]


def test_options_without_an_id_are_named_by_their_words() -> None:
    script = sample("  - choose: Which?\n    options: [On foot!, 'Train, tram', 中文, 'Café']\n")
    (choice,) = script.steps
    assert isinstance(choice, Choice)
    assert [option.id for option in choice.options] == ["on-foot", "train-tram", "option-3", "caf"]


def test_tuckshops_own_words_are_filled_in_in_every_language() -> None:
    script = sample("  - consent: {en: Take part?, es: ¿Participas?}\n  - ask: {en: Now?, es: ¿Ahora?}\n", BOTH)
    consent = script.steps[0]
    assert isinstance(consent, Consent)
    assert consent.agree == {"en": ENGLISH.agree, "es": SPANISH.agree}
    assert consent.declined == {"en": ENGLISH.declined, "es": SPANISH.declined}
    assert script.thanks == {"en": ENGLISH.thanks, "es": SPANISH.thanks}


def test_what_is_left_out_has_a_default() -> None:
    scale, ask = sample("  - scale: How?\n  - ask: Why?\n    probe: And?\n").steps
    assert isinstance(scale, Scale)
    assert isinstance(ask, Open)
    assert (scale.lowest, scale.highest, scale.low_label, scale.required) == (1, 5, None, False)
    assert ask.probe_under_words == 4


def test_a_button_may_be_the_same_in_all_languages() -> None:
    script = sample("  - choose: {en: Which?, es: ¿Cuál?}\n    options: [Taxi, Metro]\n", BOTH)
    (choice,) = script.steps
    assert isinstance(choice, Choice)
    assert choice.options[0].text == {"en": "Taxi", "es": "Taxi"}


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ("  - ask: a\n    id: x\n  - ask: '{x}'\n", []),
        ("  - ask: '{x}'\n    id: x\n", [(5, "asked-later")]),
        ("  - ask: '{x}'\n  - ask: a\n    id: x\n", [(5, "asked-later")]),
        ("  - ask: '{x}'\n", [(5, "unknown-id")]),
        ("  - ask: '{}'\n", [(5, "unknown-id")]),
        ("  - ask: a }\n", [(5, "placeholder")]),
        ("  - ask: '{{x}}'\n", [(5, "placeholder"), (5, "unknown-id")]),
        ("  - say: a\n    id: x\n  - ask: '{x}'\n", [(7, "unknown-id")]),
        (f"  - ask: a\n    id: x\n  - ask: '{'{x}' * MAX_PLACEHOLDERS}'\n", []),
        (f"  - ask: a\n    id: x\n  - ask: '{'{x}' * (MAX_PLACEHOLDERS + 1)}'\n", [(7, "too-many-answers")]),
        ("  - ask: a\n    id: x\n  - ask: b\n    id: x\n", [(8, "repeated-id")]),
        ("  - say: a\n  - consent: b\n  - ask: c\n", []),
        ("  - ask: a\n  - consent: b\n", [(6, "late-consent")]),
        ("  - say: a\n", [(4, "no-question")]),
        ("  - ask: " + "x" * 1500 + "\n", []),
        ("  - ask: " + "x" * 1501 + "\n", [(5, "text-too-long")]),
    ],
)
def test_parts_have_to_fit_each_other(steps: str, found: list[tuple[int, str]]) -> None:
    assert codes(steps) == found


def test_a_mistake_in_one_step_does_not_hide_what_refers_to_it() -> None:
    steps = "  - choose: Which?\n    id: mode\n    optoins: [A, B]\n  - ask: '{mode}'\n    when: mode is a\n"
    assert codes(steps) == [(5, "missing-key"), (7, "unknown-key")]


def test_languages_that_cannot_be_read_accuse_no_text() -> None:
    for languages in ("en, es", "[English, Spanish]"):
        head = BOTH.replace("[en, es]", languages)
        assert [line for line, _ in codes("  - ask: {en: Now?, es: ¿Ahora?}\n", head) if line != 4] == []
