import pytest
import spacy
from spacy.language import Language

from nlp.codebook import Codebook
from nlp.encoder import HashingEncoder
from nlp.people import people
from nlp.pipeline import load_pipeline
from nlp.redaction import redact


@pytest.fixture(scope="module")
def english(codebook: Codebook) -> Language:
    pipeline = load_pipeline("en", codebook, HashingEncoder())
    for name in ("tuckshop_redaction", "tuckshop_vectors", "tuckshop_themes"):
        pipeline.remove_pipe(name)
    return pipeline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yesterday Malcolm Gladwell gave us a talk.", "Yesterday [name] gave us a talk."),
        ("I told Teresa that the bus was late.", "I told [name] that the bus was late."),
        ("We all miss Nikolaj A. Møller very much.", "We all miss [name] very much."),
        ("Zak shouted at me", "[name] shouted at me"),
        ("my mates are Teresa, Romi and Erik", "my mates are [name], [name] and [name]"),
        ("Ronald McDonald told us", "[name] told us"),
        ("i told patricia desrosiers about it", "i told [name] about it"),
    ],
)
def test_a_proper_noun_that_acts_like_a_person_is_a_name(text: str, expected: str, english: Language) -> None:
    assert redact(text, people(english(text))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Widen Campbell Lane and Scottsville Road.",
        "A traffic light is needed on Cave Mill in front of the school.",
        "Legalize marijuana already",
        "I AM SO TIRED OF THIS",
        "The council needs to fix Fountain Square.",
        "A stop sign is needed at Gallatin, TN soon.",
        "Better roads to Scottsville and to places like Rockfield.",
        "Loans by HousingCorp and by J.",
        "Soooo tired of this. Is it over",
        "",
    ],
)
def test_places_and_shouts_are_no_people(text: str, english: Language) -> None:
    assert redact(text, people(english(text))) == text


def test_a_text_that_was_not_tagged_has_no_people() -> None:
    assert list(people(spacy.blank("es")("Ana vive en Madrid"))) == []
