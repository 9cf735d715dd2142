import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.keywords import KeywordFinder, KeywordIndex


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
    assert [hit.keyword for hit in KeywordFinder([keyword]).hits(text)] == found


def test_where_keywords_overlap_the_longer_counts() -> None:
    hits = KeywordFinder(["bus", "bus stop"]).hits("at the bus stop, no bus")
    assert [(hit.keyword, hit.start, hit.end) for hit in hits] == [("bus stop", 7, 15), ("bus", 20, 23)]


def test_no_keywords_find_nothing() -> None:
    assert KeywordFinder([]).hits("anything") == []


@given(
    st.lists(st.lists(st.sampled_from(["bus", "try", "it", "bus stop", "c++", "éa", "x"]))),
    st.text("abustryi éxc+- "),
)
def test_an_index_finds_what_each_theme_s_finder_does(themes: list[list[str]], text: str) -> None:
    places = set(KeywordIndex(themes).places(text))
    for theme, keywords in enumerate(themes):
        hits = KeywordFinder(keywords).hits(text)
        own = {place for other, place in places if other == theme}
        assert {hit.start for hit in hits} <= own
        assert all(any(hit.start <= place < hit.end for hit in hits) for place in own)


def test_an_index_knows_keywords_that_begin_with_no_letter() -> None:
    assert list(KeywordIndex([["#metoo"], []]).places("it was #MeToo again")) == [(0, 7)]
