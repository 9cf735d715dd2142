"""Finds personal data in a reply and takes it out: addresses, numbers, handles, links, and the names of people.

What is found by form is found here, in any language; `names` finds names. Finds too much rather than too little where
digits are concerned; where words are concerned, a name must look like one, or ordinary replies would be mutilated.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher

Kind: TypeAlias = Literal["name", "email", "phone", "number", "handle", "link"]
_MARK = re.compile(rf"\[(?:{'|'.join(get_args(Kind))})\]")
"""`number` is an account, card or identity number: long, and no telephone number."""

DEFAULT_REGION = "GB"
"""Whose telephone numbers are written without a country code (ISO 3166), where a deployment does not say."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """Personal data of that kind at these character offsets of the raw text."""

    start: int
    end: int
    kind: Kind


_APPS = (
    r"(?:insta(?:gram)?|ig|snap(?:chat)?|sc|tiktok|tik tok|discord|telegram|twitter|whats ?app|fb|facebook|roblox|psn)"
)
_IS = r"\b(?:user ?name|name|handle|tag|id|is|it'?s|es|ist|est)\b|[:=-]"
_ADD = r"(?:add|follow|message|msg|dm|text|find|agr[eé]ga(?:me)?|s[ií]gue(?:me)?)"
_HANDLE = r"[\w.\-]*[\w\-](?:#\d{2,5})?"
_SITE = r"(?:[a-z0-9-]+\.)+"
_PATH = r"/[^\s<>\"']*[^\s<>\"'.,;:!?)\]]"
_TLD = r"(?:com|org|net|edu|gov|info|io|gg|app|dev|eu|uk|de|nl|au|nz)"
"""Endings that no sentence without a space behind its full stop runs into, unlike `.it` or `.me`."""


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _spelt(words: str) -> str:
    """Return a pattern for a sign that is spelt out, alone or in brackets: "me at mail dot com", "me (at) mail"."""
    return rf"\s{{0,2}}[(\[]?\s{{0,2}}\b(?:{words})\b\s{{0,2}}[)\]]?\s{{0,2}}"


_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email", _form(r"(?<![\w.+'%-])[\w.+'%-]*[\w+%-]\s?@\s?(?:[\w-]+\.)+[^\W\d_]{2,}")),
    ("email", _form(rf"(?<![\w.+-])[\w.+-]{{1,64}}{_spelt('at|arroba')}[\w-]+{_spelt('dot|punto')}\w{{2,}}")),
    ("link", _form(r"(?:https?://|www\.)[^\s<>\"']*[^\s<>\"'.,;:!?)\]]")),
    ("link", re.compile(rf"(?<![\w@.])(?:{_SITE}{_TLD}|{_SITE}[a-z]{{2,}}(?={_PATH}))(?:{_PATH})?(?![\w@-])")),
    ("handle", _form(r"(?<![\w@.])@\w[\w.]*\w")),
    ("handle", _form(r"(?<!\w)\w{2,32}#\d{4}(?!\w)")),
    ("handle", _form(rf"\b(?:my|mi|mon|mein)\s+{_APPS}(?:\s*(?:{_IS}))+\s*(?P<data>{_HANDLE})")),
    ("handle", _form(rf"(?<!\w){_APPS}\s*[:=]\s*(?P<data>{_HANDLE})")),
    ("handle", _form(rf"\b{_ADD}\s+(?:me\s+)?(?:on|at|en)\s+(?:my\s+|mi\s+)?{_APPS}\s*[:,=-]?\s+(?P<data>{_HANDLE})")),
)

_DIGITS = re.compile(
    r"(?<![\w.#])(?<!\d,)\+?\(?\d(?:[\d()]|[ \t./-]{1,2}(?=[\d(])|–(?=\d))*\d(?:\s?x\s?\d{1,6})?(?!\w)"
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\w)", re.IGNORECASE)
_DATE = re.compile(r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[ T]\d{1,2})?")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)\d\d| \d{1,3})")
_AMOUNT = re.compile(r"[1-9](?:[ .]\d{3})+|[1-9]\d{0,2}(?:[ .]\d{3})*[ .]000|[1-9]\d*0{4,}|\d+\.\d+")
_MONEY_BEFORE = re.compile(r"[$€£¥]\s?$|\b(?:usd|eur|gbp)\s?$", re.IGNORECASE)
_UNIT_AFTER = re.compile(
    r"\s?(?:[$€£¥%]|(?:usd|eur|gbp|euros?|dollars?|pounds?|people|personas|millones|k)\b)", re.IGNORECASE
)
_FEWEST_PHONE_DIGITS, _MOST_PHONE_DIGITS = 7, 15


def by_form(text: str, region: str = DEFAULT_REGION) -> list[Redaction]:
    """Return the personal data that its form gives away, in order and without overlaps."""
    return merged([*_by_pattern(text), *_numbers(text, region)])


def redact(text: str, redactions: Iterable[Redaction]) -> str:
    """Return the text with a mark such as `[name]` in place of each; overlapping ones count as the first."""
    parts, end = [], 0
    for redaction in merged(redactions):
        parts += [text[end : redaction.start], f"[{redaction.kind}]"]
        end = redaction.end
    return "".join([*parts, text[end:]])


def without_marks(text: str) -> str:
    """Return a redacted text with spaces in place of its marks, so that every offset stays: "[phone]" says nothing."""
    return _MARK.sub(lambda mark: " " * len(mark.group()), text)


def merged(redactions: Iterable[Redaction]) -> list[Redaction]:
    """Return them in order, overlapping ones as one of the kind of the longest."""
    result: list[Redaction] = []
    for redaction in sorted(redactions, key=lambda own: (own.start, -own.end)):
        if result and redaction.start < result[-1].end:
            result[-1] = _joined(result[-1], redaction)
        else:
            result.append(redaction)
    return result


def _joined(one: Redaction, other: Redaction) -> Redaction:
    longer = max(one, other, key=lambda own: own.end - own.start)
    return Redaction(min(one.start, other.start), max(one.end, other.end), longer.kind)


def _by_pattern(text: str) -> Iterator[Redaction]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span("data" if "data" in pattern.groupindex else 0)
            yield Redaction(start, end, kind)


def _numbers(text: str, region: str) -> Iterator[Redaction]:
    """Yield telephone numbers (those that exist, and those that look like one) and longer numbers."""
    for found in PhoneNumberMatcher(text, region, leniency=Leniency.VALID):
        if not _is_quantity(text, found.start, found.end):
            yield Redaction(found.start, found.end, "phone")
    for match in _IBAN.finditer(text):
        yield Redaction(match.start(), match.end(), "number")
    for match in _DIGITS.finditer(text):
        digits = sum(char.isdigit() for char in match.group())
        if digits >= _FEWEST_PHONE_DIGITS and not _is_quantity(text, match.start(), match.end()):
            yield Redaction(match.start(), match.end(), "phone" if digits <= _MOST_PHONE_DIGITS else "number")


def _is_quantity(text: str, start: int, end: int) -> bool:
    """Tell whether digits are a date, a span of years or an amount rather than a number that leads to someone."""
    digits = text[start:end]
    whole = (_DATE, _YEARS, _AMOUNT)
    return any(form.fullmatch(digits) for form in whole) or bool(
        _MONEY_BEFORE.search(text[:start]) or _UNIT_AFTER.match(text, end)
    )


def is_region(region: str) -> bool:
    """Tell whether telephone numbers of that region are known."""
    return region in phonenumbers.SUPPORTED_REGIONS


def overlaps(redaction: Redaction, others: Sequence[Redaction]) -> bool:
    """Tell whether it shares a character with one of the others."""
    return any(redaction.start < other.end and other.start < redaction.end for other in others)
