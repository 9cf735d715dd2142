"""How much personal data is found, by kind, and how often an ordinary opinion is said to hold some.

A marked span counts as found where every letter and digit of it is taken out, whatever kind we say it is.
"""

import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from spacy.language import Language

from nlp.personal import by_form
from nlp.pipeline import load_redaction
from nlp.redaction import Kind, Redaction
from tests.bench.corpora import lines

_OURS = (
    "PERSON",
    "EMAIL_ADDRESS",
    "PHONE_NUMBER",
    "DOMAIN_NAME",
    "IBAN_CODE",
    "CREDIT_CARD",
    "US_SSN",
    "US_DRIVER_LICENSE",
    "IP_ADDRESS",
    "STREET_ADDRESS",
)
_WORDS: tuple[Kind, ...] = ("name", "address", "school", "handle")
"""The kinds that ordinary words may be mistaken for."""
_SHOWN = 5
EXAMPLES = Path(__file__).parents[1] / "nlp" / "personal_examples.yaml"
_REGIONS = {"en": "AU", "es": "ES"}


def main() -> int:
    """Print the recall by kind, the rate of opinions that lose words, and the speed."""
    pipeline = load_redaction("en")
    records = lines("personal_data.jsonl")
    found = redactions(pipeline, [record["text"] for record in records])
    total: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    for record, own in zip(records, found, strict=True):
        for start, end, kind in record["spans"]:
            total[kind] += 1
            hidden[kind] += _is_hidden(record["text"], start, end, own)
    print(f"{'kind':18}{'marked':>8}{'found':>8}{'recall':>8}")
    for kind in _OURS:
        print(f"{kind:18}{total[kind]:8}{hidden[kind]:8}{hidden[kind] / total[kind]:8.3f}")
    for language in _REGIONS:
        own = held_out(language)
        found_of = ", ".join(f"{kind} {own.hidden[kind]}/{count}" for kind, count in own.marked.items())
        print(f"{language}, held out: {found_of}; {own.changed} of {own.innocent} innocent lines lose words")
    for name in ("civic_opinions.jsonl", "worries.jsonl"):
        _falsely(pipeline, name)
    return 0


@dataclass(frozen=True)
class HeldOut:
    """What became of a language's replies of `personal_examples.yaml`: marked data by kind, and counts of lines."""

    marked: Counter[str]
    hidden: Counter[str]
    innocent: int
    changed: int


def held_out(language: str) -> HeldOut:
    """Return how much is found in replies such as young people write, and how many innocent ones lose words."""
    examples: dict[str, list[str]] = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
    pipeline = load_redaction(language, _REGIONS[language])
    marked: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    for text, spans in map(_marked, examples[language]):
        found = pipeline(text)._.redactions
        marked.update(kind for _, _, kind in spans)
        hidden.update(kind for start, end, kind in spans if _is_hidden(text, start, end, found))
    innocent = examples[f"innocent_{language}"]
    return HeldOut(marked, hidden, len(innocent), sum(bool(pipeline(line)._.redactions) for line in innocent))


def _marked(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the text of an example and the personal data in it, as start, end, kind."""
    text, spans = "", []
    for before, kind, data in re.findall(r"([^{]*)(?:\{(\w+):([^}]*)\})?", line):
        text += before
        if kind:
            spans.append((len(text), len(text) + len(data), kind))
        text += data
    return text, spans


def redactions(pipeline: Language, texts: Iterable[str]) -> list[tuple[Redaction, ...]]:
    """Return what the pipeline takes out of each text."""
    return [doc._.redactions for doc in pipeline.pipe(texts)]


def _is_hidden(text: str, start: int, end: int, found: Sequence[Redaction]) -> bool:
    covered = {place for own in found for place in range(own.start, own.end)}
    return all(place in covered for place in range(start, end) if text[place].isalnum())


def _falsely(pipeline: Language, name: str) -> None:
    """Print the share of lines said to hold each kind; some do hold it, so it is an upper bound of what is false."""
    texts = [record["text"] for record in lines(name)]
    started = time.process_time()
    found = redactions(pipeline, texts)
    parsed = time.process_time()
    for text in texts:
        by_form(text)
    formed = time.process_time()
    for kind in _WORDS:
        _share(kind, name, texts, found)
    print(
        f"{name}: {len(texts) / (parsed - started):.0f} a second of CPU; "
        f"by form alone {(formed - parsed) / len(texts) * 1e6:.0f} microseconds each"
    )


def _share(kind: Kind, name: str, texts: Sequence[str], found: Sequence[Sequence[Redaction]]) -> None:
    held = [
        next(text[own.start : own.end] for own in spans if own.kind == kind)
        for text, spans in zip(texts, found, strict=True)
        if any(own.kind == kind for own in spans)
    ]
    shown = ", ".join(held[:: max(1, len(held) // _SHOWN)][:_SHOWN])
    print(f"{name}: a {kind} in {len(held)} of {len(texts)} lines ({len(held) / len(texts):.4f}), such as {shown}")
