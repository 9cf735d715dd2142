import csv
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.errors import ExportError
from storage.export import COLUMNS, CUT, MAX_CELL_UTF16, ThemeRow, write, write_xlsx
from storage.ids import ResponseId
from storage.rows import Row

ROW = Row(
    response_id=ResponseId(7_654_321),
    conversation=1,
    dialogue="getting-around",
    version="abc",
    question="wish",
    wording="What would help?",
    language="en",
    site="north",
    band="13-15",
    week="2026-11-23",
    outcome="answered",
    value=None,
    text="More buses",
    themes=("transport", "money"),
    confidence=(0.75, None),
    standing=("confirmed", "confirmed"),
    coder="model m1",
    review_state="not reviewed",
)
THEMES = (ThemeRow("transport", "Getting around", "=about buses", ""), ThemeRow("money", "Money", "Costs", "transport"))
TEXT = COLUMNS.index("text")


def csv_lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def xlsx_cells(path: Path, sheet: str = "responses") -> list[list[Any]]:
    book = openpyxl.load_workbook(path)
    found = [[(cell.value, cell.data_type) for cell in row] for row in book[sheet].iter_rows()]
    book.close()
    return found


@pytest.mark.parametrize("name", ["out.csv", "OUT.CSV", "out.xlsx", "out.jsonl"])
def test_the_ending_chooses_the_form_and_the_file_stands_alone(tmp_path: Path, name: str) -> None:
    assert write(tmp_path / name, [ROW, replace(ROW, conversation=2)], THEMES) == 2
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_no_file_holds_the_id_of_a_response(tmp_path: Path) -> None:
    for ending in ("csv", "jsonl", "xlsx"):
        write(tmp_path / f"out.{ending}", [ROW], THEMES)
    written = (tmp_path / "out.csv").read_text("utf-8-sig") + (tmp_path / "out.jsonl").read_text("utf-8")
    assert "7654321" not in written + str(xlsx_cells(tmp_path / "out.xlsx"))
    assert "response_id" not in written


def test_csv_opens_in_excel_as_utf_8(tmp_path: Path) -> None:
    write(tmp_path / "out.csv", [replace(ROW, text="más, 😀\n“buses”")], THEMES)
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    heading, line = csv_lines(tmp_path / "out.csv")
    assert heading == list(COLUMNS)
    assert line[TEXT] == "más, 😀\n“buses”"
    assert line[COLUMNS.index("themes")] == "transport; money"
    assert line[COLUMNS.index("confidence")] == "0.75; "
    assert line[COLUMNS.index("week")] == "2026-11-23"


