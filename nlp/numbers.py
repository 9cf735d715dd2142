"""Finds numbers that lead to somebody: telephone, card, account, identity and plate numbers, and dates of birth.

Finds too much rather than too little: any seven digits that are no date, span of years or amount are a number.
"""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher

from nlp.redaction import Kind, Redaction

DEFAULT_REGION = "GB"
"""Whose telephone numbers are written without a country code (ISO 3166), where a deployment does not say."""

_DIGITS = re.compile(
    r"(?<![\w.#])(?<!\d,)\+?\(?\d(?:[\d()]|[ \t./-]{1,2}(?=[\d(])|–(?=\d))*\d(?:\s?x\s?\d{1,6})?(?!\w)"
)
_DATE = re.compile(r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[ T]\d{1,2})?")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)\d\d| \d{1,3})")
_AMOUNT = re.compile(r"[1-9](?:[ .]\d{3})+|[1-9]\d{0,2}(?:[ .]\d{3})*[ .]000|[1-9]\d*0{4,}|\d+\.\d+")
_MONEY_BEFORE = re.compile(r"[$€£¥]\s?$|\b(?:usd|eur|gbp)\s?$", re.IGNORECASE)
_UNIT_AFTER = re.compile(
    r"\s?(?:[$€£¥%]|(?:usd|eur|gbp|euros?|dollars?|pounds?|people|personas|millones|k)\b)", re.IGNORECASE
)
_FEWEST_PHONE_DIGITS, _MOST_PHONE_DIGITS = 7, 15
_FEWEST_CARD_DIGITS = 13

_SPELT_DIGIT = (
    "zero|oh|o|one|two|three|four|five|six|seven|eight|nine|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve"
)
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|"
    "diciembre"
)
_DAY = (
    rf"(?:\d{{1,4}}[-/.]\d{{1,2}}(?:[-/.]\d{{1,4}})?|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s|"
    rf"de\s)?(?:{_MONTH})(?:,?\s(?:de\s|del\s)?\d{{2,4}})?|"
    rf"(?:{_MONTH})\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?)"
)
_BIRTH = (
    r"\bborn\s(?:on\s)?(?:the\s)?|\b(?:my|his|her)\s(?:birthday|bday|b-day|birth date|birthdate)(?:\sis|['’]?s|"
    r":)?\s(?:on\s)?(?:the\s)?|"
    r"\b(?:d\.?o\.?b\.?|date of birth)\s?(?:is|:)?\s?(?:it['’]?s\s)?(?:the\s)?|\bdate of birth\W{1,3}it['’]?s\s|"
    r"\bnac[ií]\s(?:el\s)?|\b(?:mi|su)\scumple(?:años)?\ses\s(?:el\s)?|\bfecha de nacimiento\s?(?:es|:)?\s?(?:el\s)?|"
    r"\bcumplo\s(?:años\s|los \d{2}\s)?(?:el\s)"
)
_PAPER = (
    r"(?:student|pupil|id|identity|licen[cs]e|passport|medicare|nhs|social security|ssn|membership|account|library "
    r"card|opal|myki|tfn|number plate|licence plate|license plate|plate|rego|registration|dni|nie|pasaporte|"
    r"matr[ií]cula|carnet)"
)


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("number", _form(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\w)")),  # IBAN
    ("number", re.compile(r"(?<![\w.-])\d{3}-\d{2}-\d{4}(?![\w-])")),  # United States social security
    ("number", _form(r"(?<!\w)(?:\d{8}[ -]?|[XYZ][ -]?\d{7}[ -]?)[A-HJ-NP-TV-Z](?!\w)")),  # Spanish DNI and NIE
    ("number", re.compile(r"(?<!\w)[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)")),  # British national insurance
    ("number", _form(r"(?<!\w)[A-Z]{1,3}\d{6,14}(?!\w)")),  # student, licence and passport numbers
    ("number", re.compile(r"(?<!\w)(?:[A-Z]{2}\d{2} ?[A-Z]{3}|\d{4}[B-DF-HJ-NP-TV-Z]{3})(?!\w)")),  # plates
    ("number", re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)")),  # IP address
    (
        "number",
        _form(
            rf"\b{_PAPER}(?:['’]s)?\s(?:(?:number|no\.?|num|nr|id|card|plate)\s)?(?:(?:is|es)\s|[:#]\s?)"
            r"(?P<data>(?=[A-Z]{0,3}[ -]?(?:\d[A-Z -]{0,2}){3})[A-Z0-9]{1,14}(?:[ -][A-Z]{0,3}\d{1,12}){0,5})(?!\w)"
        ),
    ),
    ("number", _form(rf"(?:{_BIRTH})(?P<data>{_DAY})(?!\w)")),
    (
        "phone",
        _form(rf"\b(?:(?:(?:double|triple|doble)\s)?(?:{_SPELT_DIGIT})[\s,-]{{1,3}}){{6,14}}(?:{_SPELT_DIGIT})\b"),
    ),
)


def numbers(text: str, region: str) -> Iterator[Redaction]:
    """Yield telephone numbers (those that exist, and those that look like one) and longer ones; they may overlap."""
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Redaction(*match.span("data" if "data" in pattern.groupindex else 0), kind)
    found = [match for match in _DIGITS.finditer(text) if sum(map(str.isdigit, match.group())) >= _FEWEST_PHONE_DIGITS]
    for match in found:
        if not _is_quantity(text, *match.span()):
            yield Redaction(*match.span(), _kind(match.group()))
    yield from _telephones(text, region)


def _telephones(text: str, region: str) -> Iterator[Redaction]:
    for found in PhoneNumberMatcher(text, region, leniency=Leniency.VALID):
        if not _is_quantity(text, found.start, found.end):
            yield Redaction(found.start, found.end, "phone")


def _kind(written: str) -> Kind:
    digits = [int(char) for char in written if char.isdigit()]
    card = len(digits) >= _FEWEST_CARD_DIGITS and not written.startswith("+") and _is_checked(digits)
    return "number" if card or len(digits) > _MOST_PHONE_DIGITS else "phone"


def _is_checked(digits: list[int]) -> bool:
    """Tell whether the last digit checks the others as a card's does (ISO/IEC 7812, Luhn)."""
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_quantity(text: str, start: int, end: int) -> bool:
    """Tell whether digits are a date, a span of years or an amount rather than a number that leads to someone."""
    digits = text[start:end]
    whole = (_DATE, _YEARS, _AMOUNT)
    return any(form.fullmatch(digits) for form in whole) or bool(
        _MONEY_BEFORE.search(text[max(0, start - 8) : start]) or _UNIT_AFTER.match(text, end)
    )


def is_region(region: str) -> bool:
    """Tell whether telephone numbers of that region are known."""
    return region in phonenumbers.SUPPORTED_REGIONS
