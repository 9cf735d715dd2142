import pytest

from nlp.addresses import addresses
from nlp.redaction import redact


def hidden(text: str) -> str:
    return redact(text, addresses(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i live at 14 smith st northcote", "i live at [address] northcote"),
        ("I live on Smith Street near the pool", "I live on [address] near the pool"),
        ("we live in 12/45 High Street, Northcote VIC 3070", "we live in [address]"),
        ("Unit 3, 18 Bell St Preston", "[address] Preston"),
        ("Flat 2b, 7 St Georges Rd!", "[address]!"),
        ("my nans house is 7 Bell Street", "my nans house is [address]"),
        ("12 Oak Avenue Apt. 4\nSpringfield, IL 62704", "[address]"),
        ("10 Downing Street, London SW1A 2AA", "[address]"),
        ("write to P.O. Box 242", "write to [address]"),
        ("i live at number 12 on bell st", "i live at [address]"),
        ("we live at 5 the crescent", "we live at [address]"),
        ("I live in St Kilda on Acland St", "I live in St Kilda on [address]"),
        ("Level 2, 12 Swanston Street", "[address]"),
        ("vivo en el número 12 de la calle Sol", "vivo en el [address]"),
        ("mi calle es la calle Luna", "mi calle es la [address]"),
        ("vivo en la calle mayor 12", "vivo en la [address]"),
        ("vivo en la calle Mayor", "vivo en la [address]"),
        ("calle Mayor 12, 3º B, 28013 Madrid", "[address]"),
        ("C/ Alcalá 25 mola", "[address] mola"),
        ("Avda. de la Paz nº 5", "[address]"),
        ("mi casa está en plaza de España 3", "mi casa está en [address]"),
        ("12 rue de la Paix", "[address]"),
        ("ich wohne Friedhofstraße 33", "ich wohne [address]"),
        ("bij Populierenstraat 374 thuis", "bij [address] thuis"),
        ("Rua Diadema 1903, Goiânia", "[address]"),
        ("my address is 5 Wurundjeri", "my address is [address]"),
    ],
)
def test_where_somebody_lives_is_found(text: str, expected: str) -> None:
    assert hidden(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Main Street needs bike lanes",
        "12 new street lights on High Street please",
        "the 86 tram down smith street is late",
        "the 250 bus to Station Street never comes",
        "a 4 lane road, a 2 way street",
        "fix 3 main road crossings and 20 zone street signs",
        "we live in Fitzroy",
        "i live on a busy street",
        "i live in the flats on wellington street",
        "we live in a court, i live on the edge of a place",
        "In 2050 Bowling Green will have 3 parks",
        "on Tuesday 12 March 2020",
        "Year 9 and Year 10 have 40 Bus 250 rides",
        "en la calle hay 2 farolas",
        "la calle Mayor necesita más luz",
        "camino al cole a las 8",
        "quedamos en la plaza a las 5",
        "12 kids on smith street got fined",
        "20 metres from the corner of bell st and high st",
        "vivo en Lavapiés",
        "vivo en un barrio tranquilo",
    ],
)
def test_streets_and_towns_that_people_talk_about_stay(text: str) -> None:
    assert hidden(text) == text


def test_a_sentence_behind_an_address_stays() -> None:
    assert hidden("I live at 12 High Street, Mum drives me") == "I live at [address], Mum drives me"
