from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checking import check, check_file, read_codebook
from bot.library import ORDER, shipped_codebook, shipped_sets
from tests.bot.town import BUSES, CODEBOOK, DEPLOYMENT_FILE


@pytest.mark.parametrize("source", [BUSES, CODEBOOK, DEPLOYMENT_FILE])
def test_a_good_file_of_any_kind_has_no_errors(source: str) -> None:
    assert [finding for finding in check(source.encode()) if finding.severity == "error"] == []


def test_a_codebook_is_told_from_a_dialogue_by_its_themes() -> None:
    broken = CODEBOOK.replace("name: {en: Parks, es: Parques}", "nam: Parks")
    findings = check(broken.encode())
    assert findings
    assert {finding.code for finding in findings} == {"codebook"}
    assert {finding.line for finding in findings} <= set(range(8, 13))
    assert all(finding.message.endswith(".") and finding.fix for finding in findings)


def test_a_dialogue_is_checked_as_one_even_if_it_is_nearly_empty() -> None:
    assert "no-file" not in {finding.code for finding in check(b"dialogue: x\n")}
    assert check(b"dialogue: x\n")


@pytest.mark.parametrize(
    "source", [b"", b"   \n", b"# nothing\n", b"\xff", b"a: [", b"themes:\n", b"themes: 5\n", b"7"]
)
def test_a_codebook_that_is_none_gets_words(source: bytes) -> None:
    codebook, findings = read_codebook(source)
    assert codebook is None
    assert findings
    assert all(finding.message and finding.fix and finding.line >= 1 for finding in findings)


@given(st.binary(max_size=80) | st.text(alphabet="themsdialogu: []{}-\n\t\"'|>&*!#%@`,", max_size=80).map(str.encode))
@settings(max_examples=80, deadline=None)
def test_no_file_brings_it_down(source: bytes) -> None:
    check(source)
    read_codebook(source)


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        (checked,) = check_file(path)
        assert (checked.finding.code, checked.file) == ("no-file", str(path))


def test_what_is_found_is_plain_json(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text(BUSES.replace("from: 1", "frm: 1"), encoding="utf-8")
    checked = check_file(path)[0].as_json()
    assert set(checked) == {"code", "severity", "file", "line", "column", "message", "fix"}
    assert (checked["line"], checked["severity"]) == (20, "error")


def test_what_is_shipped_can_be_used() -> None:
    assert [script.dialogue for script, _ in shipped_sets()] == list(ORDER)
    assert 12 <= len(shipped_codebook().themes) <= 16
