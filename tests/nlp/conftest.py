import pytest

from nlp.codebook import Codebook, codebook_from
from nlp.encoder import HashingEncoder, UseEncoder


@pytest.fixture(scope="session")
def use() -> UseEncoder:
    return UseEncoder()


@pytest.fixture
def hashing() -> HashingEncoder:
    return HashingEncoder()


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return codebook_from(
        {
            "codebook": "town",
            "themes": [
                {
                    "id": "buses",
                    "name": {"en": "Buses", "es": "Autobuses"},
                    "definition": {"en": "Buses that come late, cost too much or do not come", "es": "El transporte"},
                    "exclude": "Cycling to school",
                    "keywords": {"en": ["bus", "bus stop"], "es": ["autobús"]},
                    "examples": {"en": ["The bus never comes on time."], "es": ["El autobús llega tarde."]},
                },
                {
                    "id": "feeling-ok",
                    "name": {"en": "Feeling OK", "es": "Sentirse bien"},
                    "definition": {"en": "Stress, sadness, and someone to talk to", "es": "Estrés y tristeza"},
                    "keywords": {"en": ["stress", "sad"], "es": ["estrés"]},
                    "examples": {"en": ["I feel sad and have nobody to talk to."], "es": ["Me siento triste."]},
                },
                {
                    "id": "parks",
                    "name": {"en": "Parks", "es": "Parques"},
                    "definition": {"en": "Green places to meet and do sport outside", "es": "Lugares verdes"},
                    "keywords": {"en": ["park", "pitch"], "es": ["parque"]},
                    "examples": {"en": ["We need a park with a basketball pitch."], "es": ["Hace falta un parque."]},
                },
            ],
        }
    )
