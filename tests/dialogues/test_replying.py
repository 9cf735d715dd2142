from pathlib import Path

import pytest

from dialogues.conversation import Conversation
from dialogues.replying import understand
from dialogues.script import Language, Scale, StepId
from dialogues.understanding.reading import Clear, Unclear
from tests.dialogues.plays import EN, ES, SETS, Play, sample, shipped

COUNT_ME_IN = sample("  - consent: Take part?\n    agree: Count me in!\n    decline: Yes, but later\n  - ask: Now?\n")


@pytest.mark.parametrize("typed", ["Count me in!", "count me in", "COUNT ME IN", "yes"])
def test_what_the_button_says_agrees(typed: str) -> None:
    assert Play(COUNT_ME_IN).types(typed).kept == {"q1": True}


def test_what_the_other_button_says_declines_whatever_it_says() -> None:
    assert Play(COUNT_ME_IN).types("yes, but later").conversation.ending == "declined"


@pytest.mark.parametrize("typed", ["count me out", "in", "not yes", "!", "count me in or not"])
def test_nothing_else_agrees(typed: str) -> None:
    play = Play(COUNT_ME_IN).types(typed)
    assert (play.kept, play.conversation.agreed) == ({}, frozenset())


@pytest.mark.parametrize("language", [EN, ES])
@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_shipped_consents_can_be_typed(path: Path, language: Language) -> None:
    play = Play(shipped(path), language)
    assert list(play.types(play.labels[0]).kept.values()) == [True]


def test_a_whole_number_stays_whole() -> None:
    play = Play(sample("  - number: How many?\n    whole: no\n  - number: How many?\n")).types("2").types("3")
    assert [type(given.value) for given in play.conversation.responses] == [int, int]
    assert Play(sample("  - number: How many?\n    whole: no\n")).types("2.5").kept == {"q1": 2.5}


def test_the_label_of_an_end_stands_for_the_end_of_a_scale() -> None:
    en = Language("en")
    scale = Scale(StepId("safe"), {en: "How safe?"}, 1, 5, {en: "Not safe at all"}, {en: "Very safe"})
    talk = Conversation(en)
    assert understand(scale, talk, "very safe") == Clear(5)
    assert understand(scale, talk, "not safe at all") == Clear(1)
    assert understand(scale, talk, "4") == Clear(4)
    assert isinstance(understand(scale, talk, "sort of blue"), Unclear)
