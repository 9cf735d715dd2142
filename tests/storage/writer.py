"""A process that writes until it is killed: pairs of people, each pair in one transaction, told of once committed."""

import asyncio
import sys
from functools import partial
from pathlib import Path

from storage.database import Database, Transaction
from tests.storage.samples import person


def pair(tx: Transaction, number: int) -> None:
    person(tx, f"left-{number}")
    person(tx, f"right-{number}")


async def write_for_ever(path: Path, first: int) -> None:
    database = await Database.open(path)
    number = first
    while True:
        await database.write(partial(pair, number=number))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        number += 1


if __name__ == "__main__":
    asyncio.run(write_for_ever(Path(sys.argv[1]), int(sys.argv[2])))
