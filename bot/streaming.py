"""JSONL in, JSONL out, in bounded memory: what `tuckshop tag` and `tuckshop screen` do with each line."""

import json
import re
from collections.abc import Iterable, Iterator

from nlp.codebook import Codebook
from nlp.coder import MachineCoder, Outcome, Reply, TaggedReply
from nlp.encoder import Encoder, UseEncoder
from nlp.learning import ThemeModel
from nlp.pipeline import BATCH_REPLIES
from nlp.redacting import redacted_texts
from nlp.screening import Screener


class InputLineError(Exception):
    """A line of the input is not what it should be; the message says which, and what it should be."""


def tag_lines(
    lines: Iterable[str],
    codebook: Codebook,
    language: str,
    encoder: Encoder | None = None,
    model: ThemeModel | None = None,
) -> Iterator[str]:
    """Yield for each reply its themes, in order, as the model has learned them, if any. Raises InputLineError."""
    coder = MachineCoder(encoder or UseEncoder(), language)
    for outcome in coder.tag(replies_in(lines), codebook, model=model):
        yield _line(outcome.id, **_found(outcome))


def screen_lines(lines: Iterable[str], language: str, encoder: Encoder | None = None) -> Iterator[str]:
    """Yield for each text its flags, and itself without personal data. Raises InputLineError."""
    screener = Screener(encoder or UseEncoder())  # whatever tags: the second look was fitted with this one
    for batch in _batches(redacted_texts(replies_in(lines), language)):
        flags = screener.flags_of([reply.text for reply, _ in batch], language)
        for (reply, redacted), own in zip(batch, flags, strict=True):
            yield _line(reply.id, flags=list(own), redacted=redacted)


def _batches(screened: Iterable[tuple[Reply, str]]) -> Iterator[list[tuple[Reply, str]]]:
    """Yield them some at a time, as the encoder likes it; what stands before a broken line goes out first."""
    batch = []
    try:
        for item in screened:
            batch.append(item)
            if len(batch) == BATCH_REPLIES:
                yield batch
                batch = []
    except InputLineError:
        yield batch
        raise
    yield batch


def _found(outcome: Outcome) -> dict[str, object]:
    if not isinstance(outcome, TaggedReply):
        return {"themes": [], "problem": outcome.problem}
    themes = [
        {"theme": tag.theme, "confidence": round(tag.confidence, 4), "evidence": outcome.redacted[tag.start : tag.end]}
        for tag in outcome.tags
    ]
    return {"themes": themes}


def _line(reply_id: str, **fields: object) -> str:
    return encodable(json.dumps({"id": json.loads(reply_id), **fields}, ensure_ascii=False))


def replies_in(lines: Iterable[str]) -> Iterator[Reply]:
    """Yield the replies of JSONL; a reply's id is kept as JSON, since it may be a number."""
    for number, line in enumerate(lines, 1):
        if not line.strip("\ufeff \t\r\n"):  # a byte order mark: some editors begin a file with it
            continue
        try:
            given = json.loads(line.lstrip("\ufeff"))
            reply_id, text, language = json.dumps(given["id"]), given["text"], given.get("language")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise _misused(number) from error
        if not isinstance(text, str):
            raise _misused(number)
        if not isinstance(language, str | None):
            raise InputLineError(f'Line {number}: the "language" has to be a code such as "en", or left out.')
        yield Reply(reply_id, encodable(text), language_code(language))


def language_code(language: str | None) -> str | None:
    """Return a language's two letters, of what may name a region, too; None for none."""
    return re.split("[-_]", language.strip().lower())[0] or None if language else None


def _misused(number: int) -> InputLineError:
    return InputLineError(
        f'Line {number} has to be an object with "id" and "text", such as {{"id": 1, "text": "More buses"}}.'
    )


def encodable(text: str) -> str:
    """Return the text with a question mark for each half of a surrogate pair, which no file or encoder takes."""
    return text.encode("utf-8", "replace").decode()
