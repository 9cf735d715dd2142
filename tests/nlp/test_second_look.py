"""What the second look adds to the phrases, on sentences that nothing was fitted to."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.encoder import HashingEncoder, UseEncoder
from nlp.screening import Screener, screen
from nlp.second_look import WEIGHTS, Weights, notice, read_weights, sentences, weights_for, write_weights
from tests.bench.screening_sets import kept, learnt, shipped

KINDS = {"self-harm", "abuse", "danger", "grooming", "running-away", "unsure"}
QUIET = "more buses at night"


@pytest.fixture(scope="module")
def screener(use: UseEncoder) -> Screener:
    return Screener(use)


@pytest.fixture(scope="module")
def weights() -> Weights:
    return read_weights(WEIGHTS)


@pytest.mark.parametrize(("language", "least"), [("en", 0.9), ("es", 0.88)])
def test_most_disclosures_that_nothing_was_fitted_to_are_flagged(
    screener: Screener, language: str, least: float
) -> None:
    texts = [own.text for own in kept() if own.is_disclosure and own.language == language]
    assert sum(map(bool, screener.flags_of(texts, language))) >= least * len(texts)


@pytest.mark.parametrize("language", ["en", "es"])
def test_at_most_three_in_ten_near_misses_that_nothing_was_fitted_to_are_flagged(
    screener: Screener, language: str
) -> None:
    texts = [own.text for own in kept() if not own.is_disclosure and own.language == language]
    assert sum(map(bool, screener.flags_of(texts, language))) <= 0.3 * len(texts)


def test_nothing_that_the_phrases_find_is_lost(screener: Screener) -> None:
    texts = [own.text for own in kept()]
    for text, flags in zip(texts, screener.flags_of(texts, "en"), strict=True):
        assert set(screen(text, "en")) <= set(flags)


def test_no_shipped_text_typed_out_is_flagged(screener: Screener) -> None:
    texts = list(dict.fromkeys(shipped()))
    assert [text for text, flags in zip(texts, screener.flags_of(texts, "en"), strict=True) if flags] == []


@pytest.mark.parametrize("encoder", [None, HashingEncoder()], ids=["no encoder", "an encoder that was not fitted"])
def test_without_its_encoder_only_phrases_are_looked_for(encoder: HashingEncoder | None) -> None:
    texts = [own.text for own in kept()]
    assert Screener(encoder).flags_of(texts, "en") == [screen(text, "en") for text in texts]


def test_the_shipped_weights_are_for_the_encoder_that_the_bot_uses() -> None:
    assert weights_for(UseEncoder.name) is not None
    assert weights_for("another") is None


def test_a_disclosure_is_found_among_harmless_sentences(screener: Screener) -> None:
    text = (
        "More buses please. The library closes too early! i put a chair under my door handle so he cant get in. Thanks."
    )
    assert screener.flags(text, "en")
    assert screener.flags(f"{QUIET}.\n{QUIET}. Thank you very much.", "en") == ()


def test_unsure_stands_alone_and_flags_are_sorted(screener: Screener) -> None:
    for flags in screener.flags_of([own.text for own in kept()], "en"):
        assert list(flags) == sorted(set(flags) & KINDS)
        assert "unsure" not in flags or flags == ("unsure",)


def test_the_kind_that_is_named_is_mostly_right(screener: Screener) -> None:
    known = [own for own in kept() if own.kind]
    named = [
        (own.kind, flags)
        for own, flags in zip(known, screener.flags_of([own.text for own in known], "en"), strict=True)
        if flags and flags != ("unsure",)
    ]
    assert sum(1 for kind, flags in named if kind in flags) >= 0.75 * len(named)


def test_one_after_the_other_and_all_at_once_give_the_same(screener: Screener) -> None:
    texts = [own.text for own in kept()][::9]
    assert [screener.flags(text, "en") for text in texts] == screener.flags_of(texts, "en")


def test_no_texts_have_no_flags(screener: Screener) -> None:
    assert screener.flags_of([], "en") == []


@pytest.mark.parametrize("text", ["", " ", "?!", "👍", "\n\n"])
def test_a_text_without_words_has_no_flags(screener: Screener, text: str) -> None:
    assert screener.flags(text, "en") == ()


@given(text=st.text(max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_text_is_taken(use: UseEncoder, text: str) -> None:
    assert set(Screener(use).flags(text, "en")) <= KINDS


@given(st.text())
def test_a_text_is_looked_at_whole_and_in_a_bounded_number_of_sentences(text: str) -> None:
    parts = sentences(text)
    assert len(parts) <= 25
    assert not parts or parts[0] == text.lower().replace("’", "'").strip()


def test_a_long_text_is_looked_at_in_a_bounded_number_of_sentences() -> None:
    assert len(sentences("a b c. " * 500)) == 25


def test_weights_are_read_as_they_were_written(weights: Weights, tmp_path: Path, use: UseEncoder) -> None:
    write_weights(tmp_path / "again.npz", weights)
    again = read_weights(tmp_path / "again.npz")
    texts = [own.text for own in learnt()[:50]]
    rows = weights.projected(use.encode(texts))
    assert np.allclose(weights.scores(rows, texts), again.scores(rows, texts), atol=0.01)
    assert (again.names, again.encoder, again.sure) == (weights.names, weights.encoder, weights.sure)


def test_what_is_noticed_lies_above_the_line(weights: Weights, use: UseEncoder) -> None:
    found = notice(["i dont feel safe going home", QUIET], use, weights)
    assert found[0] is not None
    assert found[0].score > 0
    assert found[1] is None
