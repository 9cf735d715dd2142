import pytest

from dialogues.understanding.examples import EXAMPLES, Example, meaning, table_rows


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.asked.language}-{example.typed}")
def test_the_reply_means_what_the_table_says(example: Example) -> None:
    assert meaning(example.asked, example.typed) == example.means


def test_the_table_has_a_row_for_each_example() -> None:
    rows = list(table_rows())
    assert len(rows) == len(EXAMPLES) >= 80
    assert all(asked and typed and understood for asked, typed, understood in rows)


def test_no_example_stands_twice() -> None:
    assert len({(example.asked, example.typed) for example in EXAMPLES}) == len(EXAMPLES)
