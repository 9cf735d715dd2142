import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.keywords import KeywordIndex


@pytest.mark.parametrize(
    ("keyword", "text", "found"),
    [
        ("bus", "the Buses are late", ["Buses"]),
        ("bus", "business as usual", []),
        ("study", "she studies and studied, studying", ["studies", "studied", "studying"]),
        ("decide", "deciding is hard", ["deciding"]),
        ("stop", "it stopped", ["stopped"]),
        ("try", "we tried", ["tried"]),
        ("it", "its its", []),
        ("it", "IT!", ["IT"]),
        ("laid off", "I was laid  off, laid-off", ["laid  off", "laid-off"]),
        ("parque", "los parques", ["parques"]),
        ("autobús", "el autobús", ["autobús"]),
        ("c++", "I like c++ best", ["c++"]),
        ("", "anything", []),
    ],
)
def test_a_keyword_is_found_as_a_word_with_simple_endings(keyword: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for _, start, end in KeywordIndex([[keyword]]).places(text)] == found


def test_keywords_that_overlap_are_all_found() -> None:
    places = KeywordIndex([["bus", "bus stop"]]).places("at the bus stop, no bus")
    assert sorted(places) == [(0, 7, 10), (0, 7, 15), (0, 20, 23)]


def test_no_keywords_find_nothing() -> None:
    assert list(KeywordIndex([[], []]).places("anything")) == []


@given(
    st.lists(st.lists(st.sampled_from(["bus", "try", "it", "bus stop", "c++", "éa", "x"]))),
    st.text("abustryi éxc+- "),
)
def test_each_theme_finds_what_it_would_find_alone(themes: list[list[str]], text: str) -> None:
    places = sorted(KeywordIndex(themes).places(text))
    alone = [(theme, *place[1:]) for theme, own in enumerate(themes) for place in KeywordIndex([own]).places(text)]
    assert places == sorted(alone)


def test_an_index_knows_keywords_that_begin_with_no_letter() -> None:
    assert list(KeywordIndex([["#metoo"], []]).places("it was #MeToo again")) == [(0, 7, 13)]
