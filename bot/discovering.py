"""Gathers the replies that no theme catches, from JSONL or from the database, and shows what they are about.

What may be read is as everywhere: redacted words only, and no reply that is flagged.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice

import numpy as np
import yaml

from bot.machine import rows_of
from bot.streaming import replies_in
from nlp.codebook import Codebook
from nlp.codebook_checks import Doubt, doubts_of
from nlp.coder import Reply
from nlp.discovery import Discovery, Found, Group, discover, scatter
from nlp.encoder import Encoder, FloatArray
from nlp.nonresponse import nonresponse
from nlp.pipeline import BATCH_REPLIES
from nlp.reading import Background, Reading, background_of, read
from nlp.redacting import redacted_texts
from nlp.screening import Screener
from nlp.tagging import Tagger
from storage.database import Transaction
from storage.uncaught import count_read, uncaught

BLOCK_REPLIES = 500
"""How many replies are read at once, and how many the background is learned from."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in so many replies: how many a theme catches, how many were held back as flagged, the others.

    `doubts` are about the codebook, where one was given.
    """

    replies: int
    caught: int
    held_back: int
    discovery: Discovery
    doubts: tuple[Doubt, ...]

    def as_json(self) -> dict[str, object]:
        """Return it as `tuckshop discover --json` prints it."""
        return {
            "replies": self.replies,
            "caught": self.caught,
            "said_nothing": self.discovery.said_nothing,
            "held_back": self.held_back,
            "groups": [asdict(group) for group in self.discovery.groups],
            "doubts": [asdict(doubt) for doubt in self.doubts],
        }


def discover_in_lines(
    lines: Iterable[str],
    codebook: Codebook | None,
    count: int | None,
    language: str,
    encoder: Encoder,
    screener: Screener,
) -> Report:
    """Return what the replies of JSONL say that no theme of the codebook catches. Raises InputLineError.

    What the screener flags is left out. The order of the lines does not matter: replies are read in one of their own.
    """
    replies = sorted(replies_in(lines), key=lambda reply: (scatter(reply.text), reply.text))
    safe = _unflagged(replies, language, screener)
    tagger = Tagger(codebook, language, encoder) if codebook is not None else None
    rest, given = list[Found](), list[tuple[str, ...]]()
    for reading, themes in _read(safe, tagger, language, encoder):
        silent = nonresponse(reading.text) is not None
        if silent or not themes:
            rest.append(Found(reading.text, np.array(reading.vector), language))
        if not silent:
            given.append(themes)
    doubts = tuple(doubts_of(codebook, given)) if codebook is not None else ()
    return Report(len(replies), len(safe) - len(rest), len(replies) - len(safe), discover(rest, count), doubts)


@dataclass(frozen=True, slots=True)
class Stored:
    """How many stored replies an encoder has read, and those of them that no theme catches."""

    replies: int
    rest: tuple[Found, ...]


def stored(tx: Transaction, encoder: str, dimensions: int) -> Stored:
    """Return the stored replies that the encoder of that name has read, with its vectors of so many numbers."""
    rest = (Found(row.redacted, _whole(row.vectors, dimensions), row.language) for row in uncaught(tx, encoder))
    return Stored(count_read(tx, encoder), tuple(rest))


def discover_in_stored(found: Stored, count: int | None) -> Report:
    """Return what the stored replies say that no theme catches, from their vectors: no encoder runs."""
    return Report(found.replies, found.replies - len(found.rest), 0, discover(found.rest, count), ())


def in_words(report: Report) -> str:
    """Return the report as lines for a person."""
    groups = [_group_in_words(number, group) for number, group in enumerate(report.discovery.groups, 1)]
    doubts = [f"Look at this: {doubt.says}\n  → {doubt.fix}" for doubt in report.doubts]
    return "\n\n".join([_counts_in_words(report), *groups, *doubts])


def draft(report: Report) -> str:
    """Return the groups as a codebook in YAML, to be read, renamed and described; the same groups give the same text.

    Raises ValueError where there is no group: a codebook needs a theme.
    """
    if not report.discovery.groups:
        raise ValueError("There is no group to write.")
    themes = [_theme_lines(group) for group in report.discovery.groups]
    return "\n".join([_DRAFT_HEAD, *themes])


_DRAFT_HEAD = """\
# A draft that a machine made: replies that are near each other, and their words. Give each theme a name that young
# people would use, write what belongs to it as its definition, and take out what does not fit. Then copy the themes
# that you keep into your codebook.
codebook: draft
themes:"""
_DRAFT_CHARS = 110  # a longer line is broken


def _theme_lines(group: Group) -> str:
    theme = {
        "id": group.id,
        "name": group.name,
        "keywords": list(group.keywords),
        "examples": list(group.examples),
    }
    lines = yaml.safe_dump([theme], allow_unicode=True, sort_keys=False, width=_DRAFT_CHARS).splitlines()
    return "\n".join([f"  # {_replies(group.size)}", *(f"  {line}".rstrip() for line in lines)]) + "\n"


def _group_in_words(number: int, group: Group) -> str:
    words = f"   Words: {', '.join(group.keywords)}"
    return "\n".join(
        [f"{number}. {group.name} ({_replies(group.size)})", words, *(f"   “{own}”" for own in group.examples)]
    )


def _counts_in_words(report: Report) -> str:
    grouped = sum(group.size for group in report.discovery.groups)
    counts = [
        (report.caught, "in a theme already"),
        (report.discovery.said_nothing, "said nothing"),
        (report.held_back, "held back for the lead"),
        (grouped, "in 1 group" if len(report.discovery.groups) == 1 else f"in {len(report.discovery.groups)} groups"),
    ]
    parts = ", ".join(f"{count} {what}" for count, what in counts if count)
    return f"{_replies(report.replies)}: {parts}." if parts else f"{_replies(report.replies)}."


def _replies(count: int) -> str:
    return "1 reply" if count == 1 else f"{count} replies"


def _unflagged(replies: Sequence[Reply], language: str, screener: Screener) -> list[Reply]:
    """Return the replies that neither look of the screening stops at."""
    blocks = [replies[start : start + BATCH_REPLIES] for start in range(0, len(replies), BATCH_REPLIES)]
    flags = (own for block in blocks for own in screener.flags_of([reply.text for reply in block], language))
    return [reply for reply, own in zip(replies, flags, strict=True) if not own]


def _read(
    replies: Sequence[Reply], tagger: Tagger | None, language: str, encoder: Encoder
) -> Iterator[tuple[Reading, tuple[str, ...]]]:
    """Yield the reading of each reply and the themes that it carries, holding a block of them at a time."""
    texts = (redacted for _, redacted in redacted_texts(replies, language))
    background: Background | None = None
    while block := list(islice(texts, BLOCK_REPLIES)):
        readings = read(block, encoder)
        background = background or background_of(np.stack([reading.vector for reading in readings]))
        tags = tagger.tag(readings, background) if tagger else [()] * len(readings)
        for reading, own in zip(readings, tags, strict=True):
            yield reading, tuple(tag.theme for tag in own)


def _whole(vectors: bytes, dimensions: int) -> FloatArray:
    """Return the first of the stored rows, which is the whole reply's; zeros where there is none."""
    rows = rows_of(vectors, dimensions)
    return rows[0] if len(rows) else np.zeros(dimensions, dtype=np.float32)
