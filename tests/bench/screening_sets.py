"""The sentences that the screening is fitted on and measured with: `tests/nlp/screening/`, written for the project."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

import yaml

Manner: TypeAlias = Literal["plain", "hinted", "near miss", "everyday"]

_ROOT = Path(__file__).parents[2]
_NLP = _ROOT / "tests" / "nlp"
_FOLDER = _NLP / "screening"
_SLOT = re.compile(r"\{(\w+)\}")
_WORDS_A_SLOT, _LINES_A_TEMPLATE = 2, 8
LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text that should be flagged (of a `kind`, if known) or should not. A `situation` is kept together."""

    text: str
    language: str
    manner: Manner
    situation: str
    kind: str | None = None

    @property
    def is_disclosure(self) -> bool:
        """Whether it should be flagged."""
        return self.manner in ("plain", "hinted")


def learnt() -> list[Sentence]:
    """Return what may be learnt from, the examples that the phrases were written with among them."""
    return [*_disclosures(), *_harmless("near_misses", "near miss"), *_harmless("opinions", "everyday"), *_examples()]


def kept() -> list[Sentence]:
    """Return what is only measured on: nothing was fitted to it and no phrase written for it."""
    earlier = [*_kept(_read("kept.yaml")), *_kept_later(_read("kept_later.yaml")), *_held_back(_old()["held_back"])]
    return [*earlier, *kept_third()]


def kept_third() -> list[Sentence]:
    """Return the newest of what is kept back: written before the second look was last fitted, never looked at since."""
    file = _read("kept_third.yaml")
    near = file.pop("near misses")
    told = [own for language, manners in file.items() for own in _by_manner(manners, language, "kept third")]
    return [*told, *(Sentence(text, own, "near miss", "kept third") for own in LANGUAGES for text in near[own])]


def templated() -> list[str]:
    """Return everyday replies made from templates: harmless, learnt from only. The same at every call."""
    chance = random.Random(0)
    found = [
        _drawn(line, own["lists"], chance)
        for own in _read("everyday_templates.yaml").values()
        for line in own["lines"]
        for _ in range(_LINES_A_TEMPLATE)
    ]
    return list(dict.fromkeys(found))


def shipped() -> list[str]:
    """Return the texts of the shipped question sets and codebooks: what may be typed word by word."""
    files = [*(_ROOT / "dialogues" / "sets").glob("*.yaml"), *(_ROOT / "nlp" / "codebooks").glob("*.yaml")]
    return [text for path in sorted(files) for text in _strings(yaml.safe_load(path.read_text(encoding="utf-8")))]


def _strings(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from _strings(part)


def _drawn(line: str, lists: dict[str, list[str]], chance: random.Random) -> str:
    return _SLOT.sub(lambda slot: chance.choice(lists[slot[1]]), line)


def _disclosures() -> Iterator[Sentence]:
    slots = _read("slots.yaml")
    for language in LANGUAGES:
        for kind, manner, situation, line in _nested(_read(f"disclosures_{language}.yaml")):
            for text in _filled(line, slots):
                yield Sentence(text, language, manner, situation, kind)


def _nested(kinds: dict[str, Any]) -> Iterator[tuple[str, Manner, str, str]]:
    for kind, manners in kinds.items():
        for manner, situations in manners.items():
            for situation, lines in situations.items():
                yield from ((kind, manner, situation, line) for line in lines)


def _filled(line: str, slots: dict[str, list[str]]) -> list[str]:
    slot = _SLOT.search(line)
    if slot is None:
        return [line]
    words = random.Random(line).sample(slots[slot[1]], _WORDS_A_SLOT)
    return [line.replace(slot[0], word) for word in words]


def _harmless(name: str, manner: Manner) -> Iterator[Sentence]:
    for language, situations in _read(f"{name}.yaml").items():
        for situation, lines in situations.items():
            yield from (Sentence(line, language, manner, situation) for line in lines)


def _examples() -> Iterator[Sentence]:
    """Yield what the phrases were written with; its lists name no situations, so each tenth counts as one."""
    old = _old()
    for language in LANGUAGES:
        for kind, lines in old["disclosures"][language].items():
            yield from _tenths(lines, language, "plain", kind)
        yield from _tenths(old["more"][language], language, "plain")
        yield from _tenths(old["cries"][language], language, "plain", "danger")
        yield from _tenths(old["near_misses"][language], language, "near miss")
        yield from _tenths(old["everyday"][language], language, "everyday")


def _tenths(lines: list[str], language: str, manner: Manner, kind: str | None = None) -> Iterator[Sentence]:
    for place, line in enumerate(lines):
        yield Sentence(line, language, manner, f"example {place % 10}", kind)


def _kept(file: dict[str, Any]) -> Iterator[Sentence]:
    for language, kinds in file["disclosures"].items():
        for kind, manners in kinds.items():
            for manner, lines in manners.items():
                yield from (Sentence(line, language, manner, "kept", kind) for line in lines)
    for language, lines in file["near_misses"].items():
        yield from (Sentence(line, language, "near miss", "kept") for line in lines)


def _kept_later(file: dict[str, dict[Manner, list[str]]]) -> Iterator[Sentence]:
    for language, manners in file.items():
        yield from _by_manner(manners, language, "kept later")


def _by_manner(manners: dict[Manner, list[str]], language: str, situation: str) -> Iterator[Sentence]:
    return (Sentence(text, language, manner, situation) for manner, texts in manners.items() for text in texts)


def _held_back(file: dict[str, Any]) -> Iterator[Sentence]:
    for language, lines in file["disclosures"].items():
        yield from (Sentence(line, language, "plain", "kept") for line in lines)
    yield from (Sentence(line, "en", "near miss", "kept") for line in file["near_misses"])


def _old() -> dict[str, Any]:
    return dict(yaml.safe_load((_NLP / "screening_examples.yaml").read_text(encoding="utf-8")))


def _read(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((_FOLDER / name).read_text(encoding="utf-8")))
