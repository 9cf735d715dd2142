"""Measures: `python -m tests.bench tagging`. Reads what it measures on from TUCKSHOP_DATA, or ../shared/data."""

import importlib
import sys
from pathlib import Path

_HERE = Path(__file__).parent


def main() -> int:
    """Run the benchmark that the first argument names; without one, list them."""
    names = sorted(path.stem for path in _HERE.glob("[a-z]*.py") if "def main(" in path.read_text())
    if len(sys.argv) != 2 or sys.argv[1] not in names:
        print(f"Say which to run: {', '.join(names)}", file=sys.stderr)
        return 2
    try:
        return int(importlib.import_module(f"tests.bench.{sys.argv[1]}").main() or 0)
    except FileNotFoundError as error:  # the data lie beside the checkout, not in it
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
