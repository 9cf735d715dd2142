import pytest

from dialogues.condition import All, Any, Compares, Condition, Is, Not
from dialogues.parsing import parse
from dialogues.resolving import UnresolvedError, resolve
from tests.dialogues.plays import HEAD, sample

SCRIPT = sample(
    """
  - choose: {en: Which?, es: ¿Cuál?}
    id: mode
    options:
      - {en: The bus, es: El autobús}
      - id: bike
        text: {en: "Bike or scooter, any", es: Bici}
    other: {en: Another way, es: De otra manera}
  - scale: {en: How?, es: ¿Cómo?}
    id: how
  - ask: {en: Why?, es: ¿Por qué?}
    id: why
""",
    HEAD.replace("title: Sample", "languages: [en, es]\ntitle: {en: Sample, es: Muestra}").replace(
        "A sample.", "{en: A sample., es: Una muestra.}"
    ),
)
QUESTIONS = {str(question.id): question for question in SCRIPT.questions}


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("mode is the-bus", Is("mode", ("the-bus",))),
        ("mode is The Bus", Is("mode", ("the-bus",))),
        ("mode is el autobús", Is("mode", ("the-bus",))),
        ("mode is BIKE", Is("mode", ("bike",))),
        ('mode is "bike or scooter, any"', Is("mode", ("bike",))),
        ("mode is other", Is("mode", ("other",))),
        ("mode is de otra manera", Is("mode", ("other",))),
        ("how is 3", Compares("how", "=", 3)),
        ("how is one of 1, 2", Any((Compares("how", "=", 1), Compares("how", "=", 2)))),
        ("not (how > 2 and mode is bike)", Not(All((Compares("how", ">", 2), Is("mode", ("bike",)))))),
    ],
)
def test_an_option_is_found_by_id_or_words(text: str, condition: Condition) -> None:
    assert resolve(parse(text), QUESTIONS) == condition


@pytest.mark.parametrize(
    ("text", "code", "message", "fix"),
    [
        ("mode is bik", "not-an-option", "'bik' is not an option of 'mode'.", "Did you mean 'bike'?"),
        (
            "mode is zeppelin",
            "not-an-option",
            "'zeppelin' is not an option of 'mode'.",
            "The options of 'mode' are 'the-bus', 'bike' and 'other'.",
        ),
        (
            "mode > 3",
            "condition-type",
            "'mode' is no number, so it cannot be more or less than one.",
            "Write it like: mode is ... or mode is answered.",
        ),
        (
            "how is nan",
            "condition-type",
            "'how' is a number, and can never be 'nan'.",
            "Write it like: how is 3, or how > 3.",
        ),
        (
            "why is good",
            "condition-type",
            "'why' has no options to compare with.",
            "Write 'why is answered' or 'why is skipped'.",
        ),
    ],
)
def test_what_can_never_be_is_told(text: str, code: str, message: str, fix: str) -> None:
    with pytest.raises(UnresolvedError) as raised:
        resolve(parse(text), QUESTIONS)
    assert (raised.value.code, str(raised.value), raised.value.fix) == (code, message, fix)
