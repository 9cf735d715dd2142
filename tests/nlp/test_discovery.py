import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.discovery import MOST_EXAMPLES, Discovery, Found, discover
from nlp.distinctive import stem
from nlp.encoder import HashingEncoder, UseEncoder

BUSES = [f"the bus {what}" for what in (
    "is always late in the morning", "costs far too much for us", "never stops at our school", "is full every day",
    "should come every ten minutes", "driver was rude to me again", "fare went up twice this year",
    "home ends at seven",
)]  # fmt: skip
PARKS = [f"our park {what}" for what in (
    "has no light after dark", "needs benches and more trees", "is full of broken glass", "could have a football pitch",
    "closes before we get there", "should have a toilet that works", "floods whenever it rains", "is where we all meet",
)]  # fmt: skip
SILENCE = ["idk", "😀", "no comment", "[name]"]
ENCODER = HashingEncoder()


def found(texts: list[str]) -> list[Found]:
    return [Found(text, vector) for text, vector in zip(texts, ENCODER.encode(texts), strict=True)]


def in_groups(discovery: Discovery) -> int:
    return sum(group.size for group in discovery.groups)


def test_replies_are_grouped_and_named_by_their_own_words(use: UseEncoder) -> None:
    texts = [*BUSES, *PARKS]
    vectors = use.encode(texts)
    one, other = discover([Found(text, vector) for text, vector in zip(texts, vectors, strict=True)], 2).groups
    assert {stem(group.keywords[0]) for group in (one, other)} == {"bus", "park"}
    for group in (one, other):
        assert group.size == 8
        assert 3 <= len(group.examples) <= MOST_EXAMPLES
        assert set(group.examples) <= set(texts)
        assert group.name.lower().startswith(group.keywords[0])


def test_replies_that_say_nothing_are_counted_apart() -> None:
    discovery = discover(found([*BUSES, *SILENCE]))
    assert (discovery.said_nothing, in_groups(discovery)) == (4, 8)


def test_the_order_of_the_replies_changes_nothing() -> None:
    replies = found([*BUSES, *PARKS, *SILENCE, BUSES[0].upper(), BUSES[1]])
    shuffled = random.Random(3).sample(replies, len(replies))
    assert discover(shuffled, 3) == discover(replies, 3)
    assert discover(shuffled) == discover(replies)


def test_the_same_words_again_and_again_make_no_group_of_their_own() -> None:
    discovery = discover(found([*BUSES, *["The bus  is ALWAYS late in the morning"] * 500]))
    assert in_groups(discovery) == 508
    assert sum("always late" in own.lower() for group in discovery.groups for own in group.examples) == 1


def test_examples_are_not_all_alike() -> None:
    alike = [f"the bus is late {when}" for when in ("today", "again", "always", "often", "now", "daily")]
    (group,) = discover(
        found([*alike, "a bus fare should be one dollar for us", "bus drivers could be kinder to us"]), 1
    ).groups
    assert sum("late" in own for own in group.examples) < len(group.examples)


def test_long_replies_are_examples_only_where_there_is_no_shorter_one() -> None:
    long = "the bus is late and " * 30
    (group,) = discover(found([*BUSES, long]), 1).groups
    assert long.strip() not in group.examples
    (only,) = discover(found([long]), 1).groups
    assert only.examples == (long.strip(),)


def test_no_replies_are_no_groups() -> None:
    assert discover([]) == Discovery((), 0)
    assert discover(found(SILENCE)) == Discovery((), 4)


def test_words_that_stand_for_personal_data_name_nothing() -> None:
    texts = [f"[name] and [phone] {text}" for text in BUSES]
    (group,) = discover(found(texts), 1).groups
    assert not {"name", "phone"} & set(group.keywords)


@given(st.lists(st.sampled_from([*BUSES, *PARKS, *SILENCE, "日本", "bus"]), max_size=30), st.none() | st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_every_reply_counts_once_and_ids_differ(texts: list[str], count: int | None) -> None:
    discovery = discover(found(texts), count)
    assert in_groups(discovery) + discovery.said_nothing == len(texts)
    ids = [group.id for group in discovery.groups]
    assert len(set(ids)) == len(ids)
    assert count is None or len(ids) <= count
    assert [group.size for group in discovery.groups] == sorted(
        (group.size for group in discovery.groups), reverse=True
    )


@pytest.mark.parametrize("text", ["qwerty asdf", "¿¿¿ buses ???", "bus"])
def test_one_reply_is_one_group(text: str) -> None:
    assert [group.size for group in discover(found([text])).groups] == [1]


def test_a_reply_without_a_vector_says_nothing() -> None:
    assert discover([Found("words", np.zeros(4, dtype=np.float32))]).said_nothing == 1
