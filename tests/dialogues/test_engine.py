from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.conversation import Ask, Conversation, Skipped, Started, Tapped
from dialogues.engine import advance
from dialogues.script import Consent, Language, Script
from tests.dialogues.plays import NOW, sample
from tests.dialogues.strategies import Move, any_script, moves
from tests.dialogues.validity import Walk

FRUIT = sample(
    """
  - ask: {es: "¿Cuál?", en: "Which one?"}
""",
    """dialogue: fruit
title: {es: Fruta, en: Fruit}
about: {es: Fruta., en: Fruit.}
languages: [es, en]
""",
)
ways = st.integers(0, 60).flatmap(lambda length: st.lists(moves, min_size=length, max_size=length))


def _walked(script: Script, way: list[Move], language: str = "en") -> Walk:
    walk = Walk(script, Conversation(Language(language)))
    for move in way:
        walk.move(move)
    return walk


@given(any_script, ways, st.sampled_from(("en", "en", "es", "fr")))
@settings(deadline=None, max_examples=150)
def test_any_sequence_of_events_leaves_a_valid_conversation(script: Script, way: list[Move], language: str) -> None:
    _walked(script, way, language)


@given(any_script, ways)
@settings(deadline=None, max_examples=100)
def test_skipping_and_declining_ends_a_conversation_from_anywhere(script: Script, way: list[Move]) -> None:
    walk = _walked(script, way)
    walk.take(Started())
    for _ in range(4 * len(script.steps) + 2):
        if walk.conversation.phase == "ended":
            break
        consenting = isinstance(script.steps[walk.conversation.step], Consent)
        last = walk.asked[-1]
        walk.take(Tapped(last.question, last.revision, "no") if consenting else Skipped())
    assert walk.conversation.phase == "ended"


def test_a_language_that_the_script_lacks_is_replaced_by_its_first() -> None:
    step = advance(FRUIT, Conversation(Language("fr")), Started(), NOW)
    assert step.conversation.language == "es"
    assert [effect.text for effect in step.effects if isinstance(effect, Ask)] == ["1 de 1\n\n¿Cuál?"]
