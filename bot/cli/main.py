"""The command line, `tuckshop`: each command reads its arguments, calls the program and shows what came of it."""

import sys

from bot.cli import sets, people, keeping, auditing, keys, tagging, measuring, discovering, counting, running  # isort: skip - the order of `--help`
from bot.cli.program import app

COMMAND_MODULES = (sets, people, keeping, auditing, keys, tagging, measuring, discovering, counting, running)
"""Importing a module registers its commands; `--help` lists them in this order."""


def main() -> None:
    """Run the command line."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
