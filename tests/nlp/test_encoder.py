import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.encoder import Encoder, HashingEncoder, UseEncoder, unit


@pytest.fixture(params=["use", "hashing"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    made: Encoder = request.getfixturevalue(request.param)
    return made


def test_vectors_have_length_one_and_their_order_is_the_texts(encoder: Encoder) -> None:
    texts = ["the bus is late", "a park", "the bus is late"]
    rows = encoder.encode(texts)
    assert rows.shape == (3, encoder.dimensions)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.allclose(rows[0], rows[2], atol=1e-5)
    assert not np.allclose(rows[0], rows[1], atol=0.1)


@pytest.mark.parametrize("text", ["", "   ", "?!", "😀"])
def test_a_text_without_words_is_zeros(encoder: Encoder, text: str) -> None:
    assert not encoder.encode([text]).any()


def test_no_texts_are_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_a_text_without_words_does_not_shift_the_others(encoder: Encoder) -> None:
    assert np.allclose(encoder.encode(["", "bus", "?"])[1], encoder.encode(["bus"])[0], atol=1e-5)


def test_use_brings_near_what_means_the_same_in_two_languages(use: UseEncoder) -> None:
    bus, autobus, dinner = use.encode(
        ["the bus is always late", "el autobús siempre llega tarde", "what is for dinner"]
    )
    assert bus @ autobus > 2 * (bus @ dinner)


@given(st.text())
def test_hashing_takes_any_text(text: str) -> None:
    row = HashingEncoder().encode([text])[0]
    assert np.linalg.norm(row) == pytest.approx(1, abs=1e-5) or not row.any()


def test_unit_leaves_zeros_alone() -> None:
    rows = unit(np.array([[3, 4], [0, 0]], dtype=np.float32))
    assert np.allclose(rows, np.array([[0.6, 0.8], [0, 0]]))
