"""What the pages for those who answer for a consultation name is there, under that name."""

import re
from pathlib import Path

import pytest
import typer

from bot import member_phrases
from bot.cli.main import app
from bot.roles import COMMANDS
from bot.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "bot" / "safety").glob("*.md"))
OPTIONS = {
    command.name: {option for parameter in command.params for option in parameter.opts}
    for command in typer.main.get_group(app).commands.values()  # type: ignore[attr-defined]
}
KEYS = set(
    re.findall(r"^ *([a-z][a-z ]*):", (ROOT / "bot" / "deployment.example.yaml").read_text("utf-8"), re.MULTILINE)
)
SAID = [text for text in vars(member_phrases).values() if isinstance(text, str)] + [
    *member_phrases.CARD_OUTCOMES.values()
]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def quoted(path: Path) -> list[str]:
    return re.findall(r"`([^`]+)`", read(path))


def test_all_pages_are_there() -> None:
    names = {page.stem for page in PAGES}
    assert names == {"impact-assessment", "launch", "notice-en", "notice-es", "safeguarding", "threats"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_and_option_of_the_program_exists(page: Path) -> None:
    for name, rest in re.findall(r"`tuckshop ([a-z]+)([^`]*)`", read(page)):
        assert name in OPTIONS
        assert set(re.findall(r"--[a-z-]+", rest)) <= OPTIONS[name]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_of_the_chat_exists(page: Path) -> None:
    named = {text.split()[0][1:].rstrip(".") for text in quoted(page) if text.startswith("/")}
    assert named <= COMMANDS.keys()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_setting_exists(page: Path) -> None:
    named = re.findall(rf"{PREFIX}([A-Z_]+)", read(page))
    assert {name.lower() for name in named} <= set(Settings.model_fields)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_line_of_the_deployment_file_exists(page: Path) -> None:
    named = {text.partition(":")[0] for text in quoted(page) if re.fullmatch(r"[a-z ]+(:.*)?", text)}
    assert {name for name in named if not name.startswith("tuckshop ")} <= KEYS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", read(page)):
        assert (page.parent / target).exists(), target


def test_the_lead_finds_the_buttons_under_the_names_that_the_page_gives() -> None:
    page = read(ROOT / "bot" / "safety" / "safeguarding.md")
    named = set(re.findall(r"[\"“]([A-Z][^\"”]+)[\"”]", page)) - {"I don't feel safe at home"}
    assert len(named) >= 6
    assert {name for name in named if not any(said.startswith(name) for said in SAID)} == set()


def test_the_notices_say_the_same() -> None:
    english, spanish = (quoted(ROOT / "bot" / "safety" / f"notice-{code}.md") for code in ("en", "es"))
    assert english == spanish
    counted = [read(ROOT / "bot" / "safety" / f"notice-{code}.md").count("[") for code in ("en", "es")]
    assert counted[0] == counted[1]
