import pytest

from dialogues.understanding.naming import named_in

TRAVEL = ("Bus", "Tram", "Train", "Bike", "Walking")
NO_BANDS = (None,) * len(TRAVEL)


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted", "doubtful"),
    [
        ("bus", [(0,)], [], False),
        ("the bus and the tram", [(0,), (1,)], [], False),
        ("tram, not the bus", [(1,)], [0], False),
        ("not the bus but the tram", [(1,)], [0], False),
        ("not the bus, tram", [(1,)], [0], True),
        ("neither bus nor tram", [], [0, 1], False),
        ("tran", [(1, 2)], [], True),
        ("the second one", [(1,)], [], False),
        ("the bus one", [(0,)], [], False),
        ("my mum says bus", [(0,)], [], True),
        ("bus cos my mum drives", [(0,)], [], False),
        ("bus cos the tram is slow", [(0,), (1,)], [], True),
        ("", [], [], False),
    ],
)
def test_names_and_negations_are_found(
    text: str, wanted: list[tuple[int, ...]], unwanted: list[int], doubtful: bool
) -> None:
    named = named_in(text, TRAVEL, NO_BANDS, "en")
    assert (named.wanted, named.unwanted, named.doubtful) == (wanted, unwanted, doubtful)
