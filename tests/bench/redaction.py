"""How much personal data is found, by kind, and how often an ordinary opinion is said to hold a name.

A marked span counts as found where every letter and digit of it is taken out, whatever kind we say it is.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from spacy.language import Language

from nlp.codebook import codebook_from
from nlp.encoder import HashingEncoder
from nlp.pipeline import load_pipeline
from nlp.redaction import Redaction
from tests.bench.corpora import lines

_OURS = ("PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER", "DOMAIN_NAME", "IBAN_CODE", "CREDIT_CARD", "US_SSN")
_SHOWN = 5


def main() -> int:
    """Print the recall by kind and the rate of false names."""
    pipeline = load_pipeline("en", codebook_from({"themes": ["none"]}), HashingEncoder())
    records = lines("personal_data.jsonl")
    found = redactions(pipeline, [record["text"] for record in records])
    total: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    for record, own in zip(records, found, strict=True):
        for start, end, kind in record["spans"]:
            total[kind] += 1
            hidden[kind] += _is_hidden(record["text"], start, end, own)
    print(f"{'kind':16}{'marked':>8}{'found':>8}{'recall':>8}")
    for kind in _OURS:
        print(f"{kind:16}{total[kind]:8}{hidden[kind]:8}{hidden[kind] / total[kind]:8.3f}")
    for name in ("civic_opinions.jsonl", "worries.jsonl"):
        _named_lines(pipeline, name)
    return 0


def redactions(pipeline: Language, texts: Iterable[str]) -> list[tuple[Redaction, ...]]:
    """Return what the pipeline takes out of each text."""
    with pipeline.select_pipes(disable=["tuckshop_vectors", "tuckshop_themes"]):
        return [doc._.redactions for doc in pipeline.pipe(texts)]


def _is_hidden(text: str, start: int, end: int, found: Sequence[Redaction]) -> bool:
    covered = {place for own in found for place in range(own.start, own.end)}
    return all(place in covered for place in range(start, end) if text[place].isalnum())


def _named_lines(pipeline: Language, name: str) -> None:
    """Print the share of lines said to hold a name; some hold one, so it is an upper bound of what is false."""
    texts = [record["text"] for record in lines(name)]
    found = redactions(pipeline, texts)
    named = [
        text[own.start : own.end]
        for text, spans in zip(texts, found, strict=True)
        for own in spans[:1]
        if any(span.kind == "name" for span in spans)
    ]
    shown = ", ".join(named[:: max(1, len(named) // _SHOWN)][:_SHOWN])
    print(f"{name}: a name in {len(named)} of {len(texts)} lines ({len(named) / len(texts):.3f}), such as {shown}")
