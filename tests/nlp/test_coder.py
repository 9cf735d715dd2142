from collections.abc import Iterator

import numpy as np
import pytest

from nlp.codebook import Codebook
from nlp.coder import BLOCK_REPLIES, MachineCoder, Reply, TaggedReply, Untagged
from nlp.encoder import FloatArray, HashingEncoder, UseEncoder
from nlp.reading import background_of

TOO_LONG = "x" * 1_000_001


def test_replies_come_back_in_order_whatever_their_language(codebook: Codebook, use: UseEncoder) -> None:
    replies = [
        Reply("1", "the bus is late"),
        Reply("2", "el autobús llega tarde", "es"),
        Reply("3", "I am sad", "en"),
        Reply("4", "idk"),
    ]
    outcomes = list(MachineCoder(use).tag(replies, codebook))
    assert [outcome.id for outcome in outcomes] == ["1", "2", "3", "4"]
    assert [[tag.theme for tag in own.tags] for own in outcomes if isinstance(own, TaggedReply)] == [
        ["buses"],
        ["buses"],
        ["feeling-ok"],
        [],
    ]


def test_an_outcome_says_what_made_it(codebook: Codebook, use: UseEncoder) -> None:
    (outcome,) = MachineCoder(use).tag([Reply("1", "no idea, my name is Sam")], codebook)
    assert isinstance(outcome, TaggedReply)
    assert outcome.redacted == "no idea, my name is [name]"
    assert outcome.nonresponse is None
    assert outcome.codebook_version == codebook.version
    assert outcome.model_version == "use-multilingual-3+codebook-4"
    assert outcome.vectors.shape == (1, 512)


def test_a_reply_that_breaks_a_component_is_reported_and_stops_no_other(
    codebook: Codebook, hashing: HashingEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    replies = [Reply("1", "the bus"), Reply("2", TOO_LONG), Reply("3", "a park")]
    first, second, third = MachineCoder(hashing).tag(replies, codebook)
    assert isinstance(first, TaggedReply)
    assert second == Untagged("2", "ValueError")
    assert isinstance(third, TaggedReply)
    assert "reply 2" in caplog.text
    assert "xxx" not in caplog.text


def test_it_holds_one_block_at_a_time(codebook: Codebook, hashing: HashingEncoder) -> None:
    taken = 0

    def endless() -> Iterator[Reply]:
        nonlocal taken
        while True:
            taken += 1
            yield Reply(str(taken), "el parque", "es")

    outcomes = MachineCoder(hashing).tag(endless(), codebook)
    assert next(outcomes).id == "1"
    assert taken == BLOCK_REPLIES


def test_no_replies_have_no_outcomes(codebook: Codebook, hashing: HashingEncoder) -> None:
    assert list(MachineCoder(hashing).tag([], codebook)) == []


def test_a_background_that_is_given_is_used(codebook: Codebook, hashing: HashingEncoder) -> None:
    vectors: FloatArray = np.repeat(hashing.encode(["autobuses"]), 10_000, axis=0)
    coder = MachineCoder(hashing, language="es")
    (plain,) = coder.tag([Reply("1", "autobuses")], codebook)
    (against,) = coder.tag([Reply("1", "autobuses")], codebook, background_of(vectors))
    assert isinstance(plain, TaggedReply)
    assert isinstance(against, TaggedReply)
    assert plain.tags
    assert not against.tags
