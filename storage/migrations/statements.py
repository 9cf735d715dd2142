"""Runs the statements of a step one by one: executescript would commit what is open."""

import sqlite3


def run(tx: sqlite3.Connection, *statements: str) -> None:
    """Run statements in order."""
    for statement in statements:
        tx.execute(statement)
