"""What the documents list is what there is."""

import re
from pathlib import Path

from typer.testing import CliRunner

from bot.cli.main import app
from bot.settings import PREFIX, Settings
from dialogues.reading import read

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_lists_every_command() -> None:
    listed = set(re.findall(r"^\| `tuckshop ([a-z]+)", README, re.MULTILINE))
    assert listed == {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }


def test_the_readme_lists_every_setting_with_its_default() -> None:
    listed = dict(re.findall(rf"^\| `{PREFIX}([A-Z_]+)` \| `?([^|`]*?)`? ?\|", README, re.MULTILINE))
    assert {name.lower() for name in listed} == set(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        shown = listed[name.upper()].replace('"', "'").removesuffix(".0")
        assert shown in {"", str(field.default).removesuffix(".0")}, name
        assert shown or field.default in (None, "")


def test_the_dialogue_in_the_readme_is_right() -> None:
    (source,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    report = read(source.encode())
    assert report.findings == ()
    assert report.script is not None


def test_the_table_of_typed_replies_is_what_the_command_prints() -> None:
    printed = CliRunner().invoke(app, ["replies"]).output
    written = (ROOT / "dialogues" / "understanding" / "README.md").read_text(encoding="utf-8")
    assert written.endswith(printed)
    assert f"[{printed.count(chr(10)) - 2} typed replies" in README


def test_the_links_in_the_readme_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
