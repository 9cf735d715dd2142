from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings, SettingsError, load_settings
from nlp.encoder import UseEncoder

TOKEN = "12345:not-a-real-token"  # noqa: S105 - opens nothing


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but those of the test."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TUCKSHOP_{name.upper()}", raising=False)


def test_every_setting_has_a_default_that_is_safe() -> None:
    settings = load_settings()
    assert settings.telegram_token is None
    assert settings.webhook_host == "127.0.0.1"
    assert settings.log_level == "INFO"
    assert settings.encoder == UseEncoder.name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_API", "api.telegram.org"),
        ("TELEGRAM_LINK", "ftp://t.me"),
        ("WEBHOOK_PORT", "0x50"),
        ("WEBHOOK_PORT", "70000"),
        ("MESSAGES_PER_SECOND", "0"),
        ("DEAF_AFTER_SECONDS", "-1"),
        ("UPLOAD_BYTES", "0"),
        ("ENCODER_THREADS", "0"),
        ("LOG_LEVEL", "TRACE"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"TUCKSHOP_{name}", value)
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert f"TUCKSHOP_{name}" in str(raised.value)


def test_all_that_cannot_be_used_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUCKSHOP_WEBHOOK_PORT", "x")
    monkeypatch.setenv("TUCKSHOP_LOG_LEVEL", "x")
    with pytest.raises(SettingsError, match=r"(?s)TUCKSHOP_WEBHOOK_PORT.*TUCKSHOP_LOG_LEVEL"):
        load_settings()


def test_what_is_wrong_is_said_without_the_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUCKSHOP_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("TUCKSHOP_TELEGRAM_API", f"bot{TOKEN}.example")
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert TOKEN not in f"{raised.value} {raised.value!r} {raised.value.__cause__!r}"


def test_secrets_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUCKSHOP_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("TUCKSHOP_WEBHOOK_SECRET", "open-sesame")
    settings = load_settings()
    shown = f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"
    assert TOKEN not in shown
    assert "open-sesame" not in shown
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN


def test_an_empty_setting_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUCKSHOP_TELEGRAM_TOKEN", "")
    assert load_settings().telegram_token is None


def test_a_file_beside_the_program_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(
        'TUCKSHOP_TELEGRAM_LINK="https://one"\nTUCKSHOP_LOG_LEVEL=DEBUG\nOTHER=1\n', encoding="utf-8"
    )
    assert (load_settings().telegram_link, load_settings().log_level) == ("https://one", "DEBUG")
    monkeypatch.setenv("TUCKSHOP_TELEGRAM_LINK", "https://two")
    assert load_settings().telegram_link == "https://two"


def test_an_address_may_end_in_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUCKSHOP_TELEGRAM_API", "http://localhost:8081/")
    assert load_settings().telegram_api == "http://localhost:8081"


def test_a_misspelt_setting_is_refused_with_the_likely_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUCKSHOP_DEPLOYMNT", "x.yaml")
    with pytest.raises(SettingsError, match=r"TUCKSHOP_DEPLOYMNT: did you mean TUCKSHOP_DEPLOYMENT\?"):
        load_settings()


@pytest.mark.parametrize(("name", "key"), [("COUNCIL", "council"), ("HELP_LINES", "help lines"), ("REGION", "region")])
def test_what_stands_in_the_deployment_file_now_is_named(monkeypatch: pytest.MonkeyPatch, name: str, key: str) -> None:
    monkeypatch.setenv(f"TUCKSHOP_{name}", "x")
    with pytest.raises(SettingsError, match=f"TUCKSHOP_{name}: delete it, and write '{key}:' in the deployment file"):
        load_settings()


def test_a_misspelt_setting_in_the_file_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TUCKSHOP_XYZZY=1\nTUCKSHOP_DATABSE=x\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"(?s)TUCKSHOP_XYZZY: delete it.*did you mean TUCKSHOP_DATABASE\?"):
        load_settings()


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        load_settings().log_level = "DEBUG"


def test_where_the_benchmarks_find_their_data_is_nothing_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUCKSHOP_DATA", "somewhere")
    assert load_settings()
