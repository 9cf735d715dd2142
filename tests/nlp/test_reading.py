import numpy as np
import pytest

from nlp.encoder import HashingEncoder
from nlp.reading import background_of, read, reading_of


def test_a_reply_has_a_row_for_the_whole_and_one_for_each_of_several_excerpts(hashing: HashingEncoder) -> None:
    one, two = read(["The bus is late.", "The bus is late. The park is shut."], hashing)
    assert one.vectors.shape == (1, hashing.dimensions)
    assert two.vectors.shape == (3, hashing.dimensions)
    assert np.allclose(one.excerpt_vectors[0], one.vector)
    assert np.allclose(two.excerpt_vectors[0], one.vector)


@pytest.mark.parametrize("text", ["", "?", "one", "The bus is late. The park is shut."])
def test_a_stored_reading_is_the_same_without_the_encoder(text: str, hashing: HashingEncoder) -> None:
    (first,) = read([text], hashing)
    again = reading_of(text, first.vectors)
    assert again.excerpts == first.excerpts
    assert np.array_equal(again.vectors, first.vectors)


def test_vectors_that_do_not_fit_the_text_any_more_count_as_the_whole(hashing: HashingEncoder) -> None:
    (first,) = read(["The bus is late. The park is shut."], hashing)
    again = reading_of("[name] is late", first.vectors)
    assert again.vectors.shape == (1, hashing.dimensions)
    assert [(piece.start, piece.end) for piece in again.excerpts] == [(0, 14)]


def test_the_background_counts_the_more_the_more_replies_are_known() -> None:
    few, many = (background_of(np.ones((count, 2), dtype=np.float32)).shift for count in (1, 900))
    assert few.tolist() == pytest.approx([1 / 101] * 2)
    assert many.tolist() == pytest.approx([0.9] * 2)
    assert not background_of(np.zeros((0, 2), dtype=np.float32)).shift.any()
