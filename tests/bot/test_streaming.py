import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checking import read_codebook
from bot.streaming import InputLineError, screen_lines, tag_lines
from tests.bot.town import CODEBOOK

GOOD = '{"id": 1, "text": "Write to ana@example.org about buses"}'
SURROGATE = '{"id": "a", "text": "buses \\ud83d please"}'
BROKEN = (
    "not json",
    "[]",
    '"text"',
    "7",
    "null",
    '{"id": 1}',
    '{"text": "no id"}',
    '{"id": 1, "text": null}',
    '{"id": 1, "text": 5}',
    "[" * 100_000,
)


def test_screening_gives_flags_and_redacted_text_in_the_order_of_the_lines() -> None:
    lines = [
        json.loads(line) for line in screen_lines([GOOD, "", '{"id": "b", "text": "i want to kill myself"}'], "en")
    ]
    assert [line["id"] for line in lines] == [1, "b"]
    assert [line["flags"] for line in lines] == [[], ["self-harm"]]
    assert "ana@example.org" not in lines[0]["redacted"]


@pytest.mark.parametrize("line", BROKEN, ids=lambda line: line[:20])
def test_a_broken_line_is_named_with_what_it_should_be(line: str) -> None:
    with pytest.raises(InputLineError, match='Line 2 has to be an object with "id" and "text"'):
        list(screen_lines([GOOD, line], "en"))


def test_half_a_surrogate_pair_can_be_written_out() -> None:
    (line,) = screen_lines([SURROGATE], "en")
    assert json.loads(line)["redacted"] == "buses ? please"
    line.encode()


@given(st.text(max_size=60))
@settings(max_examples=30, deadline=None)
def test_any_line_gives_one_line_or_words(line: str) -> None:
    try:
        found = list(screen_lines([line], "en"))
    except InputLineError as error:
        assert "Line 1" in str(error)  # noqa: PT017 - either outcome is right
    else:
        assert len(found) <= 1


def test_each_line_may_name_its_language() -> None:
    text = "Wir brauchen mehr Liebe im Park"  # German writes its nouns with a capital: read as English, it has names
    lines = [json.dumps({"id": 1, "text": text, "language": "de-AT"}), json.dumps({"id": 2, "text": text})]
    told, untold = (json.loads(line)["redacted"] for line in screen_lines(lines, "en"))
    assert told == text
    assert "[name]" in untold
    with pytest.raises(InputLineError, match='Line 1: the "language" has to be a code such as "en"'):
        list(screen_lines(['{"id": 1, "text": "bus", "language": 5}'], "en"))


def test_a_file_may_begin_with_a_byte_order_mark() -> None:
    assert len(list(screen_lines(["\ufeff" + GOOD, "\ufeff\n"], "en"))) == 1


def test_tagging_gives_themes_with_confidence_and_evidence() -> None:
    codebook, _ = read_codebook(CODEBOOK.encode())
    assert codebook is not None
    replies = [GOOD, '{"id": 2, "text": "no idea"}', SURROGATE]
    first, second, third = (json.loads(line) for line in tag_lines(replies, codebook, "en"))
    (found,) = first["themes"]
    assert found["theme"] == "buses"
    assert 0 < found["confidence"] <= 1
    assert "buses" in found["evidence"]
    assert "ana@example.org" not in found["evidence"]
    assert second == {"id": 2, "themes": []}
    assert third["id"] == "a"
