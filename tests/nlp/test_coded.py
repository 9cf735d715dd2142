import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.codebook import Codebook
from nlp.coded import CodedReply, bools, read_sample
from nlp.coder import Reply
from nlp.encoder import HashingEncoder, UseEncoder
from tests.nlp.coded import CODEBOOK, coded, sample, slang

REPLY = Reply("1", "buses")


@pytest.mark.parametrize(
    ("codings", "themes"),
    [
        ([{"a", "b"}], {"a", "b"}),
        ([set()], set()),
        ([{"a"}, {"b"}], {"a", "b"}),
        ([{"a"}, {"a"}, {"b"}], {"a"}),
        ([{"a"}, set(), set()], set()),
    ],
)
def test_coders_together_say_what_at_least_half_of_them_say(codings: list[set[str]], themes: set[str]) -> None:
    own = CodedReply(REPLY, {str(coder): frozenset(given) for coder, given in enumerate(codings)})
    assert own.themes == themes


@given(st.frozensets(st.sampled_from("abc")), st.integers(1, 5))
def test_coders_who_agree_say_what_each_says(themes: frozenset[str], coders: int) -> None:
    assert CodedReply(REPLY, {str(coder): themes for coder in range(coders)}).themes == themes


def test_columns_are_the_codebook_s_themes() -> None:
    own = sample([coded(1, "the buses", "buses"), coded(2, "what a day"), coded(3, "parks", "Other", "parks")])
    assert own.themes == ["buses", "parks", "Other"]
    assert own.truth.tolist() == [[True, False, False], [False, False, False], [False, True, True]]
    assert bools([], own.themes).shape == (0, 3)


def test_replies_are_tagged_in_the_order_asked_for() -> None:
    own = sample([coded(1, "the buses are late"), coded(2, "more parks in town")])
    assert [[tag.theme for tag in tags] for tags in own.tagged([1, 0])] == [["parks"], ["buses"]]


def test_what_was_learned_is_used() -> None:
    own = sample(slang(40))
    model = own.learned(range(30))
    assert all(tags == () for tags in own.tagged(range(30, 40)))
    assert [tags[0].theme for tags in own.tagged(range(30, 40), model)] == ["buses", "parks"] * 5


def test_each_reply_is_tagged_in_its_own_language(use: UseEncoder, codebook: Codebook) -> None:
    texts = [("The bus never comes on time.", None), ("El autobús llega tarde.", "es")]
    own = read_sample([coded(row, text, language=said) for row, (text, said) in enumerate(texts)], codebook, use, "en")
    assert list(own.taggers) == ["en", "es"]
    english, spanish = own.tagged([0, 1])
    assert english[0].why == "says 'bus'"
    assert spanish[0].why == "dice 'autobús'"


def test_it_tells_how_many_replies_are_read() -> None:
    told: list[int] = []
    own = read_sample(slang(3), CODEBOOK, HashingEncoder(), "xx", told.append)
    assert told == [1, 2, 3]
    assert own.unread == 0
