import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language

from nlp.codebook import Codebook, codebook_from
from nlp.encoder import Encoder, HashingEncoder, UseEncoder
from nlp.learning import Reviewed, learn
from nlp.pipeline import load_pipeline, theme_step
from nlp.reading import read

REPLIES = ["My name is Sam and the bus is late. I feel sad.", "idk", "", "a park near me@x.org, please"]


@pytest.fixture(scope="module")
def english(codebook: Codebook, use: UseEncoder) -> Language:
    return load_pipeline("en", codebook, use)


def results(pipeline: Language) -> list[tuple[object, ...]]:
    return [(doc._.redacted, doc._.redactions, doc._.themes) for doc in pipeline.pipe(REPLIES)]


def test_a_reply_is_redacted_read_and_tagged(english: Language) -> None:
    doc = english(REPLIES[0])
    assert doc.text == REPLIES[0]
    assert doc._.redacted == "My name is [name] and the bus is late. I feel sad."
    assert [(own.kind, doc.text[own.start : own.end]) for own in doc._.redactions] == [("name", "Sam")]
    assert doc._.sentence_vectors.shape == (3, 512)
    evidence = {tag.theme: doc._.redacted[tag.start : tag.end] for tag in doc._.themes}
    assert evidence["buses"] == "My name is [name] and the bus is late."
    assert evidence["feeling-ok"] == "I feel sad."


def test_what_is_encoded_holds_no_personal_data(english: Language, use: UseEncoder) -> None:
    doc = english("write to me@x.org")
    assert np.allclose(doc._.sentence_vectors[0], use.encode(["write to        "])[0], atol=1e-5)


def test_one_by_one_and_in_a_pipe_are_the_same(english: Language) -> None:
    one_by_one = [(doc._.redacted, doc._.redactions, doc._.themes) for doc in map(english, REPLIES)]
    assert results(english) == one_by_one


def test_another_language_gets_a_blank_pipeline(codebook: Codebook, use: UseEncoder) -> None:
    doc = load_pipeline("es", codebook, use)("Me llamo Ana y el autobús llega tarde")
    assert doc._.redacted == "Me llamo [name] y el autobús llega tarde"
    assert [(tag.theme, tag.why) for tag in doc._.themes] == [("buses", "dice 'autobús'")]


@pytest.mark.parametrize("language", ["xx", "qq", "ja", "pt"])
def test_any_language_code_has_a_pipeline(language: str, codebook: Codebook, hashing: HashingEncoder) -> None:
    assert load_pipeline(language, codebook, hashing)("the bus")._.themes


@pytest.mark.parametrize("language", ["en", "es"])
def test_saved_and_loaded_it_tags_the_same(language: str, codebook: Codebook, use: UseEncoder, tmp_path: Path) -> None:
    pipeline = load_pipeline(language, codebook, use)
    pipeline.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert theme_step(again).codebook == codebook
    assert results(again) == results(pipeline)


def teach(pipeline: Language, encoder: Encoder) -> None:
    """Let reviewers have said that everything about buses is about parks."""
    lessons = [(text, {"parks"} if "bus" in text else set[str]()) for text in [*REPLIES, "the bus", "a cat"] * 5]
    readings = read([text for text, _ in lessons], encoder)
    step = theme_step(pipeline)
    step.model = learn(
        step.tagger, [Reviewed(own, frozenset(said)) for own, (_, said) in zip(readings, lessons, strict=True)]
    )


def test_what_was_learned_is_saved_too(codebook: Codebook, hashing: HashingEncoder, tmp_path: Path) -> None:
    pipeline = load_pipeline("es", codebook, hashing)
    before = results(pipeline)
    step = theme_step(pipeline)
    teach(pipeline, hashing)
    assert results(pipeline) != before
    pipeline.to_disk(tmp_path)
    empty = load_pipeline("es", codebook_from({"themes": ["x"]}), hashing)
    assert results(spacy.load(tmp_path)) == results(empty.from_bytes(pipeline.to_bytes())) == results(pipeline)
    step.model = None
    pipeline.to_disk(tmp_path)
    assert results(spacy.load(tmp_path)) == before


ELSEWHERE = """
import json, sys
import nlp.pipeline, spacy
pipeline = spacy.load(sys.argv[1])
print(json.dumps([[[tag.theme, tag.confidence, tag.start, tag.end, tag.why] for tag in pipeline(text)._.themes]
                  for text in json.load(sys.stdin)]))
"""


@pytest.mark.parametrize(("encoder", "language"), [("use", "en"), ("hashing", "es")])
def test_another_process_that_loads_it_tags_the_same(
    encoder: str, language: str, codebook: Codebook, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    own: Encoder = request.getfixturevalue(encoder)
    pipeline = load_pipeline(language, codebook, own)
    teach(pipeline, own)
    pipeline.to_disk(tmp_path)
    told = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", ELSEWHERE, str(tmp_path)],
        input=json.dumps(REPLIES),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    tags = [
        [[tag.theme, tag.confidence, tag.start, tag.end, tag.why] for tag in pipeline(text)._.themes]
        for text in REPLIES
    ]
    assert json.loads(told.stdout) == tags
    assert any(tags)
    assert pipeline.config["components"]["tuckshop_vectors"]["encoder"] == own.name


def test_it_goes_through_bytes(codebook: Codebook, hashing: HashingEncoder) -> None:
    pipeline = load_pipeline("es", codebook, hashing)
    empty = load_pipeline("es", codebook_from({"themes": ["x"]}), hashing)
    assert results(empty.from_bytes(pipeline.to_bytes())) == results(pipeline)


def test_it_is_built_from_a_config(codebook: Codebook) -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("tuckshop_redaction", config={"region": "US"})
    pipeline.add_pipe("tuckshop_vectors", config={"encoder": HashingEncoder.name})
    pipeline.add_pipe("tuckshop_themes", config={"encoder": HashingEncoder.name})
    with pytest.raises(ValueError, match="has no codebook"):
        pipeline("the bus")
    theme_step(pipeline).codebook = codebook
    doc = pipeline("the bus, call (201) 555-0123")
    assert doc._.redacted == "the bus, call [phone]"
    assert [tag.theme for tag in doc._.themes] == ["buses"]


def test_the_codebook_can_change_between_replies(codebook: Codebook, hashing: HashingEncoder) -> None:
    pipeline = load_pipeline("es", codebook, hashing)
    step = theme_step(pipeline)
    before = pipeline("bus")._.themes
    step.codebook = codebook_from({"themes": [{"name": "Travel", "keywords": ["bus"], "examples": ["bus"]}]})
    assert [tag.theme for tag in pipeline("bus")._.themes] == ["Travel"]
    step.codebook = codebook
    assert pipeline("bus")._.themes == before
