import pytest

from nlp.numbers import is_region, numbers
from nlp.redaction import Redaction, merged, redact


def hidden(text: str, region: str = "GB") -> str:
    return redact(text, numbers(text, region))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call 07700 900123 now", "call [phone] now"),
        ("+44 (0)7700 900 123", "[phone]"),
        ("ring 0699 868 88 55.", "ring [phone]."),
        ("259.735.7502x459", "[phone]"),
        ("its oh four one two three four five six seven eight", "its [phone]"),
        ("seis uno dos tres cuatro cinco seis siete ocho", "[phone]"),
        ("card 340376792748116123", "card [number]"),
        ("card 4454 7945 1139 0933", "card [number]"),
        ("GB42NAWI04454264788619", "[number]"),
        ("my ssn: 054-28-6917", "my ssn: [number]"),
        ("mi DNI 12345678Z", "mi DNI [number]"),
        ("nie X-1234567-L", "nie [number]"),
        ("im s3456789 at school", "im [number] at school"),
        ("rego is ABC 123", "rego is [number]"),
        ("la matrícula es 1234BCD", "la matrícula es [number]"),
        ("it was AB12 CDE", "it was [number]"),
        ("from 86.121.97.248", "from [number]"),
        ("my dob is 3/5/2009", "my dob is [number]"),
        ("I was born on 3 May 2009, here", "I was born on [number], here"),
        ("my birthday is may 3rd", "my birthday is [number]"),
        ("nací el 3 de mayo de 2009", "nací el [number]"),
        ("mi cumple es el 3 de mayo", "mi cumple es el [number]"),
    ],
)
def test_numbers_that_lead_to_somebody_are_found(text: str, expected: str) -> None:
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
        "the 3rd of May was fun",
        "I was born in 2009, born in May",
        "bus 250, M25, covid19, year 10",
        "one two three go",
        "1 2 3 4",
    ],
)
def test_ordinary_numbers_stay(text: str) -> None:
    assert hidden(text) == text


def test_a_number_without_country_code_depends_on_the_region() -> None:
    assert merged(numbers("call (201) 555-0123", "US")) == [Redaction(5, 19, "phone")]
    assert is_region("NZ")
    assert not is_region("EN")
