"""Exports: rows written to a file, by its ending .csv, .xlsx or .jsonl. Knows nothing of the database.

Cells are safe to open: what a respondent wrote stays text, though it may begin like a formula, and control characters
that a spreadsheet program refuses are left out. A file appears whole or not at all.
"""

import csv
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path

import xlsxwriter

from storage.errors import ExportError
from storage.rows import Row

ENDINGS = (".csv", ".xlsx", ".jsonl")
TABLE_ENDINGS = (".csv", ".xlsx", ".json")
COLUMNS = tuple(field.name for field in fields(Row) if field.name != "response_id")
MAX_CELL_UTF16 = 32_767  # a cell of Excel; csv is cut there too, since Excel would spill the rest into the next row
MAX_SHEET_ROWS = 1_048_576  # a sheet of Excel, its heading included
CUT = "… [cut]"
_FORMULA = tuple("=+-@\t\r＝＋－＠")  # what begins a formula; some language versions take the full-width signs too
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # not allowed in XML 1.0, or lone

Cell = str | float | None


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme of the codebook, in one language."""

    id: str
    name: str
    definition: str
    parent: str


def write(path: Path, rows: Iterable[Row], themes: Sequence[ThemeRow]) -> int:
    """Write the rows to the file, and return how many; an Excel file gets the codebook as a second sheet.

    Raises ExportError for an ending it does not know, a folder it cannot write to, or more rows than a sheet holds.
    """
    if path.suffix.lower() not in ENDINGS:
        raise ExportError(f"{path}: no export ends in {path.suffix!r}. Use one of: {', '.join(ENDINGS)}")
    with _replacing(path) as draft:
        match path.suffix.lower():
            case ".csv":
                return write_csv(draft, rows)
            case ".xlsx":
                return write_xlsx(draft, rows, themes)
            case _:
                return write_jsonl(draft, rows)


def write_table(path: Path, heading: Sequence[str], lines: Sequence[Sequence[Cell]]) -> None:
    """Write a small table to a .csv, .xlsx or .json file: there a list of objects. Raises ExportError."""
    if path.suffix.lower() not in TABLE_ENDINGS:
        raise ExportError(f"{path}: no table ends in {path.suffix!r}. Use one of: {', '.join(TABLE_ENDINGS)}")
    with _replacing(path) as draft:
        match path.suffix.lower():
            case ".csv":
                with draft.open("w", encoding="utf-8-sig", newline="") as file:
                    csv.writer(file).writerows([heading, *([_guarded(cell) for cell in line] for line in lines)])
            case ".xlsx":
                with xlsxwriter.Workbook(str(draft), {"strings_to_formulas": False}) as book:
                    _fill(book.add_worksheet("figures"), heading, lines)
            case _:
                records = [dict(zip(heading, line, strict=True)) for line in lines]
                draft.write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_csv(path: Path, rows: Iterable[Row]) -> int:
    """Write a csv file; it begins with a byte order mark, without which Excel does not take it for UTF-8."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for count, row in enumerate(rows, start=1):  # noqa: B007 - counts a stream
            writer.writerow([_guarded(cell) for cell in _cells(row)])
    return count


def write_xlsx(path: Path, rows: Iterable[Row], themes: Sequence[ThemeRow], sheet_rows: int = MAX_SHEET_ROWS) -> int:
    """Write an Excel file in constant memory, with the codebook on a second sheet."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "tmpdir": str(path.parent),
    }
    stream = iter(rows)
    with xlsxwriter.Workbook(str(path), options) as book:
        lines = (_cells(row) for row in islice(stream, sheet_rows - 1))
        count = _fill(book.add_worksheet("responses"), COLUMNS, lines)
        _fill(
            book.add_worksheet("codebook"),
            tuple(field.name for field in fields(ThemeRow)),
            (
                [_clean(theme.id), _clean(theme.name), _clean(theme.definition), _clean(theme.parent)]
                for theme in themes
            ),
        )
    if next(stream, None) is not None:
        raise ExportError(f"An Excel sheet holds {sheet_rows - 1:,} responses and there are more. Use .csv or .jsonl.")
    return count


def write_jsonl(path: Path, rows: Iterable[Row]) -> int:
    """Write one JSON object a line; here nothing is cut and lists stay lists."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for count, row in enumerate(rows, start=1):  # noqa: B007 - counts a stream
            file.write(json.dumps(_record(row), ensure_ascii=False) + "\n")
    return count


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Give a draft beside the file that takes its place at the end, or goes if anything fails."""
    try:
        handle, name = tempfile.mkstemp(prefix=".export-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}. Name a file in another folder.") from error
    draft = Path(name)
    try:
        yield draft
        draft.replace(path)
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        raise ExportError(f"{path} could not be written: {error}. Nothing was left behind.") from error
    finally:
        draft.unlink(missing_ok=True)


def _fill(sheet: xlsxwriter.worksheet.Worksheet, heading: Sequence[str], lines: Iterable[Sequence[Cell]]) -> int:
    """Write the heading and the lines to the sheet, and return how many lines."""
    count = 0
    for column, title in enumerate(heading):
        sheet.write_string(0, column, title)
    for count, line in enumerate(lines, start=1):
        for column, cell in enumerate(line):
            if isinstance(cell, str):
                sheet.write_string(count, column, cell)
            elif cell is not None:
                sheet.write_number(count, column, cell)
    return count


def _record(row: Row) -> dict[str, object]:
    """Return the columns of a row by name."""
    values = {column: getattr(row, column) for column in COLUMNS}
    return {column: _legal(value) if isinstance(value, str) else value for column, value in values.items()}


def _cells(row: Row) -> list[Cell]:
    """Return the columns of a row as text and numbers, lists joined."""
    return [_cell(value) for value in _record(row).values()]


def _cell(value: object) -> Cell:
    match value:
        case None | int() | float():
            return value
        case tuple():
            return _clean("; ".join("" if part is None else str(part) for part in value))
        case _:
            return _clean(str(value))


def _clean(text: str) -> str:
    """Return the text as a cell may hold it."""
    text = _legal(text).replace("\r\n", "\n").replace("\r", "\n")
    if _utf16_units(text) <= MAX_CELL_UTF16:
        return text
    room = MAX_CELL_UTF16 - len(CUT)
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + CUT


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _guarded(cell: Cell) -> Cell:
    """Return the cell for a csv file, where only an apostrophe keeps a program from calculating it."""
    if not isinstance(cell, str) or not (cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)):
        return cell
    return "'" + (cell if _utf16_units(cell) < MAX_CELL_UTF16 else cell[:-1])
