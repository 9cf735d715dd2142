"""Every row that is about one person, found by following the schema's own foreign keys from `respondents`.

So a table that is added is in it without anybody's thinking of it, as long as it says whose its rows are; deleting
follows the same keys. Of other people there is nothing in it.
"""

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from storage.database import Transaction
from storage.ids import RespondentId

Value: TypeAlias = str | int | float | Sequence["Value"] | Mapping[str, "Value"] | None
Row: TypeAlias = Mapping[str, Value]
"""The columns of a row by name: JSON as what it says, and a vector as its numbers."""

PEOPLE = "respondents"
PSEUDONYM = "respondent_id"
"""What other tables call the key of a person."""
SOMEBODY_ELSE = "somebody else"
"""Stands for the pseudonym of another person, such as the member who reviewed a response."""
_JSON = frozenset({"state", "value", "flags", "buttons"})
_NUMBERS = frozenset({"vector"})


@dataclass(frozen=True, slots=True)
class Link:
    """A column that refers to another table's key; `owned` rows go when what they refer to goes."""

    table: str
    column: str
    parent: str
    key: str
    owned: bool


@dataclass(frozen=True, slots=True)
class Belongings:
    """All rows about a person, by table; and the keys of what they only had a hand in, by table and column."""

    rows: Mapping[str, tuple[Row, ...]]
    hand_in: Mapping[str, tuple[Value, ...]]


def belongings(tx: Transaction, respondent_id: RespondentId) -> Belongings:
    """Return every row about the person; nothing at all where there is none of that id."""
    known = links(tx)
    owned = {
        table: where
        for table in [PEOPLE, *dict.fromkeys(link.table for link in known)]
        if (where := _own(table, known))
    }
    return Belongings(
        {table: _rows(tx, table, where, respondent_id, known) for table, where in owned.items()},
        {
            f"{link.table}.{link.column}": _keys(tx, link, respondent_id)
            for link in known
            if link.parent == PEOPLE and not link.owned
        },
    )


def links(tx: Transaction) -> tuple[Link, ...]:
    """Return every foreign key of the schema."""
    rows = tx.execute(
        """
        SELECT tables.name, keys."from", keys."table", keys."to", keys.on_delete = 'CASCADE'
        FROM sqlite_schema AS tables, pragma_foreign_key_list(tables.name) AS keys
        WHERE tables.type = 'table' ORDER BY tables.rowid, keys.id
        """
    )
    return tuple(Link(table, column, parent, key, bool(owned)) for table, column, parent, key, owned in rows)


def _own(table: str, known: Iterable[Link]) -> str:
    """Return the condition under which a row of the table is the person's, empty where none can be."""
    if table == PEOPLE:
        return "id = :id"
    ways = [
        f"{link.column} IN (SELECT {link.key} FROM {link.parent} WHERE {where})"  # noqa: S608 - names of our schema
        for link in known
        if link.table == table and link.owned and (where := _own(link.parent, known))
    ]
    return " OR ".join(ways)


def _rows(
    tx: Transaction, table: str, where: str, respondent_id: RespondentId, known: Iterable[Link]
) -> tuple[Row, ...]:
    people = {link.column for link in known if link.table == table and (link.parent == PEOPLE or link.key == PSEUDONYM)}
    found = tx.execute(f"SELECT * FROM {table} WHERE {where}", {"id": respondent_id})  # noqa: S608 - names of our schema
    columns = [name for name, *_ in found.description]

    def value(column: str, raw: str | float | bytes | None) -> Value:
        if column in people and raw not in (None, respondent_id):
            return SOMEBODY_ELSE
        return _readable(column, raw)

    return tuple({column: value(column, raw) for column, raw in zip(columns, row, strict=True)} for row in found)


def _readable(column: str, raw: str | float | bytes | None) -> Value:
    """Return a stored value as a person's own program can read it."""
    if isinstance(raw, bytes):
        usable = column in _NUMBERS and len(raw) % array("f").itemsize == 0
        return [float(f"{number:.7g}") for number in array("f", raw)] if usable else raw.hex()
    if column in _JSON and isinstance(raw, str):
        read: Value = json.loads(raw)
        return read
    return raw


def _keys(tx: Transaction, link: Link, respondent_id: RespondentId) -> tuple[Value, ...]:
    """Return the primary keys of the rows in which the person had a hand."""
    (key,) = tx.execute("SELECT name FROM pragma_table_info(:table) WHERE pk = 1", {"table": link.table}).fetchone()
    sql = f"SELECT {key} FROM {link.table} WHERE {link.column} = :id"  # noqa: S608 - names of our schema
    found = tx.execute(sql, {"id": respondent_id})
    return tuple(one for (one,) in found)
