"""Texts in, the same texts without personal data out: for screening, which needs neither themes nor vectors."""

from collections.abc import Iterable, Iterator

from spacy.language import Language

from nlp.coder import Reply
from nlp.numbers import DEFAULT_REGION
from nlp.personal import unparsed
from nlp.pipeline import load_redaction
from nlp.redaction import redact


def redacted_texts(
    replies: Iterable[Reply], language: str = "en", region: str = DEFAULT_REGION
) -> Iterator[tuple[Reply, str]]:
    """Yield each reply with its text redacted, in order, one at a time. `language` is for those that name none."""
    pipelines: dict[str, Language] = {}
    for reply in replies:
        own = reply.language or language
        if own not in pipelines:
            pipelines[own] = load_redaction(own, region)
        yield reply, _redacted(pipelines[own], reply.text, own, region)


def _redacted(pipeline: Language, text: str, language: str, region: str) -> str:
    """Return the text redacted; one that spaCy cannot parse (over a million characters) loses what needs no parsing."""
    if len(text) > pipeline.max_length:
        return redact(text, unparsed(text, language, region))
    return str(pipeline(text)._.redacted)
