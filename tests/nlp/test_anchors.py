import numpy as np
import pytest

from nlp.anchors import anchors_of, names_in, statements_of
from nlp.codebook import Codebook, codebook_from
from nlp.encoder import HashingEncoder


def test_a_theme_speaks_in_the_language_asked_for(codebook: Codebook) -> None:
    statements = statements_of(codebook.theme("buses"), "es")
    assert [(own.part, own.text) for own in statements] == [
        ("name", "Autobuses"),
        ("definition", "El transporte"),
        ("examples", "El autobús llega tarde."),
    ]


def test_the_similarity_to_a_centre_is_the_mean_of_those_to_the_parts(hashing: HashingEncoder) -> None:
    codebook = codebook_from({"themes": [{"name": "late bus", "definition": "bus fares", "examples": ["one", "one"]}]})
    anchors = anchors_of(codebook, "en", hashing)
    vector = hashing.encode(["the late bus"])[0]
    name, definition, example, _ = anchors.themes[0].rows @ vector
    assert np.isclose(anchors.centres[0] @ vector, (name + definition + example) / 3, atol=1e-6)


def test_a_bare_name_is_its_own_centre(hashing: HashingEncoder) -> None:
    anchors = anchors_of(codebook_from({"themes": ["Work", "School"]}), "en", hashing)
    assert np.allclose(anchors.centres, hashing.encode(["Work", "School"]))
    assert len(anchors.themes[0].excluded) == 0


def test_a_half_translated_theme_speaks_by_what_it_has(hashing: HashingEncoder) -> None:
    codebook = codebook_from({"themes": [{"id": "buses", "name": {"en": "", "es": "Autobuses"}}, "Parks"]})
    assert np.allclose(anchors_of(codebook, "en", hashing).centres, hashing.encode(["Autobuses", "Parks"]))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Work", ()),
        ("Health, Fatigue, or Physical Pain", ("Health", "Fatigue", "Physical Pain")),
        ("Escuela y estudios", ("Escuela", "estudios")),
        ("Schule und Ausbildung", ("Schule", "Ausbildung")),
        ("E-mail", ()),
        ("Sandy beach", ()),
        ("24/7", ()),
    ],
)
def test_a_name_that_joins_things_speaks_for_each(name: str, parts: tuple[str, ...]) -> None:
    assert names_in(name) == (name, *parts)
