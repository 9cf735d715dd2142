import io
import json
from typing import Any

import pytest
from rich.console import Console

from bot.evaluating import NothingReadError, evaluated, fit_in_words, taught, to_json
from bot.evaluation_table import tables
from nlp.coded import CodedReply
from nlp.coder import Reply
from nlp.evaluation import Evaluation, Fit
from tests.nlp.coded import CODEBOOK, SmallEncoder, coded, slang

TWO_CODERS = [
    CodedReply(Reply(str(row), f"the buses are late {row}"), {"Ana": frozenset({"buses"}), "Ben": ben})
    for row, ben in enumerate([frozenset({"buses"}), frozenset[str]()] * 10)
]


def quiet(doing: str) -> None:
    pass


def evaluation(replies: list[CodedReply]) -> Evaluation:
    return evaluated(replies, CODEBOOK, "xx", SmallEncoder(), 0, quiet)


def shown(found: Evaluation, width: int = 80) -> str:
    console = Console(width=width, file=io.StringIO(), record=True)
    console.print(tables(found))
    return console.export_text()


@pytest.fixture(scope="module")
def of_one() -> Evaluation:
    return evaluation(slang(30))


@pytest.fixture(scope="module")
def of_two() -> Evaluation:
    return evaluation(TWO_CODERS)


def test_the_tables_tell_of_both_ways_of_tagging(of_one: Evaluation) -> None:
    lines = [" ".join(line.split()) for line in shown(of_one).splitlines()]
    assert lines[0] == "30 replies, 3 themes, 1 coder."
    assert "Themes, codebook alone" in lines
    assert "Themes, learned from the others" in lines
    assert "F1 by coded replies to learn from" in lines
    assert any(line.startswith("without Other") for line in lines)
    assert any(line.startswith("Other 0 ") and line.endswith("too few to say") for line in lines)


@pytest.mark.parametrize("width", [80, 120])
def test_the_tables_fit_the_screen(of_two: Evaluation, width: int) -> None:
    assert max(len(line.rstrip()) for line in shown(of_two, width).splitlines()) <= width


def test_people_stand_beside_the_machine(of_two: Evaluation) -> None:
    lines = [" ".join(line.split()) for line in shown(of_two).splitlines()]
    assert any(line.startswith("people with each other 20") for line in lines)
    assert any(line.startswith("machine with people, learned from the others 20") for line in lines)
    assert any(line.startswith("Ana – Ben 20") for line in lines)
    assert "A reply counts as having the themes that at least half of its coders gave." in lines


def test_few_replies_say_little() -> None:
    text = " ".join(shown(evaluation(slang(4))).split())
    assert "Too few replies to learn from some and test on the others." in text
    assert "buses 2 0 too few to say" in text
    assert "learned from the others" not in text


def test_what_people_wrote_is_no_markup() -> None:
    assert "[/red] nothing" in shown(evaluation([coded(1, "[/red] nothing", "parks")]))


def test_the_json_holds_everything(of_two: Evaluation) -> None:
    found: dict[str, Any] = json.loads(to_json(of_two))
    assert (found["replies"], found["coders"], found["unread"], found["catch_alls"]) == (20, 2, 0, ["Other"])
    assert [point["learned"] for point in found["curve"]] == [0, 5, 10, 16]
    for side in ("alone", "learned"):
        assert set(found[side]["all"]) == {"micro", "macro", "sample"}
        assert set(found[side]["all"]["micro"]) == {"value", "low", "high"}
        assert [theme["theme"] for theme in found[side]["themes"]] == ["buses", "parks", "Other"]
        assert [theme["too_few"] for theme in found[side]["themes"]] == [False, True, True]
        assert found[side]["themes_only"]["micro"]["value"] <= 1
        assert found[side]["comparison"]["people"]["replies"] == 20
        assert len(found[side]["reliability"]) == 5
        assert isinstance(found[side]["confusions"], list)


def test_what_is_taught_is_used_and_judged_on_other_replies() -> None:
    model, fitted = taught(slang(40), CODEBOOK, "xx", SmallEncoder(), quiet)
    assert model.version
    assert fitted.replies == 40
    assert fitted.alone < 0.1
    assert fitted.learned is not None
    assert fitted.learned > 0.9


@pytest.mark.parametrize(
    ("fitted", "says"),
    [
        (Fit(60, 0.4, 0.5), "micro-F1 is 0.50 with them and 0.40 from the codebook alone. They help."),
        (Fit(60, 0.5, 0.5), "They do not help"),
        (Fit(6, 0.5, None), "too few to say"),
    ],
)
def test_the_fit_is_said_in_words(fitted: Fit, says: str) -> None:
    assert says in fit_in_words(fitted)
    assert f"Learned from {fitted.replies} coded replies." in fit_in_words(fitted)


def test_progress_is_told() -> None:
    told: list[str] = []
    taught(slang(100), CODEBOOK, "xx", SmallEncoder(), told.append)
    assert told == ["Reads 100 of 100 replies", "Learns"]


def test_nothing_to_read_is_said() -> None:
    with pytest.raises(NothingReadError):
        evaluated([], CODEBOOK, "xx", SmallEncoder(), 0, quiet)
