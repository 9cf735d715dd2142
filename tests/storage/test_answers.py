import pytest

from dialogues.condition import Value
from dialogues.script import Language, Open, StepId
from storage.answers import closed_value, has_own_words, public_wording, question_step
from tests.storage.samples import SCRIPT


@pytest.mark.parametrize(
    ("question", "value", "own_words", "closed"),
    [
        ("consent", True, False, "yes"),
        ("consent", False, False, "no"),
        ("mode", "bus", False, "bus"),
        ("mode", "other", True, "other"),
        ("mode", "by hoverboard", True, "other"),
        ("ways", ("bus", "bike"), False, "bus; bike"),
        ("ways", ("bus", "my dad"), True, "bus; other"),
        ("ways", (), False, None),
        ("minutes", 12.5, False, 12.5),
        ("wish", "call me on 0161 496 0000", True, None),
        ("wish.probe", "I am Ana", True, None),
        ("unheard-of", "I am Ana", True, None),
        ("mode", None, False, None),
    ],
)
def test_an_export_may_show_what_was_chosen_and_never_own_words(
    question: str, value: Value | None, own_words: bool, closed: str | float | None
) -> None:
    step = question_step(SCRIPT, question)
    assert has_own_words(step, value) is own_words
    assert closed_value(step, value) == closed


def test_a_wording_shows_others_nothing_that_it_repeated_of_the_respondent() -> None:
    en = Language("en")
    step = Open(StepId("wish"), {en: "You said {mode|it}. What would help?"}, probe={en: "Why {mode}?"})
    said = "You said my mate Jack drives me. What would help?"
    assert public_wording(step, "wish", en, said) == "You said [...]. What would help?"
    assert public_wording(step, "wish.probe", en, "Why my mate Jack drives me?") == "Why [...]?"
    assert public_wording(Open(StepId("plain"), {en: "Why?"}), "plain", en, "Why?") == "Why?"
    assert public_wording(None, "gone", en, said) == ""
