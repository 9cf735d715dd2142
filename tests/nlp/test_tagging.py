import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.codebook import Codebook, codebook_from
from nlp.encoder import HashingEncoder, UseEncoder
from nlp.reading import background_of, read
from nlp.tagging import Tag, Tagger


def tags(text: str, codebook: Codebook, encoder: UseEncoder | HashingEncoder, language: str = "en") -> tuple[Tag, ...]:
    return Tagger(codebook, language, encoder).tag(read([text], encoder))[0]


def test_a_reply_gets_the_theme_it_is_about(codebook: Codebook, use: UseEncoder) -> None:
    (tag,) = tags("I wait an hour because public transport is so slow", codebook, use)
    assert tag.theme == "buses"
    assert 0 < tag.confidence <= 1


def test_two_sentences_can_carry_two_themes_each_with_its_evidence(codebook: Codebook, use: UseEncoder) -> None:
    text = "The bus is never on time. I feel so sad and stressed."
    found = {tag.theme: text[tag.start : tag.end] for tag in tags(text, codebook, use)}
    assert found == {"buses": "The bus is never on time.", "feeling-ok": "I feel so sad and stressed."}


def test_it_works_in_another_language(codebook: Codebook, use: UseEncoder) -> None:
    (tag,) = tags("Los autobuses siempre llegan tarde", codebook, use, "es")
    assert tag.theme == "buses"


@pytest.mark.parametrize("text", ["", "idk", "?", "😀", "no", "lol", "no sé", "12345"])
def test_a_reply_that_says_nothing_has_no_theme(text: str, codebook: Codebook, use: UseEncoder) -> None:
    assert tags(text, codebook, use) == ()


def test_a_reply_about_something_else_has_no_theme(codebook: Codebook, use: UseEncoder) -> None:
    assert tags("My favourite number is seven", codebook, use) == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("those Buses again", "says 'Buses'"),
        ("it never comes on time", "close to the example 'The bus never comes on time.'"),
        ("come late, cost too much", "close to the definition 'Buses that come late, cost too much or do not come'"),
    ],
)
def test_a_tag_says_why(text: str, why: str, codebook: Codebook, use: UseEncoder) -> None:
    assert why in [tag.why for tag in tags(text, codebook, use)]


def test_a_long_quote_is_cut_short(hashing: HashingEncoder) -> None:
    codebook = codebook_from({"themes": [{"name": "x", "examples": ["late " * 40]}]})
    (tag,) = tags("late", codebook, hashing)
    assert len(tag.why) < 100
    assert tag.why.endswith("…'")


def test_what_a_theme_excludes_pushes_it_down(hashing: HashingEncoder) -> None:
    theme = {"name": "Buses", "definition": "late buses"}
    plain = Tagger(codebook_from({"themes": [theme]}), "en", hashing)
    strict = Tagger(codebook_from({"themes": [{**theme, "exclude": "school trips by coach"}]}), "en", hashing)
    readings = read(["late trips by coach", "late buses"], hashing)
    lower, same = (strict.features(readings).scores - plain.features(readings).scores)[:, 0]
    assert lower < 0
    assert same == 0


def test_a_name_that_is_near_to_the_others_says_less_while_no_replies_are_known(hashing: HashingEncoder) -> None:
    tagger = Tagger(codebook_from({"themes": ["bus stop", "bus fare", "park"]}), "en", hashing)
    readings = read(["bus", "park"], hashing)
    many = background_of(np.zeros((10**6, hashing.dimensions), dtype=np.float32))
    stop, fare, park = (tagger.features(readings).near - tagger.features(readings, many).near)[0]
    assert stop == pytest.approx(fare)
    assert stop < -0.05
    assert park == pytest.approx(0, abs=1e-4)


def test_what_all_replies_have_in_common_says_little(hashing: HashingEncoder) -> None:
    tagger = Tagger(codebook_from({"themes": ["bus", "late"]}), "en", hashing)
    readings = read(["bus late", *["bus"] * 300], hashing)
    background = background_of(np.stack([reading.vector for reading in readings]))
    alone, against = tagger.features(readings[:1]).scores[0], tagger.features(readings[:1], background).scores[0]
    assert alone[0] == pytest.approx(alone[1], abs=1e-6)
    assert against[0] < against[1]


@pytest.mark.parametrize("language", ["en", "es", "de", "pt"])
def test_it_says_why_in_the_reply_s_language(language: str, codebook: Codebook, hashing: HashingEncoder) -> None:
    (tag,) = tags("park pitch", codebook_from({"themes": [{"name": "x", "keywords": ["park"]}]}), hashing, language)
    assert tag.why == {"es": "dice 'park'", "de": "nennt 'park'"}.get(language, "says 'park'")


def test_a_catch_all_is_not_suggested_for_its_name(hashing: HashingEncoder) -> None:
    codebook = codebook_from({"themes": ["Other", "Buses"]})
    assert [tag.theme for tag in tags("the other buses", codebook, hashing)] == ["Buses"]


def test_many_replies_are_tagged_as_one_by_one(hashing: HashingEncoder) -> None:
    tagger = Tagger(codebook_from({"themes": ["bus", "park"]}), "en", hashing)
    readings = read(["a bus. the park is nice. so they say", "park", "idk"] * 900, hashing)
    assert tagger.tag(readings) == [tagger.tag([reading])[0] for reading in readings[:3]] * 900


def test_no_replies_have_no_tags(codebook: Codebook, hashing: HashingEncoder) -> None:
    assert Tagger(codebook, "en", hashing).tag([]) == []


@given(st.lists(st.text("bus park sad. ,é?\n"), min_size=1, max_size=5), st.integers(1, 30))
def test_tags_point_into_the_text_the_surest_first(texts: list[str], themes: int) -> None:
    codebook = codebook_from({"themes": [{"name": f"bus {n}", "keywords": ["bus"]} for n in range(themes)]})
    encoder = HashingEncoder()
    for text, found in zip(texts, Tagger(codebook, "en", encoder).tag(read(texts, encoder)), strict=True):
        assert all(text[tag.start : tag.end].strip() for tag in found)
        assert [tag.confidence for tag in found] == sorted((tag.confidence for tag in found), reverse=True)
        assert all(0 < tag.confidence <= 1 for tag in found)
        assert len({tag.theme for tag in found}) == len(found)
