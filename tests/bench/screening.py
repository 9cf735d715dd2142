"""How many disclosures are flagged, by kind, manner and language, and how much that is harmless is flagged with them.

Three measures, none on what was learnt: the sentences kept back; cross-validation, in which each situation is judged by
weights fitted without it; and the half of the public opinions that nothing was fitted to. `phrases` counts the phrases
alone, which were written with the sentences named `example` in view.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from nlp.encoder import UseEncoder
from nlp.screening import Screener, screen
from tests.bench.corpora import lines
from tests.bench.fit_screening import FOLDS, Material, civic, fit, gather, scored
from tests.bench.screening_sets import LANGUAGES, Sentence, kept


def main() -> int:
    """Print the figures, and what was missed and falsely flagged of what was kept back."""
    encoder = UseEncoder()
    screener = Screener(encoder)
    _kept_back(screener)
    _cross_validated(gather(encoder))
    _opinions(screener)
    return 0


def _kept_back(screener: Screener) -> None:
    sentences = kept()
    third = [own for own in sentences if own.situation == "kept third"]
    _table("kept back third", third, [bool(screener.flags(own.text, own.language)) for own in third])
    flagged = [bool(screener.flags(own.text, own.language)) for own in sentences]
    _table("kept back", sentences, flagged)
    for title, wanted in (("missed", True), ("flagged though harmless", False)):
        print(f"\n{title}:")
        for own, is_flagged in zip(sentences, flagged, strict=True):
            if own.is_disclosure is wanted and is_flagged is not wanted:
                print(f"  {own.language} {own.kind or '-':13}{own.text}")


def _cross_validated(material: Material) -> None:
    """Judge each situation by weights that were fitted without it, their line drawn without it, too."""
    noticed = np.zeros(len(material.sentences), dtype=bool)
    for fold in range(FOLDS):
        out = material.folds == fold
        weights = fit(material, out)
        noticed[out] = scored(weights, material.vectors[out], material.texts(out)) > 0
    written = [place for place, own in enumerate(material.sentences) if not own.situation.startswith("example")]
    sentences = [material.sentences[place] for place in written]
    _table(
        "cross-validated by situation",
        sentences,
        [bool(noticed[place] or screen(own.text, own.language)) for place, own in zip(written, sentences, strict=True)],
    )


def _opinions(screener: Screener) -> None:
    texts = civic(learnt=False)
    flags = screener.flags_of(texts, "en")
    flagged = [text for text, own in zip(texts, flags, strict=True) if own]
    print(f"\ncivic opinions, the half not learnt from: {len(flagged)} of {len(texts)} flagged")
    for text in flagged:
        print(f"  {text}")
    both = sum(1 for own in screener.flags_of([*civic(learnt=True), *texts], "en") if own)
    print(
        f"civic opinions, both halves: {both}; phrases alone: {sum(1 for text in texts if screen(text, 'en'))} of half"
    )
    replies = [record["text"] for record in lines("consultation_synthetic.jsonl")]
    print(f"consultation replies: {sum(map(bool, screener.flags_of(replies, 'en')))} of {len(replies)} flagged")


def _table(title: str, sentences: Sequence[Sentence], flagged: Sequence[bool]) -> None:
    phrases = [bool(screen(own.text, own.language)) for own in sentences]
    print(f"\n{title:32}{'n':>6}{'flagged':>9}{'phrases':>9}")
    for name, chosen in _groups(sentences):
        places = [place for place, own in enumerate(sentences) if chosen(own)]
        if places:
            print(f"{name:32}{len(places):6}{_share(flagged, places):9.3f}{_share(phrases, places):9.3f}")


def _groups(sentences: Iterable[Sentence]) -> Iterable[tuple[str, Callable[[Sentence], bool]]]:
    kinds = sorted({own.kind for own in sentences if own.kind})
    for language in LANGUAGES:
        yield f"{language} disclosures", lambda own, of=language: own.language == of and own.is_disclosure
        for manner in ("plain", "hinted", "near miss", "everyday"):
            yield f"{language} {manner}", lambda own, of=(language, manner): (own.language, own.manner) == of
        for kind in kinds:
            yield f"{language} {kind}", lambda own, of=(language, kind): (own.language, own.kind) == of


def _share(flagged: Sequence[bool], places: Sequence[int]) -> float:
    return sum(flagged[place] for place in places) / len(places)


if __name__ == "__main__":
    main()
