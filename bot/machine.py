"""The machine that tags: a codebook, what replies have in common, what reviews taught, and from when its tags stand.

A value, made anew when one of these changes; its version names all that its tags depend on.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from threadpoolctl import threadpool_limits

from nlp import tagging as nlp_tagging
from nlp.acceptance import Decision, accepted_from
from nlp.codebook import Codebook, from_json
from nlp.coder import MachineCoder
from nlp.encoder import Encoder, FloatArray
from nlp.learning import Reviewed, learn
from nlp.model import ThemeModel
from nlp.reading import Background, background_of, reading_of
from storage import codebooks, review, tagging, teaching
from storage.database import Transaction
from storage.review import Decided
from storage.tagging import MachineTag, Tagged


@dataclass(frozen=True, slots=True)
class Lessons:
    """What a machine is made from, as stored."""

    state: teaching.State
    codebook: str
    theme_ids: Mapping[str, frozenset[str]]
    decided: tuple[Decided, ...]
    random: tuple[Decision, ...]
    random_reviews: int
    first_vectors: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Machine:
    """Ready to tag; for one thread at a time, since its coder is."""

    state: teaching.State
    coder: MachineCoder
    codebook: Codebook
    background: Background
    model: ThemeModel | None
    stored: tagging.Tagger

    @property
    def dimensions(self) -> int:
        """The length of a vector of its encoder."""
        return len(self.background.total)

    def tagger(self, language: str) -> nlp_tagging.Tagger:
        """Return what tags replies in that language whose vectors are known."""
        return self.coder.tagger(self.codebook, language)


def lessons(tx: Transaction, state: teaching.State, encoder: str) -> Lessons:
    """Gather what a machine is made from. The codebook has to be active."""
    active = codebooks.active(tx)
    assert active is not None, "there is a state only where there is a codebook"  # noqa: S101
    drawn, reviews = review.random_decisions(tx)
    return Lessons(
        state,
        active[1],
        codebooks.theme_ids(tx),
        tuple(one for one in review.decisions(tx) if one.encoder == encoder),
        tuple(Decision(confidence, right) for confidence, right in drawn),
        reviews,
        teaching.first_vectors(tx, encoder, state.background),
    )


def make_machine(told: Lessons, coder: MachineCoder, encoder: Encoder, precision: float) -> Machine:
    """Learn from the lessons: takes from a moment to a few seconds. `precision` is asked of tags that are accepted."""
    threadpool_limits(limits=1)  # for good: the other cores are the chat's, and small products gain nothing by them
    codebook = from_json(told.codebook)
    firsts = [rows_of(vectors, encoder.dimensions)[0] for vectors in told.first_vectors]
    background = background_of(np.stack(firsts) if firsts else np.zeros((0, encoder.dimensions), dtype=np.float32))
    model = _learned(told, coder, codebook, background)
    bar = accepted_from(told.random, told.random_reviews, precision)
    return Machine(
        told.state, coder, codebook, background, model, _named(coder, codebook, background, model, bar, told, encoder)
    )


def _learned(told: Lessons, coder: MachineCoder, codebook: Codebook, background: Background) -> ThemeModel | None:
    """Return what the decisions teach: with those of an earlier codebook, as far as their themes are still there.

    They say nothing of a theme that came later: nobody could give it then.
    """
    known, decided, dimensions = frozenset(theme.id for theme in codebook.themes), told.decided, len(background.total)
    reviewed = [
        Reviewed(
            reading_of(one.redacted, rows_of(one.vector, dimensions)),
            one.themes & known,
            known - told.theme_ids.get(one.codebook_version or "", known) - one.themes,
        )
        for one in decided
        if not one.themes or one.themes & known
    ]
    if not reviewed:
        return None
    (language, _), *_ = Counter(one.language for one in decided).most_common(1)
    model = learn(coder.tagger(codebook, language), reviewed, background)
    return replace(model, quotes=("",) * len(model.quotes))  # a tag must not outlive the words of another person


def _named(
    coder: MachineCoder,
    codebook: Codebook,
    background: Background,
    model: ThemeModel | None,
    bar: float | None,
    told: Lessons,
    encoder: Encoder,
) -> tagging.Tagger:
    scoring = coder.tagger(codebook).version
    learned = f"{scoring}+{model.version}" if model is not None else scoring
    digest = hashlib.sha256(f"{learned} {codebook.version} {bar}".encode() + background.total.tobytes())
    return tagging.Tagger(
        digest.hexdigest()[:16], encoder.name, told.state.codebook_version, learned, len(told.decided), bar
    )


def rows_of(vectors: bytes, dimensions: int) -> FloatArray:
    """Return stored vectors as rows, shape (n, dimensions)."""
    return np.frombuffer(vectors, dtype=np.float32).reshape(-1, dimensions)


def tagged_again(machine: Machine, replies: Sequence[tagging.Outdated]) -> list[Tagged]:
    """Tag replies from their stored vectors: no model of language runs."""
    done: list[Tagged] = []
    for language in dict.fromkeys(reply.language for reply in replies):
        own = [reply for reply in replies if reply.language == language]
        readings = [reading_of(reply.redacted, rows_of(reply.vectors, machine.dimensions)) for reply in own]
        tags = machine.tagger(language).tag(readings, machine.background, machine.model)
        done += [
            Tagged(one.response_id, one.revision, stored_tags(found)) for one, found in zip(own, tags, strict=True)
        ]
    return done


def stored_tags(tags: Sequence[nlp_tagging.Tag]) -> list[MachineTag]:
    """Return the tags as storage keeps them."""
    return [MachineTag(tag.theme, tag.confidence, tag.start, tag.end, tag.why) for tag in tags]
