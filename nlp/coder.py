"""The machine as a coder: replies in, suggested tags out, a block at a time and in the order they came.

Whoever calls decides where replies come from and go to. A reply that breaks a component comes back as `Untagged` and
stops nobody else's.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from nlp.codebook import Codebook
from nlp.encoder import Encoder, FloatArray
from nlp.learning import Reviewed, learn
from nlp.model import ThemeModel
from nlp.nonresponse import Nonresponse, nonresponse
from nlp.numbers import DEFAULT_REGION
from nlp.pipeline import ThemeStep, load_pipeline, theme_step
from nlp.reading import Background, background_of
from nlp.redaction import Redaction
from nlp.tagging import Tag, Tagger

BLOCK_REPLIES = 500
"""How many replies are held at once, and how many the background is learned from where none is given."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """A free text that someone gave. `language` is the chat's; None where nobody knows it."""

    id: str
    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class TaggedReply:
    """What the machine makes of a reply. Tags point into `redacted`; `vectors` is as in `Reading`."""

    id: str
    redacted: str
    redactions: tuple[Redaction, ...]
    tags: tuple[Tag, ...]
    nonresponse: Nonresponse | None
    vectors: FloatArray
    model_version: str
    codebook_version: str


@dataclass(frozen=True, slots=True)
class Untagged:
    """A reply that could not be tagged, and the kind of error that stopped it; never the reply's words."""

    id: str
    problem: str


Outcome: TypeAlias = TaggedReply | Untagged


class MachineCoder:
    """Loads a pipeline for each language once, and keeps it. For one thread at a time."""

    def __init__(self, encoder: Encoder, language: str = "en", region: str = DEFAULT_REGION) -> None:
        self._encoder = encoder
        self._language = language
        self._region = region
        self._pipelines: dict[str, Language] = {}

    def learn(
        self,
        labelled: Iterable[tuple[Reply, frozenset[str]]],
        codebook: Codebook,
        background: Background | None = None,
    ) -> ThemeModel:
        """Return what the labelled replies teach; one that cannot be read is passed over.

        Without a background, the replies' own is used. The codebook is read in the coder's language.
        """
        pairs = list(labelled)
        docs = self._read([reply for reply, _ in pairs], codebook)
        background = background or _background(docs, self._encoder.dimensions)
        tagger = theme_step(self._pipeline(self._language, codebook)).tagger
        own = [
            Reviewed(doc._.reading, themes)
            for doc, (_, themes) in zip(docs, pairs, strict=True)
            if isinstance(doc, Doc)
        ]
        return learn(tagger, own, background)

    def tag(
        self,
        replies: Iterable[Reply],
        codebook: Codebook,
        background: Background | None = None,
        model: ThemeModel | None = None,
    ) -> Iterator[Outcome]:
        """Yield an outcome for each reply, in order, holding one block of them at a time.

        Without a background, the first block's own is used for all. The model, from `learn`, is for this codebook.
        """
        stream = iter(replies)
        while block := list(islice(stream, BLOCK_REPLIES)):
            docs = self._read(block, codebook)
            background = background or _background(docs, self._encoder.dimensions)
            yield from (self._outcome(reply, doc, background, model) for reply, doc in zip(block, docs, strict=True))

    def tagger(self, codebook: Codebook, language: str | None = None) -> Tagger:
        """Return what tags by that codebook in a language: for replies whose vectors are known already."""
        return theme_step(self._pipeline(language or self._language, codebook)).tagger

    def _read(self, block: Sequence[Reply], codebook: Codebook) -> list[Doc | str]:
        """Return each reply redacted and encoded, or the name of the error that stopped it."""
        docs: list[Doc | str] = [""] * len(block)
        for language in dict.fromkeys(self._language_of(reply) for reply in block):
            pipeline = self._pipeline(language, codebook)
            places = [place for place, reply in enumerate(block) if self._language_of(reply) == language]
            for place, doc in zip(places, _docs(pipeline, [block[place].text for place in places]), strict=True):
                docs[place] = doc
        return docs

    def _outcome(self, reply: Reply, doc: Doc | str, background: Background, model: ThemeModel | None) -> Outcome:
        if isinstance(doc, str):
            return _untagged(reply, doc)
        step = theme_step(self._pipelines[self._language_of(reply)])
        step.background, step.model = background, model
        try:
            return _tagged(reply, step(doc), step)
        except Exception as error:  # noqa: BLE001 - reported as the outcome of this reply
            return _untagged(reply, type(error).__name__)

    def _language_of(self, reply: Reply) -> str:
        return reply.language or self._language

    def _pipeline(self, language: str, codebook: Codebook) -> Language:
        """Return the pipeline for that language, set to that codebook."""
        if language not in self._pipelines:
            self._pipelines[language] = load_pipeline(language, codebook, self._encoder, self._region)
        pipeline = self._pipelines[language]
        theme_step(pipeline).codebook = codebook
        return pipeline


def _tagged(reply: Reply, doc: Doc, step: ThemeStep) -> TaggedReply:
    return TaggedReply(
        id=reply.id,
        redacted=doc._.redacted,
        redactions=doc._.redactions,
        tags=doc._.themes,
        nonresponse=nonresponse(doc._.redacted),
        vectors=doc._.sentence_vectors,
        model_version=step.model_version,
        codebook_version=step.codebook.version,
    )


def _untagged(reply: Reply, problem: str) -> Untagged:
    _log.warning("reply %s could not be tagged: %s", reply.id, problem)
    return Untagged(reply.id, problem)


def _docs(pipeline: Language, texts: Sequence[str]) -> list[Doc | str]:
    """Return the texts redacted and encoded; one by one where the batch fails, to find which text it was."""
    with pipeline.select_pipes(disable=["tuckshop_themes"]):
        try:
            return list(pipeline.pipe(texts))
        except Exception:  # noqa: BLE001 - whatever breaks a component must not stop the other replies
            return [_doc_or_problem(pipeline, text) for text in texts]


def _doc_or_problem(pipeline: Language, text: str) -> Doc | str:
    try:
        return pipeline(text)
    except Exception as error:  # noqa: BLE001 - reported as the outcome of this reply
        return type(error).__name__


def _background(docs: Iterable[Doc | str], dimensions: int) -> Background:
    rows = [doc._.reading.vector for doc in docs if isinstance(doc, Doc)]
    return background_of(np.stack(rows) if rows else np.zeros((0, dimensions), dtype=np.float32))
