"""JSONL in, JSONL out, in bounded memory: what `tuckshop tag` and `tuckshop screen` do with each line."""

import json
from collections.abc import Iterable, Iterator

from nlp.redacting import redacted_texts

from nlp.codebook import Codebook
from nlp.coder import MachineCoder, Reply, TaggedReply
from nlp.encoder import UseEncoder
from nlp.screening import screen


class InputLineError(Exception):
    """A line of the input is not what it should be; the message says which, and what it should be."""


def tag_lines(lines: Iterable[str], codebook: Codebook, language: str) -> Iterator[str]:
    """Yield for each reply its themes, in order. Raises InputLineError."""
    coder = MachineCoder(UseEncoder(), language)
    for outcome in coder.tag(_replies(lines), codebook):
        themes = [
            {
                "theme": tag.theme,
                "confidence": round(tag.confidence, 4),
                "evidence": outcome.redacted[tag.start : tag.end],
            }
            for tag in (outcome.tags if isinstance(outcome, TaggedReply) else ())
        ]
        problem = {} if isinstance(outcome, TaggedReply) else {"problem": outcome.problem}
        yield json.dumps({"id": json.loads(outcome.id), "themes": themes, **problem}, ensure_ascii=False)


def screen_lines(lines: Iterable[str], language: str) -> Iterator[str]:
    """Yield for each text its flags, and itself without personal data. Raises InputLineError."""
    for reply, redacted in redacted_texts(_replies(lines), language):
        flags = list(screen(reply.text, language))
        yield json.dumps({"id": json.loads(reply.id), "flags": flags, "redacted": redacted}, ensure_ascii=False)


def _replies(lines: Iterable[str]) -> Iterator[Reply]:
    """Yield the replies of JSONL; a reply's id is kept as JSON, since it may be a number."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
            yield Reply(json.dumps(given["id"]), str(given["text"]))
        except (ValueError, KeyError, TypeError) as error:
            raise InputLineError(
                f'Line {number} has to be an object with "id" and "text", such as {{"id": 1, "text": "More buses"}}.'
            ) from error
