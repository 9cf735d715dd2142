import pytest

from dialogues.finding import Finding, listed, nearest


@pytest.mark.parametrize(
    ("names", "shown"),
    [((), ""), (("a",), "'a'"), (("a", "b"), "'a' and 'b'"), (("a", "b", "c"), "'a', 'b' and 'c'")],
)
def test_names_are_listed_as_one_reads_them(names: tuple[str, ...], shown: str) -> None:
    assert listed(names) == shown


@pytest.mark.parametrize(
    ("name", "likely"),
    [("optoins", "options"), ("aks", "ask"), ("Ask", "ask"), ("scal", "scale"), ("picture", None), ("", None)],
)
def test_a_misspelt_name_is_recognised(name: str, likely: str | None) -> None:
    assert nearest(name, ("options", "ask", "scale", "say")) == likely


def test_findings_stand_in_the_order_of_the_file() -> None:
    first, second = (Finding(line, 1, code, "error", "m", "f") for line, code in ((2, "z"), (10, "a")))
    assert sorted([second, first]) == [first, second]
