import pytest

from nlp.redaction import redact
from nlp.schools import schools


def hidden(text: str) -> str:
    return redact(text, schools(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("im at Northcote High", "im at [school]"),
        ("i go to northcote high and its ok", "i go to [school] and its ok"),
        ("I go to St Mary's", "I go to [school]"),
        ("i go to st marys", "i go to [school]"),
        ("my sister Mia, 9, goes to St Brigids", "my sister Mia, 9, goes to [school]"),
        ("my school (Northcote High) is far", "my school ([school]) is far"),
        ("estudio en la Universidad de Sevilla", "estudio en la [school]"),
        ("I'm in year 9 at Fitzroy Secondary College", "I'm in year 9 at [school]"),
        ("my sister goes to thornbury high", "my sister goes to [school]"),
        ("my school is called wellington", "my school is called [school]"),
        ("My school is Brunswick Secondary.", "My school is [school]."),
        ("Northcote High School needs lights", "[school] needs lights"),
        ("mr smith at Preston High is mean", "mr smith at [school] is mean"),
        ("I am at university of melbourne", "I am at [school]"),
        ("voy al IES Ramiro de Maeztu", "voy al [school]"),
        ("estudio en el instituto cervantes", "estudio en el [school]"),
        ("voy al San José", "voy al [school]"),
        ("mi cole se llama Santa Ana", "mi cole se llama [school]"),
        ("soy alumna del Colegio Nuestra Señora del Pilar", "soy alumna del [school]"),
    ],
)
def test_the_school_that_somebody_goes_to_is_found(text: str, expected: str) -> None:
    assert hidden(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "we go to the same school",
        "I go to school every day, I go to uni",
        "i go to a public school and work after school",
        "I've been stressed about school",
        "the high school needs lights",
        "my school is boring, My school is OK",
        "Why High School students hate buses",
        "Primary School and High School should start later",
        "i walk along High Street, i go to preston high street",
        "I go to St Kilda beach",
        "the corner of bell st and high st",
        "en el instituto no hay wifi",
        "voy al cole andando",
        "el Instituto de la Juventud",
        "la Escuela Oficial de Idiomas",
        "voy a San Francisco",
    ],
)
def test_schools_without_a_name_and_other_places_stay(text: str) -> None:
    assert hidden(text) == text
