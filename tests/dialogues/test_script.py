import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from dialogues.condition import Value
from dialogues.reading import read
from dialogues.script import Script, StepId, from_json, names_other, probe_of, script_hash, to_json
from tests.dialogues.plays import HEAD, SETS, sample, shipped
from tests.dialogues.strategies import any_script

PLAIN = "  - ask: What now?\n    id: now\n  - say: Thanks.\n"


@given(any_script)
@settings(deadline=None, max_examples=50)
def test_a_script_survives_json(script: Script) -> None:
    assert from_json(to_json(script)) == script
    assert script_hash(from_json(to_json(script))) == script_hash(script)


@pytest.mark.parametrize(
    "source",
    [
        f"# A remark.\n{HEAD}steps:\n{PLAIN}",
        f"{HEAD}\n\nsteps:\n\n{PLAIN}\n\n# The end.",
        f"{HEAD}steps:\n  - id: now\n    ask: 'What now?'  # asked of all\n  - say: Thanks.\n",
        f"{HEAD}steps:\n{PLAIN}".replace("\n", "\r\n"),
        f"{HEAD}steps:\n  - ask: What\u00a0now?\n    id: now\n  - say: >\n      Thanks.\n",
    ],
)
def test_spaces_quotes_and_remarks_do_not_count_in_the_name(source: str) -> None:
    script = read(source.encode()).script
    assert script is not None
    assert script_hash(script) == script_hash(sample(PLAIN))


@pytest.mark.parametrize(
    "steps",
    [
        "  - ask: What then?\n    id: now\n  - say: Thanks.\n",
        "  - ask: What now?\n    id: then\n  - say: Thanks.\n",
        "  - say: Thanks.\n  - ask: What now?\n    id: now\n",
        "  - ask: What now?\n    id: now\n    required: yes\n  - say: Thanks.\n",
    ],
)
def test_words_order_and_rules_count_in_the_name(steps: str) -> None:
    assert script_hash(sample(steps)) != script_hash(sample(PLAIN))


def test_shipped_sets_have_names_of_their_own() -> None:
    assert len({script_hash(shipped(path)) for path in SETS}) == len(SETS)


def test_other_json_is_no_script() -> None:
    with pytest.raises(ValidationError):
        from_json("{}")


def test_a_step_is_found_by_its_id() -> None:
    assert sample(PLAIN).step(StepId("now")).text == {"en": "What now?"}
    with pytest.raises(KeyError):
        sample(PLAIN).step(StepId("then"))


def test_a_language_that_the_script_has_not_is_its_first() -> None:
    script = shipped(SETS[0])
    assert [script.language(code) for code in ("es", "en", "fr")] == ["es", "en", "en"]


def test_who_agreed_to_the_same_words_agreed_to_the_same_thing() -> None:
    first, same, other = (
        sample(f"  - consent: {words}\n    declined: {bye}\n  - ask: Now?").steps[0]
        for words, bye in (("Take part?", "Bye."), ("Take part?", "See you."), ("Join in?", "Bye."))
    )
    assert first.kind == same.kind == other.kind == "consent"
    assert first.key == same.key != other.key


@pytest.mark.parametrize(
    ("more", "value", "own"),
    [
        ("\n    other: Another", "other", True),
        ("\n    other: Another", ("bus", "other"), True),
        ("\n    other: Another", "bus", False),
        ("\n    other: Another", None, False),
        ("", "other", False),
    ],
)
def test_other_stands_for_own_words_where_the_question_has_it(more: str, value: Value | None, own: bool) -> None:
    question = sample(f"  - choose: Which?\n    options: [Bus, {'Bike' if more else 'Other'}]{more}").questions[0]
    assert names_other(question, value) is own


def test_no_question_can_have_the_id_of_a_probe() -> None:
    report = read(f"{HEAD}steps:\n  - ask: What now?\n    id: {probe_of(StepId('now'))}".encode())
    assert [finding.code for finding in report.findings] == ["bad-name"]
