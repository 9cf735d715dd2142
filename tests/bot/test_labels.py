import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nlp
from bot.checking import read_codebook
from bot.labels import read_labels
from dialogues.finding import Finding
from nlp.codebook import codebook_from
from nlp.coded import CodedReply

CODEBOOK = codebook_from(
    {
        "themes": [
            {"id": "getting-around", "name": {"en": "Getting around", "es": "Moverse"}},
            {"id": "money", "name": "Money & work"},
            {"id": "a", "name": "Same"},
            {"id": "b", "name": "Same"},
        ]
    }
)


def read(*lines: object) -> tuple[list[CodedReply], tuple[Finding, ...]]:
    return read_labels([line if isinstance(line, str) else json.dumps(line) for line in lines], CODEBOOK)


def themes(*labels: object) -> frozenset[str]:
    (coded,), findings = read({"text": "x", "labels": list(labels)})
    assert findings == ()
    return coded.themes


def finding(*lines: object) -> Finding:
    _, (found,) = read(*lines)
    return found


@pytest.mark.parametrize(
    "label", ["getting-around", "Getting around", "GETTING  AROUND", "getting_around", "moverse", {"theme": "Moverse"}]
)
def test_a_theme_may_be_called_by_id_or_by_name_in_any_language_and_case(label: object) -> None:
    assert themes(label) == {"getting-around"}


def test_a_reply_can_have_no_theme_or_several() -> None:
    assert themes() == frozenset()
    assert themes("money", "Moverse", "Money and work".replace("and", "&")) == {"money", "getting-around"}


@pytest.mark.parametrize(
    "record", [{"labels": ["money"]}, {"themes": ["money"]}, {"labels": "money"}, {"themes": [{"theme": "money"}]}]
)
def test_the_themes_may_stand_in_different_forms(record: dict[str, object]) -> None:
    (coded,), findings = read({"id": 1, "text": "x", **record})
    assert findings == ()
    assert coded.themes == {"money"}


def test_other_fields_and_empty_lines_and_a_byte_order_mark_are_passed_over() -> None:
    coded, findings = read("\ufeff" + json.dumps({"text": "x", "labels": [], "severity": 1.5}), "", "  \r")
    assert findings == ()
    assert len(coded) == 1


def test_a_reply_without_an_id_gets_its_line_number() -> None:
    coded, findings = read(
        {"text": "x", "labels": []}, "", {"text": "x", "labels": []}, {"id": 3, "text": "y", "labels": []}
    )
    assert findings == ()
    assert [own.reply.id for own in coded] == ["line 1", "line 3", "3"]


def test_several_lines_with_one_id_are_several_coders() -> None:
    reply = {"id": "r", "text": "x", "language": "es-AR"}
    (own, other), findings = read(
        {**reply, "labels": ["money"], "coder": "Ana"},
        {"id": 2, "text": "y", "labels": ["money"]},
        {**reply, "labels": [], "coder": "Ben"},
        {"id": 2, "text": "y", "labels": ["a"]},
    )
    assert findings == ()
    assert own.reply.language == "es"
    assert own.codings == {"Ana": {"money"}, "Ben": frozenset()}
    assert other.codings == {"coder 1": {"money"}, "coder 2": {"a"}}


def test_an_unknown_theme_is_named_with_its_line_and_the_nearest() -> None:
    found = finding({"text": "x", "labels": []}, {"text": "y", "labels": ["Geting arund"]})
    assert (found.line, found.code, found.severity) == (2, "unknown-theme", "error")
    assert "'Geting arund'" in found.message
    assert found.fix == "Did you mean 'getting-around'? Type that."


def test_a_theme_like_no_other_gets_the_list() -> None:
    assert "'getting-around', 'money', 'a', 'b', or add" in finding({"text": "x", "labels": ["zzz"]}).fix


def test_the_same_mistake_is_told_once() -> None:
    found = finding(*[{"text": "x", "labels": ["zzz"]}] * 300)
    assert found.line == 1
    assert "299 more" in found.message


def test_a_name_of_two_themes_asks_for_the_id() -> None:
    assert finding({"text": "x", "labels": ["same"]}).fix == "Type the id of the one that is meant: 'a' and 'b'."


@pytest.mark.parametrize("label", ["Other", "none of the above", "No theme"])
def test_a_catch_all_that_the_codebook_lacks_is_taken_as_none_with_a_warning(label: str) -> None:
    (coded,), (found,) = read({"text": "x", "labels": [label, "money"]})
    assert coded.themes == {"money"}
    assert (found.severity, found.line) == ("warning", 1)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("not json", "not-json"),
        ("[]", "not-json"),
        ("[" * 100_000, "not-json"),
        ('{"labels": []}', "no-text"),
        ('{"text": 5, "labels": []}', "no-text"),
        ('{"text": "x"}', "no-labels"),
        ('{"text": "x", "labels": null}', "no-labels"),
        ('{"text": "x", "labels": [1]}', "no-labels"),
        ('{"text": "x", "labels": [], "language": 7}', "language"),
        ('{"text": "x", "labels": [], "coder": "machine"}', "coder"),
    ],
)
def test_a_broken_line_is_named_with_what_to_write(line: str, code: str) -> None:
    found = finding({"text": "x", "labels": []}, line)
    assert (found.line, found.code) == (2, code)
    assert found.message.endswith(".")
    assert found.fix.endswith((".", "}"))


def test_one_id_cannot_be_two_replies_nor_be_coded_twice_by_one() -> None:
    one = {"id": 1, "text": "x", "labels": [], "coder": "Ana"}
    assert finding(one, {**one, "text": "y"}).code == "two-texts"
    assert finding(one, one).code == "coded-twice"


def test_an_empty_file_shows_what_a_line_looks_like() -> None:
    assert '"labels"' in finding("", " ").fix


def test_all_mistakes_are_found_at_once() -> None:
    coded, findings = read("x", {"text": "good", "labels": ["money"]}, {"text": "x"}, {"text": "y", "labels": ["zzz"]})
    assert [found.line for found in findings] == [1, 3, 4]
    assert coded


def test_the_label_file_in_the_readme_fits_the_codebook_there() -> None:
    readme = Path(nlp.__file__).with_name("README.md").read_text(encoding="utf-8")
    yaml, jsonl = (re.findall(rf"```{kind}\n(.*?)```", readme, re.DOTALL)[0] for kind in ("yaml", "jsonl"))
    codebook, _ = read_codebook(yaml.replace("parent: town", "").encode())
    assert codebook is not None
    (bus, nothing), findings = read_labels(jsonl.splitlines(), codebook)
    assert findings == ()
    assert bus.codings == {"Ana": {"getting-around"}, "Ben": {"getting-around", "Money and work"}}
    assert (nothing.themes, nothing.reply.language) == (frozenset(), "es")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(
    st.lists(
        st.text(max_size=30)
        | st.fixed_dictionaries(
            {}, optional=dict.fromkeys(("id", "text", "labels", "themes", "coder", "language"), json_values)
        ).map(json.dumps),
        max_size=5,
    )
)
@settings(max_examples=200, deadline=None)
def test_any_lines_give_coded_replies_or_words(lines: list[str]) -> None:
    coded, findings = read_labels(lines, CODEBOOK)
    assert coded or findings
    assert all(own.codings for own in coded) or findings
    assert all(1 <= found.line <= max(len(lines), 1) for found in findings)
