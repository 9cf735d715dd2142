import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.nodes import MAX_BYTES
from dialogues.reading import Report, read
from dialogues.script import from_json, to_json
from tests.dialogues.plays import HEAD, SETS

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))
JARGON = re.compile(
    r"\b(None|True|False|mappings?|scalars?|tokens?|nodes?|dict|tuple|str|int|float|YAML|block|flow|parse|parsing"
    r"|exception|object|type|value_error|pydantic|sequence|anchor|alias|null)\b|<class|\[type|Traceback|\\u|\\x|{name}"
)


def expected(path: Path) -> list[tuple[int, str]]:
    """Return lines and codes of the mistakes that the remarks of a broken dialogue announce."""
    found = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        marked = re.search(r"# (!!?) ([a-z@\d -]+)$", line)
        for mark in marked[2].split() if marked else ():
            code, _, offset = mark.partition("@")
            found.append((number + line.count("!!") + int(offset or 0), code))
    return sorted(found)


def check(report: Report) -> None:
    """Fail unless the report is one that an author can use."""
    errors = [finding for finding in report.findings if finding.severity == "error"]
    assert (report.script is None) == bool(errors)
    assert list(report.findings) == sorted(set(report.findings))
    for finding in report.findings:
        assert finding.line >= 1
        assert finding.column >= 1
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", finding.code)
        assert finding.message.endswith((".", "?", ":", "'"))
        assert 0 < len(finding.message) <= 1000
        assert 0 < len(finding.fix) <= 1000
    if report.script is not None:
        assert from_json(to_json(report.script)) == report.script


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_every_mistake_is_reported_at_its_line_and_nothing_else(path: Path) -> None:
    report = read(path.read_bytes())
    assert sorted((finding.line, finding.code) for finding in report.findings) == expected(path)
    check(report)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_mistakes_are_told_without_jargon(path: Path) -> None:
    for finding in read(path.read_bytes()).findings:
        assert not JARGON.search(f"{finding.message} {finding.fix}"), finding


def test_the_broken_dialogues_hold_many_mistakes() -> None:
    assert sum(len(expected(path)) for path in BROKEN) >= 80
    assert len({code for path in BROKEN for _, code in expected(path)}) >= 30


@pytest.mark.parametrize(
    ("steps", "message", "fix"),
    [
        (
            "  - aks: What now?",
            "This step has no kind that is known: it starts with 'aks'.",
            "Did you mean 'ask'?",
        ),
        (
            "  - choose: Which?\n    optoins: [A, B]",
            "'optoins' is not known here.",
            "Did you mean 'options'?",
        ),
        (
            "  - ask: What now?\n    id: My Id",
            "'My Id' cannot be a name: only lower-case letters, digits and hyphens can, with a letter first.",
            "Write it like: id: my-id",
        ),
        (
            "  - number: How many?\n    to: 5000000000",
            "'to' has to be at most 1,000,000,000, and is '5000000000'.",
            "Choose another.",
        ),
        (
            "  - choose: Which?\n    id: which\n    options: [Bus, Bike]\n  - ask: Why?\n    when: which is buss",
            "'buss' is not an option of 'which'.",
            "Did you mean 'bus'?",
        ),
        (
            "  - choose: Which?\n    id: which\n    options: [Bus, Bike]\n  - ask: Why?\n    when: which is aeroplane",
            "'aeroplane' is not an option of 'which'.",
            "The options of 'which' are 'bus' and 'bike'.",
        ),
        (
            "  - ask: What now?\n  - ask: And?\n    when: q1 is answered",
            "The condition looks at 'q1', and no earlier question has that id.",
            "Add 'id: q1' to the question you mean.",
        ),
        (
            "  - choose: Which?\n    options:\n      - Bus\n      - Bike: my own",
            "'Bike:' is no language.",
            'If it is part of the text, put the whole text in "quotes".',
        ),
    ],
)
def test_a_mistake_is_told_with_what_to_change(steps: str, message: str, fix: str) -> None:
    findings = [
        finding for finding in read(f"{HEAD}steps:\n{steps}\n".encode()).findings if finding.code != "missing-key"
    ]
    assert [(finding.message, finding.fix) for finding in findings] == [(message, fix)]


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        (b"", "not-a-dialogue", 1),
        (b"\n\n# nothing\n", "not-a-dialogue", 1),
        (b"Hello, this is my question set.", "not-a-dialogue", 1),
        (b"- a\n- b", "not-a-dialogue", 1),
        (b"\x00" * 10, "odd-character", 1),
        (b"\x89PNG\r\n\x1a\n", "not-utf8", 1),
        (b"PK\x03\x04", "odd-character", 1),
        ("dialogue: x\n".encode("utf-16"), "not-utf8", 1),
        ("dialogue: x\ntitle: Caf\u00e9\n".encode("latin-1"), "not-utf8", 2),
        (b"x" * (10 * 1024 * 1024), "file-too-large", 1),
        (b"- " * 50_000, "too-deep", 1),
        (b"[" * 50_000, "too-deep", 1),
        (b'a: "' + b"x\n" * 50_000, "yaml-syntax", 1),
        (b"\n".join(b"a%d: b" % number for number in range(20_000)), "too-many-fields", 51),
        (b"a: &a [x]\n" + b"b: *a\n" * 10, "alias", 1),
    ],
)
def test_what_is_no_dialogue_is_told_apart(source: bytes, code: str, line: int) -> None:
    report = read(source)
    assert (code, line) in [(finding.code, finding.line) for finding in report.findings]
    assert report.script is None


