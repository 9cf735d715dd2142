"""What a redaction is, and how a text is written without what was found. Knows nothing of how it is found."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Kind: TypeAlias = Literal["name", "email", "phone", "number", "handle", "link", "address", "school"]
"""`number` is an account, card, identity or plate number, or a date of birth: what is no telephone number."""
_MARK = re.compile(rf"\[(?:{'|'.join(get_args(Kind))})\]")


@dataclass(frozen=True, slots=True)
class Redaction:
    """Personal data of that kind at these character offsets of the raw text."""

    start: int
    end: int
    kind: Kind


def redact(text: str, redactions: Iterable[Redaction]) -> str:
    """Return the text with a mark such as `[name]` in place of each; overlapping ones count as the first."""
    parts, end = [], 0
    for redaction in merged(redactions):
        parts += [text[end : redaction.start], f"[{redaction.kind}]"]
        end = redaction.end
    return "".join([*parts, text[end:]])


def without_marks(text: str) -> str:
    """Return a redacted text with spaces in place of its marks, so that every offset stays: "[phone]" says nothing."""
    return _MARK.sub(lambda mark: " " * len(mark.group()), text) if "[" in text else text


def merged(redactions: Iterable[Redaction]) -> list[Redaction]:
    """Return them in order, overlapping ones as one of the kind of the longest."""
    result: list[Redaction] = []
    longest = 0
    for redaction in sorted(redactions, key=lambda own: (own.start, -own.end)):
        length = redaction.end - redaction.start
        if result and redaction.start < result[-1].end:
            kind = redaction.kind if length > longest else result[-1].kind
            result[-1] = Redaction(result[-1].start, max(result[-1].end, redaction.end), kind)
            longest = max(longest, length)
        else:
            result.append(redaction)
            longest = length
    return result


def outside_marks(text: str, redactions: Iterable[Redaction]) -> Iterator[Redaction]:
    """Yield the redactions without the marks that they lie across; what then holds no letter or digit is dropped."""
    marks = [mark.span() for mark in _MARK.finditer(text)]
    for redaction in redactions:
        for start, end in _gaps(redaction, marks):
            piece = text[start:end]
            if any(map(str.isalnum, piece)):
                lead = len(piece) - len(piece.lstrip())
                yield Redaction(start + lead, start + len(piece.rstrip()), redaction.kind)


def _gaps(redaction: Redaction, marks: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start = redaction.start
    for mark_start, mark_end in marks:
        if mark_start < redaction.end and mark_end > start:
            yield start, max(start, mark_start)
            start = mark_end
    yield start, max(start, redaction.end)


def unmasked(redaction: Redaction, found: Sequence[Redaction]) -> Redaction:
    """Return a redaction of the redacted text by its offsets in the raw one.

    `found` is what the text was redacted by, in order; the redaction touches none of its marks.
    """
    shift = 0
    for own in found:
        if own.start + len(f"[{own.kind}]") - shift > redaction.start:
            break
        shift += own.end - own.start - len(f"[{own.kind}]")
    return Redaction(redaction.start + shift, redaction.end + shift, redaction.kind)