def test_jsonl_keeps_lists_and_long_texts(tmp_path: Path) -> None:
    write(tmp_path / "out.jsonl", [replace(ROW, text="=1+1" + "x" * 40_000, value=-3)], THEMES)
    (record,) = map(json.loads, (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines())
    assert record["themes"] == ["transport", "money"]
    assert record["confidence"] == [0.75, None]
    assert record["value"] == -3
    assert record["text"].startswith("=1+1")
    assert len(record["text"]) == 40_004


DANGEROUS = ['=HYPERLINK("http://x","y")', "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "＝1+1", "{=1}", "'=1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_reply_like_a_formula_stays_text(tmp_path: Path, text: str) -> None:
    write(tmp_path / "out.csv", [replace(ROW, text=text)], THEMES)
    cell = csv_lines(tmp_path / "out.csv")[1][TEXT]
    assert cell.lstrip("'").strip() == text.lstrip("'").strip()
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝"))
    write(tmp_path / "out.xlsx", [replace(ROW, text=text)], THEMES)
    value, data_type = xlsx_cells(tmp_path / "out.xlsx")[1][TEXT]
    assert data_type == "s"
    assert value.strip() == text.strip()
    with zipfile.ZipFile(tmp_path / "out.xlsx") as file:
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml")


def test_a_number_is_a_number_even_below_zero(tmp_path: Path) -> None:
    write(tmp_path / "out.csv", [replace(ROW, value=-3.5)], THEMES)
    assert csv_lines(tmp_path / "out.csv")[1][COLUMNS.index("value")] == "-3.5"
    write(tmp_path / "out.xlsx", [replace(ROW, value=-3.5)], THEMES)
    assert xlsx_cells(tmp_path / "out.xlsx")[1][COLUMNS.index("value")] == (-3.5, "n")


def test_an_excel_file_has_the_codebook_on_its_second_sheet(tmp_path: Path) -> None:
    write(tmp_path / "out.xlsx", [ROW], THEMES)
    sheet = [[value for value, _ in line] for line in xlsx_cells(tmp_path / "out.xlsx", "codebook")]
    assert sheet[0] == ["id", "name", "definition", "parent"]
    assert sheet[1][:3] == ["transport", "Getting around", "=about buses"]
    assert sheet[2] == ["money", "Money", "Costs", "transport"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_cell_is_cut_where_excel_would_break_it(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    for text in ("=" + "😀" * 20_000, "x" * MAX_CELL_UTF16, "=" + "x" * (MAX_CELL_UTF16 - 1)):
        write(path, [replace(ROW, text=text)], THEMES)
        cell = csv_lines(path)[1][TEXT] if ending == "csv" else xlsx_cells(path)[1][TEXT][0]
        assert len(cell.encode("utf-16-le")) // 2 <= MAX_CELL_UTF16
        assert len(cell) > 16_000
        assert ("😀" not in cell) or cell.endswith(CUT)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=40))
def test_any_text_makes_a_file_that_opens(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("out")
    for ending in ("csv", "xlsx", "jsonl"):
        assert write(folder / f"out.{ending}", [replace(ROW, text=text), ROW], THEMES) == 2
    assert len(csv_lines(folder / "out.csv")) == 3
    assert len((folder / "out.jsonl").read_bytes().splitlines()) == 2
    with zipfile.ZipFile(folder / "out.xlsx") as file:
        ElementTree.fromstring(file.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own file
    assert xlsx_cells(folder / "out.xlsx")[2][TEXT] == ("More buses", "s")


def test_control_characters_and_lone_surrogates_are_left_out(tmp_path: Path) -> None:
    for ending in ("csv", "xlsx", "jsonl"):
        write(tmp_path / f"out.{ending}", [replace(ROW, text="a\x00b\x0bc\ud83dd\uffffe")], THEMES)
    assert csv_lines(tmp_path / "out.csv")[1][TEXT] == "abcde"
    assert xlsx_cells(tmp_path / "out.xlsx")[1][TEXT] == ("abcde", "s")
    assert json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["text"] == "abcde"


def test_an_unknown_ending_is_refused_with_those_that_work(tmp_path: Path) -> None:
    for name in ("out.ods", "out"):
        with pytest.raises(ExportError, match=r"Use one of: \.csv, \.xlsx, \.jsonl"):
            write(tmp_path / name, [ROW], THEMES)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_does_not_exist_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        write(tmp_path / "missing" / "out.csv", [ROW], THEMES)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_a_failure_on_the_way_leaves_the_earlier_file(tmp_path: Path, ending: str) -> None:
    def failing() -> Iterator[Row]:
        yield ROW
        raise LookupError

    path = tmp_path / f"out.{ending}"
    path.write_bytes(b"earlier")
    with pytest.raises(LookupError):
        write(path, failing(), THEMES)
    assert path.read_bytes() == b"earlier"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    assert write_xlsx(tmp_path / "out.xlsx", [ROW] * 2, THEMES, sheet_rows=3) == 2
    with pytest.raises(ExportError, match="holds 2 responses"):
        write_xlsx(tmp_path / "out.xlsx", [ROW] * 3, THEMES, sheet_rows=3)


def test_an_export_of_nothing_is_a_heading(tmp_path: Path) -> None:
    assert write(tmp_path / "out.csv", [], []) == 0
    assert csv_lines(tmp_path / "out.csv") == [list(COLUMNS)]
