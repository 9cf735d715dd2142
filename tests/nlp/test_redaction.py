from hypothesis import given
from hypothesis import strategies as st

from nlp.redaction import Redaction, merged, outside_marks, redact, unmasked, without_marks


def test_overlapping_redactions_become_one_of_the_longest_kind() -> None:
    spans = [Redaction(4, 9, "handle"), Redaction(0, 6, "email"), Redaction(20, 22, "name")]
    assert merged(spans) == [Redaction(0, 9, "email"), Redaction(20, 22, "name")]


def test_the_kind_of_three_that_overlap_is_that_of_the_longest_of_them() -> None:
    spans = [Redaction(0, 4, "name"), Redaction(3, 6, "phone"), Redaction(5, 14, "address")]
    assert merged(spans) == [Redaction(0, 14, "address")]


def test_the_marks_of_a_redaction_leave_spaces_so_that_they_earn_no_theme() -> None:
    text = "ring me on [phone], says [name] [sic]"
    assert without_marks(text) == "ring me on        , says        [sic]"


def test_a_redaction_across_a_mark_keeps_only_what_is_not_marked() -> None:
    text = "12 [name] Street, [sic]"
    assert list(outside_marks(text, [Redaction(0, 16, "address"), Redaction(3, 9, "name")])) == [
        Redaction(0, 2, "address"),
        Redaction(10, 16, "address"),
    ]


@given(st.text(alphabet="ab []", max_size=30), st.data())
def test_offsets_in_a_redacted_text_lead_back_to_the_raw_one(text: str, data: st.DataObject) -> None:
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = [tuple(sorted(pair)) for pair in data.draw(st.lists(places, max_size=4))]
    found = merged(Redaction(start, end, "name") for start, end in spans if start < end)
    seen = redact(text, found)
    for start in range(len(seen)):
        for own in outside_marks(seen, [Redaction(start, start + 1, "phone")]):
            raw = unmasked(own, found)
            if not any(one.start < raw.end and raw.start < one.end for one in found):
                assert text[raw.start : raw.end] == seen[own.start : own.end]
