import re
from pathlib import Path

import pytest
import yaml

import nlp
from nlp.codebook import codebook_from
from nlp.shares import LEAST_SHARE, TIMES_CHANCE

HERE = Path(nlp.__file__).parent
README = (HERE / "README.md").read_text(encoding="utf-8")


def fenced(language: str) -> str:
    return "\n".join(re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL))


def test_every_module_is_in_its_table() -> None:
    described_elsewhere = {"__init__"}
    modules = {path.stem for path in HERE.glob("*.py")} - described_elsewhere
    assert {name for name in modules if f"`{name}`" not in README} == set()


def test_the_codebook_it_shows_works_with_the_parent_that_it_names() -> None:
    data = yaml.safe_load(fenced("yaml"))
    data["themes"].append("town")
    assert [theme.id for theme in codebook_from(data).themes] == [
        "getting-around",
        "Money and work",
        "Anything else",
        "town",
    ]


def test_the_program_it_shows_runs(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(fenced("python"), "README.md", "exec"), {})  # noqa: S102 - our own README
    assert capsys.readouterr().out.startswith("my name is [name] and I cannot pay the rent [('Money'")


def test_its_thresholds_are_the_code_s() -> None:
    assert f"from {TIMES_CHANCE} times an equal share" in README
    assert f"never under {LEAST_SHARE}".replace("0.", ".") in README
