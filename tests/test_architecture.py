"""The tree shows the architecture, and this keeps it so: who imports whom, and how large anything may grow."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "bot": {"bot", "storage", "nlp", "dialogues"},
    "storage": {"storage", "nlp", "dialogues"},
    "nlp": {"nlp"},
    "dialogues": {"dialogues"},
}
NOT_PURE = {
    "asyncio", "socket", "sqlite3", "aiosqlite", "telegram", "spacy", "aiohttp", "random", "secrets", "time",
    "threading", "logging", "os", "subprocess",
}  # fmt: skip
"""What would bring the world into the dialogues: waiting, a clock, chance, a database, a channel, a language model."""
DATABASES = {"sqlite3", "aiosqlite", "asyncpg"}
NO_NOUNS = {"utils", "util", "helpers", "base", "common", "misc", "code", "manager"}
MOST_FUNCTION_LINES, MOST_MODULE_LINES = 50, 400
NINE_IN_TEN_FUNCTION_LINES = 25

MODULES = sorted(path for room in MAY_IMPORT for path in (ROOT / room).rglob("*.py"))
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def imported(path: Path) -> Iterator[str]:
    """Yield the modules that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports by dots: name the room"
            yield node.module or ""


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the functions of a module with their lengths in lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield f"{name_of(path)}: {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_there_is_something_to_look_at() -> None:
    assert len(MODULES) > 60


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_downward_only(path: Path) -> None:
    rooms = {name.partition(".")[0] for name in imported(path)} & {*MAY_IMPORT, "tests"}
    assert rooms <= MAY_IMPORT[room_of(path)]


@pytest.mark.parametrize("path", [path for path in MODULES if room_of(path) == "dialogues"], ids=name_of)
def test_dialogues_know_nothing_of_the_world(path: Path) -> None:
    assert {name.partition(".")[0] for name in imported(path)} & NOT_PURE == set()


@pytest.mark.parametrize("path", [path for path in MODULES if room_of(path) != "storage"], ids=name_of)
def test_nothing_outside_storage_knows_which_database_it_is(path: Path) -> None:
    assert {name.partition(".")[0] for name in imported(path)} & DATABASES == set()


def test_only_the_app_and_the_command_line_wire_things_together() -> None:
    opening = [name_of(path) for path in MODULES if "Database.open(" in path.read_text(encoding="utf-8")]
    assert opening == ["bot/app.py"]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_a_noun_with_a_docstring(path: Path) -> None:
    assert path.stem not in NO_NOUNS
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"], ids=name_of)
def test_a_package_is_a_docstring(path: Path) -> None:
    (only,) = ast.parse(path.read_text(encoding="utf-8")).body
    assert isinstance(only, ast.Expr)


def test_no_module_is_too_long() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_MODULE_LINES} == {}


def test_no_function_is_too_long_and_nine_in_ten_are_short() -> None:
    lengths = dict(function for path in MODULES for function in functions(path))
    assert {name: lines for name, lines in lengths.items() if lines > MOST_FUNCTION_LINES} == {}
    assert sorted(lengths.values())[len(lengths) * 9 // 10] <= NINE_IN_TEN_FUNCTION_LINES


def test_no_module_hides_one_of_pythons_own() -> None:
    assert {room for room in MAY_IMPORT if room in sys.stdlib_module_names} == set()
    top = [path.stem for path in ROOT.glob("*.py")]
    assert set(top) & set(sys.stdlib_module_names) == set()