def test_the_largest_file_that_is_read_is_read() -> None:
    steps = "  - say: x\n" * 300 + "  - ask: What now?\n"
    source = f"{HEAD}steps:\n{steps}".encode()
    report = read(source + b"#" * (MAX_BYTES - len(source)))
    assert [finding.code for finding in report.findings] == ["list-length"]


@given(st.binary(max_size=400))
@settings(deadline=None)
def test_no_bytes_are_too_much(source: bytes) -> None:
    check(read(source))


_pieces = st.sampled_from(
    [
        *("- ", "  ", "\n", ": ", "# ", "#", "'", '"', "[", "]", "{", "}", ", ", "*a", "&a ", "!", "|", ">", "?", "\t"),
        *("---\n", "...\n", "%", "@", "`", "\ufeff", "\u2028", "\x85", "\r", "“", "”", "steps", "ask", "options", "id"),
        *("when", "dialogue", "title", "about", "languages", "en", "No", "16:30", "{mode|x}", "mode is bus", "\n  - "),
    ]
)


@given(st.lists(_pieces | st.text(max_size=5), max_size=60).map("".join))
@settings(deadline=None)
def test_no_text_is_too_much(source: str) -> None:
    check(read(source.encode("utf-8", "replace")))
    check(read(f"{HEAD}steps:\n  - {source}".encode("utf-8", "replace")))


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Return a shipped file in which lines and characters were deleted, doubled, swapped or typed anew."""
    source = draw(st.sampled_from(SETS)).read_text()
    by_line = draw(st.booleans())
    parts = source.splitlines(keepends=True) if by_line else list(source)
    for _ in range(draw(st.integers(1, 4))):
        here, there = draw(st.integers(0, len(parts) - 1)), draw(st.integers(0, len(parts) - 1))
        match draw(st.sampled_from(("delete", "double", "swap", "type"))):
            case "delete":
                del parts[here]
            case "double":
                parts.insert(there, parts[here])
            case "swap":
                parts[here], parts[there] = parts[there], parts[here]
            case _:
                parts.insert(here, draw(_pieces))
    return "".join(parts)


@given(mutated())
@settings(deadline=None, max_examples=150)
def test_a_slip_of_the_hand_is_reported_or_harmless(source: str) -> None:
    report = read(source.encode())
    check(report)
    assert all(finding.line <= source.count("\n") + 2 for finding in report.findings)
