import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.redaction import Redaction, by_form, is_region, merged, redact, without_marks


def hidden(text: str, region: str = "GB") -> str:
    return redact(text, by_form(text, region))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mail me: sam.o'hara+x@mail.co.uk!", "mail me: [email]!"),
        ("sam at gmail dot com", "[email]"),
        ("sam (at) gmail (dot) com please", "[email] please"),
        ("sam arroba gmail punto com", "[email]"),
        ("call 07700 900123 now", "call [phone] now"),
        ("+44 (0)7700 900 123", "[phone]"),
        ("ring 0699 868 88 55.", "ring [phone]."),
        ("259.735.7502x459", "[phone]"),
        ("card 340376792748116123", "card [number]"),
        ("GB42NAWI04454264788619", "[number]"),
        ("see https://x.org/a?b=1.", "see [link]."),
        ("www.town.gov/bus", "[link]"),
        ("on nashvilleguru.com today", "on [link] today"),
        ("t.me/tuckshop_bot", "[link]"),
        ("I'm @sam_99 there", "I'm [handle] there"),
        ("my insta is sam.99", "my insta is [handle]"),
        ("snap: sammy-x", "snap: [handle]"),
        ("add me on snapchat sammyx", "add me on snapchat [handle]"),
        ("discord Sam#1234", "discord [handle]"),
    ],
)
def test_personal_data_is_found_by_its_form(text: str, expected: str) -> None:
    assert hidden(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I am 16 and live at number 12",
        "it costs 3.50 or 10 000 000",
        "$1234567 is too much",
        "2 500 000 people",
        "on 2015-12-22 04:34, or 22/12/2015",
        "from 2010-2020, in 2013 107 of them",
        "late every day.it is awful",
        "meet at the park at 4 dot",
        "buses/trains, 24/7, 9-5",
        "insta is bad for us",
        "my phone is old",
        "1 2 3 4",
    ],
)
def test_ordinary_words_and_numbers_stay(text: str) -> None:
    assert hidden(text) == text


def test_a_number_without_country_code_depends_on_the_region() -> None:
    (found,) = by_form("call (201) 555-0123", "US")
    assert found == Redaction(5, 19, "phone")
    assert is_region("NZ")
    assert not is_region("EN")


@pytest.mark.parametrize("piece", ["a", "a.", "1", "1-", "a@", "a at ", "www.", "(", "my insta ", " ", "GB42 "])
def test_a_long_message_of_anything_takes_no_time(piece: str) -> None:
    started = time.process_time()
    by_form((piece * 20_000)[:20_000])
    assert time.process_time() - started < 2, "something in the patterns is quadratic"


def test_overlapping_redactions_become_one_of_the_longest_kind() -> None:
    spans = [Redaction(4, 9, "handle"), Redaction(0, 6, "email"), Redaction(20, 22, "name")]
    assert merged(spans) == [Redaction(0, 9, "email"), Redaction(20, 22, "name")]


@given(st.text(alphabet=st.sampled_from("a@.com 0712+-#/:\n") | st.characters()))
def test_redacting_takes_whole_redactions_out_of_any_text(text: str) -> None:
    found = by_form(text)
    assert found == merged(found)
    assert all(0 <= own.start < own.end <= len(text) for own in found)
    gone = sum(own.end - own.start for own in found)
    rest = redact(text, found)
    for own in found:
        rest = rest.replace(f"[{own.kind}]", "", 1)
    assert len(rest) == len(text) - gone


def test_the_marks_of_a_redaction_leave_spaces_so_that_they_earn_no_theme() -> None:
    text = "ring me on [phone], says [name] [sic]"
    assert without_marks(text) == "ring me on        , says        [sic]"
