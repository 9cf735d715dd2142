"""What the screening finds and what it leaves alone, on the examples beside this file."""

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nlp.screening import normalise, screen
from tests.bench.screening_sets import shipped

EXAMPLES = yaml.safe_load(Path(__file__).with_name("screening_examples.yaml").read_text(encoding="utf-8"))
KINDS = {"self-harm", "abuse", "danger", "grooming", "running-away"}
PLAIN = {
    "self-harm": ["i want to kill myself", "I don't want to be here anymore", "me quiero morir", "I cut myself"],
    "abuse": ["my step dad hits me", "he touches me and says dont tell", "im scared to go home", "mi padre me pega"],
    "danger": ["he said he'll kill me", "there is a man with a knife outside", "hay un hombre con un cuchillo fuera"],
    "grooming": ["someone online keeps asking me for pics", "he wants me to send nudes", "me pide fotos desnuda"],
    "running-away": ["im running away tonight", "i ran away from home", "me voy a escapar de casa"],
}
DISCLOSURES = [
    (language, kind, text)
    for language, kinds in EXAMPLES["disclosures"].items()
    for kind, texts in kinds.items()
    for text in texts
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in PLAIN.items() for text in texts])
def test_a_plain_disclosure_raises_its_kind(kind: str, text: str) -> None:
    assert kind in screen(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "k i l l  m y s e l f",
        "I want to k.i.l.l m.y.s.e.l.f",
        "su1c1de is all i think about",
        "k1ll mys3lf",
        "i wanna k*ll myself",
        "kms",
        "every1 h4t3s me",
        "i have i b u p r o f e n under my bed to die",
        "unalive myself",
        "i want to dieeeeee",
        "KILLLLL MYSELF",
        "iwanttodie",
        "kil mysefl",
        "i dont wanna b here anymore",
        "I don’t want to be here anymore",
        "ki\u200bll my\u200bself",
        "kіll mуself",
        "ｋｉｌｌ ｍｙｓｅｌｆ",
        "me qu1ero m0rir",
        "m e  q u i e r o  m o r i r",
    ],
)
def test_a_disguise_does_not_hide_harm_to_self(text: str) -> None:
    assert "self-harm" in screen(text, "en")


@pytest.mark.parametrize("language", ["en", "es"])
def test_nine_in_ten_disclosures_are_flagged(language: str) -> None:
    texts = [text for own, _, text in DISCLOSURES if own == language] + EXAMPLES["more"][language]
    missed = [text for text in texts if not screen(text, language)]
    assert len(missed) <= len(texts) / 10, missed


@pytest.mark.parametrize(("language", "least"), [("en", 0.8), ("es", 0.55)])
def test_most_disclosures_that_no_phrase_was_written_for_are_flagged(language: str, least: float) -> None:
    texts = EXAMPLES["held_back"]["disclosures"][language]
    assert sum(1 for text in texts if screen(text, language)) >= least * len(texts)


@pytest.mark.parametrize("language", ["en", "es"])
def test_at_most_three_in_ten_near_misses_are_flagged(language: str) -> None:
    texts = EXAMPLES["near_misses"][language] + EXAMPLES["held_back"]["near_misses"]
    flagged = [text for text in texts if screen(text, language)]
    assert len(flagged) <= len(texts) * 3 / 10, flagged


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_everyday_reply_is_flagged(language: str) -> None:
    assert [text for text in EXAMPLES["everyday"][language] if screen(text, language)] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_call_for_help_is_flagged(language: str) -> None:
    assert [text for text in EXAMPLES["cries"][language] if not screen(text, language)] == []


def test_no_shipped_text_typed_out_is_flagged() -> None:
    assert [text for text in shipped() if screen(text, "en")] == []


@pytest.mark.parametrize(
    "text",
    [
        "knife crime is a problem here",
        "we need self-harm support in school",
        "killing me with homework",
        "i'd die for a skate park",
        "this town is dead",
        "suicide awareness posters",
        "kill the bus lane idea",
        "me muero de risa",
        "matemáticas me mata",
        "bullying is a problem",
        "the council should stop domestic violence",
        "",
        "👍",
    ],
)
def test_talk_about_a_topic_is_left_alone(text: str) -> None:
    assert screen(text, "en") == ()


def test_the_language_of_the_chat_makes_no_difference() -> None:
    assert screen("me quiero morir", "en") == screen("me quiero morir", "es") == screen("me quiero morir", "xx")


@given(st.sampled_from(DISCLOSURES))
def test_capitals_and_drawn_out_letters_change_nothing(example: tuple[str, str, str]) -> None:
    _, _, text = example
    assert screen(text.upper(), "en") == screen(text, "en")
    assert screen(text.replace("e", "eeee"), "en") == screen(text, "en")


@given(st.text(), st.sampled_from([text for _, _, text in DISCLOSURES]), st.text())
def test_it_never_fails_and_gives_sorted_kinds(before: str, text: str, after: str) -> None:
    flags = screen(f"{before} {text} {after}", "en")
    assert list(flags) == sorted(set(flags) & KINDS)


@given(st.text())
def test_a_clause_has_single_spaces_and_no_capitals(text: str) -> None:
    for clause in normalise(text):
        assert clause == f" {' '.join(clause.split())} "


@pytest.mark.parametrize("unit", ["i want ", "k i l l ", "he said ", "a", "1l", "my dad me ", "!", "no puedo mas de "])
def test_the_longest_message_takes_no_time(unit: str) -> None:
    text = (unit * 4096)[:4096]
    screen(text, "en")
    started = time.process_time()
    screen(text, "en")
    assert time.process_time() - started < 0.25
