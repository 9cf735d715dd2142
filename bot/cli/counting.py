"""The command that tells how many people chose or said what: figures."""

import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table as Shown
from rich.text import Text

from bot.cli.program import Json, app, console, fail, run, settings_or_exit

if TYPE_CHECKING:
    from storage.export import Cell as Field
    from storage.figures import Cell, Split, Table

HIDDEN = "–"
NOTE = (
    "–: fewer than {smallest} people, or more who are hidden so that nobody can be found by subtracting. In a column, "
    "who is in too small a group counts under (few); 'all' has everyone."
)
NOTHING = "No question like that has a response that counts. For what was said in test runs, add --test-run."


class By(StrEnum):
    """What figures can be split by, and the two kinds of figures that can be asked for alone."""

    SITE = "site"
    BAND = "band"
    LANGUAGE = "language"
    VERSION = "version"
    OPTION = "option"
    THEME = "theme"


@app.command()
def figures(
    by: Annotated[
        list[By] | None,
        typer.Option(help="Split by it, at most two of site, band, language, version; option or theme: only these."),
    ] = None,
    question: Annotated[str | None, typer.Option(help="Only the question of that id.")] = None,
    public: Annotated[bool, typer.Option("--public", help="Hide also what is too small to publish.")] = False,
    to: Annotated[Path | None, typer.Option(help="Write a file: .csv, .xlsx or .json.")] = None,
    test_run: Annotated[bool, typer.Option("--test-run", help="What was said in test runs, instead.")] = False,
    as_json: Json = False,
) -> None:
    """Count people by option and theme; small groups are hidden, and cannot be found by subtracting.

    Example: [bold]tuckshop figures --by site --by language --public[/bold]
    """
    from bot.app import deployment_of, now, opened
    from storage import audit
    from storage.errors import ExportError
    from storage.export import write_table
    from storage.figures import MOST_SPLITS, SPLITS, tables

    splits = tuple(split for split in SPLITS if By(split) in (by or ()))
    if len(splits) > MOST_SPLITS:
        fail(f"--by: {', '.join(splits)} are too many. Leave one out.", 2)
    settings = settings_or_exit()

    async def count() -> tuple[int, tuple["Table", ...]]:
        limits = deployment_of(settings).smallest_groups(public=public)
        async with opened(settings.database, settings.key_file, create=False) as database:
            found = await database.read(lambda tx: tables(tx, splits, limits, question, pilot=test_run))
            await database.write(lambda tx: audit.record(tx, "command line", "counted", "figures", now()))
            return limits[-1], found

    smallest, found = run(count())
    kinds = {By.OPTION, By.THEME} & set(by or ()) or {By.OPTION, By.THEME}
    found = tuple(table for table in found if table.question.kind in kinds)
    if to is None:
        _report(found, splits, smallest, as_json)
        return
    try:
        write_table(to, _heading(splits), list(_lines(found)))
    except ExportError as error:
        fail(str(error))
    console.print(f"Figures of {len(found)} questions written to {to}.", highlight=False)


def _report(found: Sequence["Table"], splits: Sequence["Split"], smallest: int, as_json: bool) -> None:
    if as_json:
        records = [dict(zip(_heading(splits), line, strict=True)) for line in _lines(found)]
        typer.echo(json.dumps({"smallest_group": smallest, "figures": records}, ensure_ascii=False, indent=1))
    elif not found:
        console.print(NOTHING)
    else:
        for table in found:
            console.print(_shown(table))
        console.print(NOTE.format(smallest=smallest), markup=False, highlight=False)


def _shown(table: "Table") -> Shown:
    """Return a question's figures as a person reads them: a line an option or theme, a column a group."""
    asked = table.question
    title = f"{asked.dialogue}: {asked.question} ({asked.kind}s), {_number(table.people)} people"
    shown = Shown(title=Text(title, style="bold"), title_justify="left", box=None)
    shown.add_column(asked.kind)
    for group in (("all",), *table.groups):
        shown.add_column(Text("\n".join(value or "none" for value in group)), justify="right")
    for figure in table.figures:
        shown.add_row(Text(figure.option), _number(figure.all), *map(_number, figure.cells))
    return shown


def _number(cell: "Cell") -> str:
    return HIDDEN if cell.count is None else str(cell.count)


def _heading(splits: Sequence["Split"]) -> tuple[str, ...]:
    return ("dialogue", "question", "kind", "option", *splits, "people")


def _lines(found: Sequence["Table"]) -> Iterator[list["Field"]]:
    """Yield a line a cell; an empty number is hidden, an empty option is everyone who answered."""
    for table in found:
        asked: list[Field] = [table.question.dialogue, table.question.question, table.question.kind]
        everywhere: list[Field] = ["(all)"] * len(table.splits)
        yield [*asked, "", *everywhere, table.people.count]
        for figure in table.figures:
            yield [*asked, figure.option, *everywhere, figure.all.count]
            for group, cell in zip(table.groups, figure.cells, strict=True):
                yield [*asked, figure.option, *group, cell.count]
