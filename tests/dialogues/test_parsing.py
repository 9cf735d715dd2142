import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.condition import All, Answered, Any, Compares, Condition, Is, Not
from dialogues.parsing import MAX_LENGTH, ConditionError, parse

BUS, SLOW = Is("mode", ("bus",)), Compares("minutes", ">", 30)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("mode is bus", BUS),
        ("mode = bus", BUS),
        ("MODE is Bus", Is("MODE", ("Bus",))),
        ("mode is on foot", Is("mode", ("on foot",))),
        ('mode is "this and that"', Is("mode", ("this and that",))),
        ("mode is 'x, y'", Is("mode", ("x, y",))),
        ("mode is not bus", Not(BUS)),
        ("mode != bus", Not(BUS)),
        ("mode is one of bus, tram", Is("mode", ("bus", "tram"))),
        ("mode is not one of bus, tram", Not(Is("mode", ("bus", "tram")))),
        ("likes includes chess", Is("likes", ("chess",))),
        ("likes does not include chess", Not(Is("likes", ("chess",)))),
        ("minutes > 30", SLOW),
        ("minutes is more than 30", SLOW),
        ("minutes is over 30", SLOW),
        ("minutes >= 30", Compares("minutes", ">=", 30)),
        ("minutes is at least 30", Compares("minutes", ">=", 30)),
        ("minutes at least 30", Compares("minutes", ">=", 30)),
        ("minutes ≤ 2.5", Compares("minutes", "<=", 2.5)),
        ("minutes is not at most 2", Not(Compares("minutes", "<=", 2))),
        ("minutes is under 0", Compares("minutes", "<", 0)),
        ("minutes = -3", Compares("minutes", "=", -3)),
        ("minutes<30", Compares("minutes", "<", 30)),
        ("mode is answered", Answered("mode")),
        ("mode was skipped", Not(Answered("mode"))),
        ("mode is not answered", Not(Answered("mode"))),
        ("mode is bus and minutes > 30", All((BUS, SLOW))),
        ("mode is bus or minutes > 30 and mode is bus", Any((BUS, All((SLOW, BUS))))),
        ("(mode is bus or minutes > 30) and mode is bus", All((Any((BUS, SLOW)), BUS))),
        ("not (mode is bus)", Not(BUS)),
        ("not not mode is bus", Not(Not(BUS))),
        ("not mode is bus and minutes > 30", All((Not(BUS), SLOW))),
        ("mode is one of bus, tram and minutes > 30", All((Is("mode", ("bus", "tram")), SLOW))),
    ],
)
def test_a_condition_says_what_it_reads_like(text: str, condition: Condition) -> None:
    assert parse(text) == condition


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The name of a question is missing at the end."),
        ("mode", "After 'mode' comes nothing, which says no comparison."),
        ("mode bus", "After 'mode' comes 'bus', which says no comparison."),
        ("mode is", "There is nothing to compare with."),
        ("mode is one of", "There is nothing to compare with."),
        ("mode is one of bus,", "There is nothing to compare with."),
        ("mode is bus, tram", "',' comes where the condition could have ended."),
        ("mode is bus)", "')' comes where the condition could have ended."),
        ("mode is bus and", "The name of a question is missing at the end."),
        ("and mode is bus", "The name of a question is missing before 'and'."),
        ("(mode is bus", "A bracket that was opened is never closed."),
        ("minutes > lots", "A number has to stand here, not 'lots'."),
        ("minutes >", "A number has to stand here, not nothing."),
        ("minutes > 1e9", "A number has to stand here, not '1e9'."),
        ("(" * 30 + "mode is bus" + ")" * 30, "Brackets and 'not' stand too deep inside each other."),
        ("mode is bus or " * 100 + "x is y", "This condition has 1506 characters; at most 1000."),
    ],
)
def test_what_cannot_be_read_is_told(text: str, message: str) -> None:
    with pytest.raises(ConditionError) as raised:
        parse(text)
    assert str(raised.value) == message
    assert raised.value.fix


_words = st.sampled_from(["mode", "is", "not", "and", "or", "(", ")", ",", "one", "of", "3", "<", "'", '"', "skipped"])


@given(st.lists(_words | st.text(max_size=5), max_size=30).map(" ".join) | st.text(max_size=MAX_LENGTH + 50))
def test_any_text_is_a_condition_or_told_to_be_none(text: str) -> None:
    told = ""
    try:
        parse(text)
    except ConditionError as error:
        told = f"{error} {error.fix}"
    assert told == "" or told.endswith((".", "bus", "tram", "30"))
