"""Fits the second look of the screening and writes `nlp/second_look.npz`. The same data give the same weights.

Learns from `tests/nlp/screening/` (less what is kept back), half of the civic opinions, mild worries about school, work
and money, and the shipped texts. The line is drawn where cross-validation flags the share `_CIVIC_SHARE` of the learnt
opinions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC
from threadpoolctl import threadpool_limits

from nlp.encoder import Encoder, FloatArray, UseEncoder
from nlp.second_look import WEIGHTS, Weights, sentences, write_weights
from nlp.wording import BUCKETS, Wording, buckets
from tests.bench.corpora import lines
from tests.bench.screening_sets import Sentence, learnt, shipped, templated

DIMENSIONS = 256
FOLDS = 5
_WIDTH, _PENALTY = 1.0, 10.0
_WORDING_PENALTY, _WORDING_SHARE = 5.0, 0.15
"""How much the wording says beside the vectors: chosen by cross-validation, as the width and the penalties."""
_CIVIC_SHARE = 1 / 800
_SURE_SHARE = 0.02
"""Harmless sentences, near misses among them, of which so many are named by a kind: the others are unsure."""
_WORRIES = 800
_TIMES_SHIPPED = 4
"""Our own options and examples weigh so much more: they must not be flagged."""
_MILD_BELOW = 4
_HARMLESS_WORRIES = {"Work", "School", "Financial Problem", "Everyday Decision Making"}
_BATCH = 64

Bools = NDArray[np.bool_]


def main() -> int:
    """Fit, write, and say what was written."""
    with threadpool_limits(1):  # sums in another order differ in the last digit
        fitted = fit(gather(UseEncoder()))
    write_weights(WEIGHTS, fitted)
    print(f"{WEIGHTS.name}: {len(fitted.landmarks)} landmarks, {WEIGHTS.stat().st_size / 1024:.0f} KB")
    return 0


@dataclass(frozen=True)
class Harmless:
    """Texts that are all harmless, with their vectors."""

    texts: Sequence[str]
    vectors: FloatArray

    def __getitem__(self, chosen: Bools) -> "Harmless":
        return Harmless([self.texts[place] for place in np.flatnonzero(chosen)], self.vectors[chosen])


@dataclass(frozen=True)
class Material:
    """What is learnt from: sentences with their vectors, and those of texts that are all harmless."""

    encoder: str
    sentences: Sequence[Sentence]
    vectors: FloatArray
    civic: Harmless
    others: Harmless

    @property
    def disclosed(self) -> Bools:
        """Which sentences should be flagged."""
        return np.array([own.is_disclosure for own in self.sentences])

    def texts(self, chosen: Bools) -> list[str]:
        """Return the texts of the chosen sentences."""
        return [self.sentences[place].text for place in np.flatnonzero(chosen)]

    @property
    def folds(self) -> NDArray[np.int_]:
        """The fold of each sentence, 0 to 4: all sentences of a situation, in both languages, are in one."""
        situations = sorted({own.situation for own in self.sentences})
        order = np.random.RandomState(1).permutation(len(situations))
        fold = {situations[place]: index % FOLDS for index, place in enumerate(order)}
        return np.array([fold[own.situation] for own in self.sentences])


def gather(encoder: Encoder) -> Material:
    """Return what is learnt from. Raises FileNotFoundError where the shared data are absent."""
    sentences_ = learnt()
    others = [*templated(), *_parts(shipped()) * _TIMES_SHIPPED, *_mild_worries()]
    return Material(
        encoder.name,
        sentences_,
        vectors_of(encoder, [own.text for own in sentences_]),
        _harmless(encoder, civic(learnt=True)),
        _harmless(encoder, others),
    )


def _harmless(encoder: Encoder, texts: Sequence[str]) -> Harmless:
    return Harmless(texts, vectors_of(encoder, texts))


def _parts(texts: Iterable[str]) -> list[str]:
    """Return the texts and each of their sentences, as the second look reads them, each once."""
    return list(dict.fromkeys(part for text in texts for part in sentences(text)))


def civic(*, learnt: bool) -> list[str]:
    """Return the half of the civic opinions that is learnt from, or the half that is measured on."""
    texts = [record["text"] for record in lines("civic_opinions.jsonl")]
    order = np.random.RandomState(0).permutation(len(texts))
    return [texts[place] for place in (order[: len(order) // 2] if learnt else order[len(order) // 2 :])]


def vectors_of(encoder: Encoder, texts: Sequence[str]) -> FloatArray:
    """Return the vectors of the whole texts, as the second look reads them."""
    whole = [(sentences(text) or ("",))[0] for text in texts]
    return np.vstack([encoder.encode(whole[at : at + _BATCH]) for at in range(0, len(whole), _BATCH)])


def fit(material: Material, kept_out: Bools | None = None) -> Weights:
    """Return weights learnt from all sentences but those kept out, with the line drawn where it should be."""
    used = np.ones(len(material.sentences), dtype=bool) if kept_out is None else ~kept_out
    harmless, known = scores_by_fold(material, used)
    line = float(np.quantile(harmless, 1 - _CIVIC_SHARE))
    sure = float(np.quantile(known[~material.disclosed[used]], 1 - _SURE_SHARE)) - line
    return _fitted(material, used, line, max(sure, 0.0))


def scores_by_fold(material: Material, used: Bools) -> tuple[FloatArray, FloatArray]:
    """Return what the civic opinions and the used sentences score under weights that did not learn from them."""
    civic_scores, scores = np.zeros(len(material.civic.texts)), np.zeros(len(used))
    civic_folds = np.arange(len(material.civic.texts)) % FOLDS
    for fold in range(FOLDS):
        own = used & (material.folds != fold)
        weights = _fitted(material, own, civic_used=civic_folds != fold)
        opinions = material.civic[civic_folds == fold]
        civic_scores[civic_folds == fold] = scored(weights, opinions.vectors, opinions.texts)
        theirs = used & (material.folds == fold)
        scores[theirs] = scored(weights, material.vectors[theirs], material.texts(theirs))
    return civic_scores.astype(np.float32), scores[used].astype(np.float32)


def scored(weights: Weights, vectors: FloatArray, texts: Sequence[str]) -> FloatArray:
    """Return the scores of whole texts, whose vectors are given."""
    return weights.scores(weights.projected(vectors), texts)


def _fitted(
    material: Material, used: Bools, line: float = 0.0, sure: float = 0.0, civic_used: Bools | None = None
) -> Weights:
    """Return weights learnt from the used sentences, the used opinions and the others, with that line."""
    opinions = material.civic if civic_used is None else material.civic[civic_used]
    texts = [*material.texts(used), *opinions.texts, *material.others.texts]
    vectors = np.vstack([material.vectors[used], opinions.vectors, material.others.vectors])
    disclosed = np.arange(len(texts)) < used.sum()
    disclosed[: used.sum()] = material.disclosed[used]
    analysis = PCA(DIMENSIONS, random_state=0).fit(vectors)
    rows = _unit(analysis.transform(vectors))
    machine = SVC(C=_PENALTY, gamma=_WIDTH, class_weight="balanced").fit(rows, disclosed)
    wording, wording_bias = _wording(texts, disclosed)
    names, kinds, kind_bias = _kinds(material, used, rows)
    return Weights(
        encoder=material.encoder,
        names=names,
        centre=analysis.mean_.astype(np.float32),
        projection=analysis.components_.T.astype(np.float32),
        landmarks=machine.support_vectors_.astype(np.float32),
        width=_WIDTH,
        alarm=machine.dual_coef_[0].astype(np.float32),
        alarm_bias=float(machine.intercept_[0]) + wording_bias - line,
        kinds=kinds,
        kind_bias=kind_bias,
        sure=sure,
        wording=wording,
    )


def _wording(texts: Sequence[str], disclosed: Bools) -> tuple[Wording, float]:
    """Return the votes of the wording, and what is added to them: a linear model over the texts' rare parts."""
    own = [buckets(text) for text in texts]
    places = np.concatenate(own)
    rarity = np.log((1 + len(texts)) / (1 + np.bincount(places, minlength=BUCKETS))) + 1
    lengths = np.array([max(float(np.linalg.norm(rarity[row])), 1e-9) for row in own])
    counts = np.array([len(row) for row in own])
    table = csr_matrix(
        (rarity[places] / np.repeat(lengths, counts), places, np.r_[0, np.cumsum(counts)]), (len(texts), BUCKETS)
    )
    model = LogisticRegression(C=_WORDING_PENALTY, class_weight="balanced", solver="liblinear", random_state=0)
    model.fit(table, disclosed)
    votes = model.coef_[0] * _WORDING_SHARE
    return Wording(rarity.astype(np.float32), votes.astype(np.float32)), float(model.intercept_[0]) * _WORDING_SHARE


def _kinds(material: Material, used: Bools, rows: FloatArray) -> tuple[tuple[str, ...], FloatArray, FloatArray]:
    """Return the kinds' names and what tells them apart, learnt from the used sentences of a known kind."""
    own = [sentence for sentence, is_used in zip(material.sentences, used, strict=True) if is_used]
    known = [place for place, sentence in enumerate(own) if sentence.kind]
    model = LogisticRegression(C=10, class_weight="balanced", max_iter=2000)
    model.fit(rows[known], [own[place].kind for place in known])
    return tuple(model.classes_), model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)


def _unit(rows: FloatArray) -> FloatArray:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def _mild_worries() -> Iterable[str]:
    """Return some of the adults' worries that are mild and about no person: near a disclosure, and none."""
    mild = [
        record["text"]
        for record in lines("worries.jsonl")
        if record["severity"] < _MILD_BELOW and record["labels"] and set(record["labels"]) <= _HARMLESS_WORRIES
    ]
    return [mild[place] for place in np.random.RandomState(3).permutation(len(mild))[:_WORRIES]]
