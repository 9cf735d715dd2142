import pytest

from dialogues.understanding.labels import labels_of
from dialogues.understanding.parts import parts_of

LABELS = labels_of(("Bus", "Night bus", "Walking to school"), "en")
NO_BANDS = (None,) * len(LABELS)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("the bus", ["filler", "name"]),
        ("not the bus, night bus", ["not", "filler", "name", "pause", "name"]),
        ("walking school", ["hint"]),
        ("the second one", ["filler", "position"]),
        ("2nd", ["position"]),
        ("no. 2", ["doubt", "pause", "name"]),
        ("last two", ["strange"]),
        ("7", ["strange"]),
        ("", []),
    ],
)
def test_each_part_does_something(text: str, roles: list[str]) -> None:
    assert [part.role for part in parts_of(text, LABELS, NO_BANDS, "en") if part.length] == roles
