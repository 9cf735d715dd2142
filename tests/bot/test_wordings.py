"""Whoever answers for the bot can read all that it says, on one page."""

import importlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from bot import commands, introduction, mydata_words
from bot.cli.main import app
from bot.library import shipped_deployment
from bot.wordings import page, parts

ROOT = Path(__file__).parents[2]
PHRASES = sorted(
    str(path.relative_to(ROOT)) for room in ("bot", "dialogues") for path in (ROOT / room).glob("*phrases.py")
)
SETS = sorted((ROOT / "dialogues" / "sets").glob("*.yaml"))
PAGE = page(shipped_deployment())


def strings(thing: object) -> Iterator[str]:
    """Yield every text within a thing."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for inner in thing.values():
            yield from strings(inner)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            yield from strings(getattr(thing, field.name))


def translated(node: object) -> Iterator[str]:
    """Yield every text of a file that stands in it by language."""
    if isinstance(node, dict):
        yield from (str(text) for key, text in node.items() if key in ("en", "es"))
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from translated(inner)


def is_on_the_page(text: str) -> bool:
    return text.replace("|", "\\|").replace("\n", "<br>") in PAGE


def test_there_are_phrases_to_look_for() -> None:
    assert len(PHRASES) >= 5
    assert len(SETS) >= 6


@pytest.mark.parametrize("path", PHRASES)
def test_every_phrase_is_on_the_page(path: str) -> None:
    module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
    own = [thing for name, thing in vars(module).items() if name.isupper()]
    texts = [text for thing in own for text in strings(thing)]
    assert texts
    assert [text for text in texts if not is_on_the_page(text)] == []


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_every_text_of_a_shipped_set_is_on_the_page(path: Path) -> None:
    texts = list(translated(yaml.safe_load(path.read_text(encoding="utf-8"))))
    assert len(texts) > 40
    assert [text for text in texts if not is_on_the_page(text)] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_introduction_is_on_the_page_as_it_is_sent(language: str) -> None:
    deployment = shipped_deployment()
    texts = [introduction.opening(deployment, language), introduction.agreement(deployment, language)]
    texts += [introduction.more(deployment, language), introduction.guardian_ask(deployment, language)]
    texts += [line.shown(language) for line in deployment.help_lines]
    texts += commands.listed(deployment.languages)[language].values()
    texts += strings([mydata_words.WHAT[language]][0])
    assert [text for text in texts if not is_on_the_page(text)] == []


def test_every_text_stands_beside_its_translation() -> None:
    sizes = {part.title: {len(texts) for _, texts in part.said} for part in parts(shipped_deployment())}
    assert sizes.pop("To members") == {1}
    assert set(map(tuple, sizes.values())) == {(2,)}


def test_words_prints_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["words"])
    assert (result.exit_code, result.stdout) == (0, PAGE + "\n")
