import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.condition import Value
from dialogues.conversation import Response
from dialogues.labels import MAX_PIPED, number_label, piped, response_label, shortened, value_label
from dialogues.script import StepId
from tests.dialogues.plays import EN, ES, NOW, sample

SCRIPT = sample("""
  - choose: Which?
    id: which
    options: [Bus, Bike]
    other: Another
  - choose several: Which ones?
    id: several
    options: [Bus, Bike]
    other: Another
  - number: How many?
    id: many
  - say: "{which|nothing}, {several}, { many | none at all }, {which|it}"
""")


def given_to(question: str, value: Value | None, text: str | None = None) -> Response:
    outcome = "refused" if value is None else "answered"
    return Response(StepId(question), outcome, value, text, "?", EN, NOW)  # type: ignore[arg-type] # one of two literals


@pytest.mark.parametrize(
    ("value", "english", "spanish"),
    [
        (1234.5, "1,234.5", "1.234,5"),
        (1000, "1,000", "1.000"),
        (0, "0", "0"),
        (-0.25, "-0.25", "-0,25"),
        (100, "100", "100"),
    ],
)
def test_a_number_reads_as_in_its_language(value: float, english: str, spanish: str) -> None:
    assert (number_label(value, EN), number_label(value, ES)) == (english, spanish)


@pytest.mark.parametrize(
    ("question", "value", "text", "label"),
    [
        ("which", "bus", None, "Bus"),
        ("which", "bus", "by bus", "Bus"),
        ("which", "other", "a raft", "a raft"),
        ("which", "other", None, "Another"),
        ("several", ("bus", "other"), "a raft", "Bus, Another: a raft"),
        ("several", ("bus", "bike"), "both", "Bus, Bike"),
        ("many", 12.5, "12.5", "12.5"),
        ("which", None, None, None),
    ],
)
def test_a_response_reads_as_it_was_given(question: str, value: Value | None, text: str | None, label: str) -> None:
    asked = next(one for one in SCRIPT.questions if one.id == question)
    assert response_label(asked, given_to(question, value, text), EN) == label


def test_an_option_that_is_gone_reads_as_its_id() -> None:
    assert value_label(SCRIPT.questions[0], "tram", EN) == "tram"


def test_placeholders_are_filled_or_fall_back() -> None:
    responses = (given_to("which", "bus"), given_to("several", None))
    assert piped(SCRIPT.steps[-1].text, SCRIPT, responses, EN) == "Bus, …, none at all, Bus"


def test_braces_in_a_reply_are_not_filled_again() -> None:
    responses = (given_to("which", "other", "{many|x} {0} {"),)
    assert piped(SCRIPT.steps[-1].text, SCRIPT, responses, EN).startswith("{many|x} {0} {, …")


@given(st.text())
def test_a_reply_is_repeated_on_one_line_of_bounded_length(words: str) -> None:
    short = shortened(words)
    assert len(short) <= MAX_PIPED
    assert len(short.splitlines()) <= 1
