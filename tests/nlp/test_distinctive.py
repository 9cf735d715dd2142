import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.distinctive import distinctive, stem

BUSES = ["The bus is late", "buses cost too much", "my bus was full", "A BUS at night please", "late bus again", "bus"]
PARKS = ["The parks are dark", "a park with trees", "park benches please", "our Park at night", "dark park", "parks"]


def terms(texts: list[str], groups: list[int], *languages: str) -> list[tuple[str, ...]]:
    return distinctive(texts, groups, 5, languages or ("en",))


def test_a_group_is_named_by_the_words_that_others_lack() -> None:
    buses, parks = terms([*BUSES, *PARKS], [0] * 6 + [1] * 6)
    assert (buses[0], parks[0]) == ("bus", "park")
    assert "night" not in {*buses, *parks}


def test_no_stem_comes_twice_and_no_stop_word_at_all() -> None:
    (found,) = terms(["cycling and cycles", "cycle the cycling lanes", "a lane for cycles"], [0, 0, 0])
    assert len({stem(word) for word in found}) == len(found)
    assert not {"and", "the", "for"} & set(found)


def test_stop_words_are_those_of_every_language_that_replies_are_in() -> None:
    texts = ["el autobús de la noche", "el autobús para el parque", "the bus", "the bus too"]
    assert {"the", "el", "para"}.isdisjoint(word for group in terms(texts, [0, 0, 1, 1], "en", "es") for word in group)


def test_words_that_stand_together_are_one_term_written_as_people_write_it() -> None:
    wages = [f"raise the minimum wage {end}" for end in ("now", "soon", "today", "somehow")]
    others = [f"more trees in Bowling Green {end}" for end in ("now", "soon", "today", "somehow")]
    first, second = terms([*wages, *others], [0] * 4 + [1] * 4)
    assert "minimum wage" in first
    assert "Bowling Green" in second


def test_words_parted_by_a_mark_or_another_word_are_no_term() -> None:
    (found,) = terms(["bus, train", "bus or train", "bus. Train", "bus"], [0] * 4)
    assert set(found) <= {"bus", "train"}


@pytest.mark.parametrize(
    "forms",
    [("bus", "buses"), ("study", "studied", "studies"), ("car", "cars"), ("stop", "stopped")],
)
def test_simple_forms_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@given(st.lists(st.text(alphabet="abus'’ -.é日", max_size=20), max_size=12), st.data())
def test_any_texts_give_terms_for_each_group(texts: list[str], data: st.DataObject) -> None:
    groups = [data.draw(st.integers(0, 2)) for _ in texts]
    found = terms(texts, groups)
    assert len(found) == max(groups, default=-1) + 1
    assert all(len(own) <= 5 for own in found)


def test_a_language_that_nobody_knows_has_no_stop_words() -> None:
    assert terms(["bus stop", "bus stop"], [0, 0], "xyz")
