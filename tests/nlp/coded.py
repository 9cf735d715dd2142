"""Coded replies to measure on: the words of a theme's replies are its own, so that there is something to learn."""

from collections.abc import Iterable

from nlp.codebook import codebook_from
from nlp.coded import CodedReply, Sample, read_sample
from nlp.coder import Reply
from nlp.encoder import HashingEncoder

CODEBOOK = codebook_from({"themes": ["buses", "parks", "Other"]})


class SmallEncoder(HashingEncoder):
    """Counts words in a few columns, so that learning from them costs next to nothing."""

    dimensions = 128


def coded(reply_id: int, text: str, *themes: str, language: str | None = None) -> CodedReply:
    return CodedReply(Reply(str(reply_id), text, language), {"coder 1": frozenset(themes)})


def sample(replies: Iterable[CodedReply]) -> Sample:
    return read_sample(list(replies), CODEBOOK, SmallEncoder(), "xx")


def slang(count: int) -> list[CodedReply]:
    """Replies in words that the codebook does not have: half about buses, half about parks."""
    texts = {"buses": "the wheelie never turns up", "parks": "nowhere green to chill"}
    return [coded(row, f"{texts[theme]} {row}", theme) for row in range(count) for theme in [list(texts)[row % 2]]]
