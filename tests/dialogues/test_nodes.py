import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.nodes import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_FIELDS,
    Fields,
    Plain,
    Scalar,
    UnreadableError,
    at,
    compose,
    decode,
    place,
    plain,
)


def held(text: str) -> "Plain | None":
    """Return what the text holds. Fails where there is anything to find in it."""
    root, findings = compose(text)
    assert findings == []
    return None if root is None else plain(root)


def found(text: str) -> list[tuple[int, int, str]]:
    return [(finding.line, finding.column, finding.code) for finding in sorted(compose(text)[1])]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("No", "No"),
        ("yes", "yes"),
        ("off", "off"),
        ("null", "null"),
        ("~", "~"),
        ("16:30", "16:30"),
        ("2026-11-23", "2026-11-23"),
        ("007", "007"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        (".5", ".5"),
        ("1_000", "1_000"),
        ("3.10", "3.10"),
        ("'quoted'", "quoted"),
        ('"with: colon # and hash"', "with: colon # and hash"),
        ("  spaced   out  ", "spaced   out"),
        ("a#b", "a#b"),
        ("text # a remark", "text"),
        ("<<", "<<"),
        ("=", "="),
        ("1,5", "1,5"),
        ("it's", "it's"),
        ("", ""),
    ],
)
def test_a_text_stays_what_was_typed(written: str, value: str) -> None:
    assert held(f"key: {written}\n") == {"key": value}


def test_keys_stay_what_was_typed_too() -> None:
    assert held("no: a\n16:30: b\n1: c\n<<: d\n") == {"no": "a", "16:30": "b", "1": "c", "<<": "d"}


def test_long_texts_are_folded_or_kept_as_lines() -> None:
    assert held("a: one\n  two\nb: >\n  one\n  two\nc: |\n  one\n  two\n") == {
        "a": "one two",
        "b": "one two",
        "c": "one\ntwo",
    }


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u202f", "\u3000"])
def test_odd_spaces_are_spaces(space: str) -> None:
    assert held(decode(f"a:{space}x\n{space}{space}\n".encode())) == {"a": "x"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_any_end_of_line_ends_a_line(end: str) -> None:
    root, findings = compose(decode(f"a: x{end}b: y{end}".encode()))
    assert findings == []
    assert isinstance(root, Fields)
    assert place(root, ("b",)) == (2, 1)


def test_marks_of_the_encoding_are_ignored() -> None:
    assert held(decode(b"\xef\xbb\xbfa: x\n")) == {"a": "x"}
    assert held(decode("a: x\u200b\ufeff\n".encode())) == {"a": "x"}


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("a: x\n".encode("utf-16"), "not-utf8", 1),
        ("a: x\nb: caf\u00e9\n".encode("latin-1"), "not-utf8", 2),
        (b"a" * (MAX_BYTES + 1), "file-too-large", 1),
    ],
)
def test_bytes_that_are_no_text_are_unreadable(source: bytes, code: str, line: int) -> None:
    with pytest.raises(UnreadableError) as raised:
        decode(source)
    assert (raised.value.finding.code, raised.value.finding.line) == (code, line)


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("a: x\na: y\n", [(2, 1, "repeated-key")]),
        ("a: We're #1\n", [(1, 4, "cut-at-hash")]),
        ("a: “x”\n", [(1, 4, "curly-quotes")]),
        ("a: &x y\n", [(1, 4, "alias")]),
        ("a: *x\n", [(1, 4, "alias")]),
        ("a: !x y\n", [(1, 4, "tag")]),
        ("a: x\n---\nb: y\n", [(2, 1, "second-document")]),
        ("a: x: y\n", [(1, 5, "yaml-syntax")]),
        ('a: "x\n', [(1, 4, "yaml-syntax")]),
        ("a: [x\n", [(1, 4, "yaml-syntax")]),
        ("a: {x: y\nb: z\n", [(1, 4, "yaml-syntax")]),
        ("a:\n  - x\n\t- y\n", [(3, 1, "yaml-syntax")]),
        ("a: \x01\n", [(1, 1, "odd-character")]),
        ("é: x\nb: \x07\n", [(2, 1, "odd-character")]),
        ("[a]: x\n", [(1, 1, "bracket")]),
    ],
)
def test_what_an_author_would_not_expect_is_found_where_it_stands(
    text: str, findings: list[tuple[int, int, str]]
) -> None:
    assert found(text) == findings


def test_a_broken_line_does_not_hide_those_below_it() -> None:
    text = "a: x: y\nb: *z\nsteps:\n  - ask: [x\n  - say: @y\n\t  id: z\nc: x\nc: y\n"
    assert [line for line, _, _ in found(text)] == [1, 2, 4, 5, 6, 8]


def test_the_text_of_a_broken_line_is_put_aside() -> None:
    root, _ = compose("a: x: y\nb: z\n")
    assert root is not None
    assert plain(root) == {"a": "…", "b": "z"}


def test_depth_is_bounded() -> None:
    assert held("a: " + "[" * (MAX_DEPTH - 1) + "x" + "]" * (MAX_DEPTH - 1))
    assert (1, 3 + MAX_DEPTH, "too-deep") in found("a: " + "[" * MAX_DEPTH + "x" + "]" * MAX_DEPTH)


def test_width_is_bounded() -> None:
    root, findings = compose("".join(f"k{number}: v\n" for number in range(2 * MAX_FIELDS)))
    assert isinstance(root, Fields)
    assert len(root.fields) == MAX_FIELDS
    assert [(finding.code, finding.line) for finding in findings] == [("too-many-fields", MAX_FIELDS + 1)]


def test_places_are_those_of_the_key_or_the_item() -> None:
    root, _ = compose("a: x\nsteps:\n  - ask: b\n  -   id: c\n      of: [d, e]\n")
    assert root is not None
    assert place(root, ("steps", 1, "id")) == (4, 7)
    assert place(root, ("steps", 1, "of", 1)) == (5, 15)
    assert place(root, ("steps", 1)) == (4, 7)


def test_the_place_of_what_is_missing_is_what_it_is_missing_from() -> None:
    root, _ = compose("a: x\nsteps:\n  - ask: b\n")
    assert root is not None
    assert place(root, ("steps", 0, "options", 3)) == (3, 5)
    assert place(root, ("thanks",)) == (1, 1)
    assert at(root, ("steps", 0, "options")) is None
    assert at(root, ("steps", 0, "ask")) == Scalar("b", 3, 10)


@given(st.text())
def test_any_quoted_text_survives(text: str) -> None:
    kept = "".join(character for character in text if character.isprintable()).replace("\\", "").replace('"', "")
    assert held(f'a: "{kept}"\n') == {"a": kept.strip()}
