"""Every setting of the program, in one place. Read from `TUCKSHOP_*` variables or a `.env` file beside it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, StringConstraints, ValidationError, field_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from dialogues.finding import nearest
from dialogues.nodes import MAX_BYTES

PREFIX = "TUCKSHOP_"
ENV_FILE = ".env"
OTHERS = ("data",)
"""Names that are not the program's: TUCKSHOP_DATA says where the benchmarks find what they measure on."""
MOVED = {"council": "council", "help_lines": "help lines", "languages": "languages", "region": "region"}
"""Names that were settings once, and how the deployment file calls them."""


class SettingsError(Exception):
    """A setting is missing or cannot be used; the message says which, and what to write."""


class Settings(BaseSettings):
    """The settings; each default is safe to run with."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    database: Path = Path("tuckshop.sqlite3")
    """The SQLite file."""
    key_file: Path | None = None
    """The file with the key that seals the database; without it the database is plain."""
    deployment: Path = Path("deployment.yaml")
    """The file that says which council asks, whom, and who helps."""

    telegram_token: SecretStr | None = None
    """The bot's token, from @BotFather."""
    telegram_api: str = "https://api.telegram.org"
    """The Bot API's base address."""
    telegram_link: str = "https://t.me"
    """Where links to the bot begin."""
    webhook_url: str | None = None
    """The public https address that Telegram sends updates to; without it the bot polls."""
    webhook_secret: SecretStr | None = None
    """What Telegram proves itself with; needed with webhook_url. Letters, digits, _ and -, at most 256."""
    webhook_host: str = "127.0.0.1"
    webhook_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    """Where the program listens, behind the proxy that holds the certificate."""

    messages_per_second: Annotated[int, Field(ge=1)] = 30
    """Telegram's limit for one bot over all chats; a Bot API server of your own allows more."""
    deaf_after_seconds: Annotated[float, Field(gt=0)] = 300.0
    """When Telegram cannot be reached at start, or no poll has succeeded, for so long, the program ends."""
    upload_bytes: Annotated[int, Field(gt=0)] = MAX_BYTES
    """The largest question set that a member can send."""
    encoder: str = "use-multilingual-3"
    """What turns replies into vectors for tagging, by its name in `nlp.encoders`."""
    accept_precision: Annotated[float, Field(gt=0.5, lt=1)] = 0.85
    """How often the machine's tags have to be right, on replies drawn at random, to stand without a person."""
    encoder_threads: Annotated[int, Field(ge=1)] = 1
    log_level: Annotated[str, StringConstraints(pattern=r"^(DEBUG|INFO|WARNING|ERROR)$")] = "INFO"

    @field_validator("telegram_api", "telegram_link")
    @classmethod
    def _address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("it has to start with https://")
        return value.rstrip("/")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return where settings come from. Raises SettingsError where one of our names is misspelt there."""
        for source in (env_settings, dotenv_settings):
            if isinstance(source, EnvSettingsSource):
                _refuse_unknown(source.env_vars)
        return init_settings, env_settings, dotenv_settings


def _refuse_unknown(names: Iterable[str]) -> None:
    prefix = PREFIX.lower()
    ours = (name.lower().removeprefix(prefix) for name in names if name.lower().startswith(prefix))
    lines = [_unknown(name) for name in ours if name not in {*Settings.model_fields, *OTHERS}]
    if lines:
        raise SettingsError("These are no settings:\n  " + "\n  ".join(lines))


def _unknown(name: str) -> str:
    if name in MOVED:
        return f"{PREFIX}{name.upper()}: delete it, and write '{MOVED[name]}:' in the deployment file"
    close = nearest(name, Settings.model_fields)
    mending = f"did you mean {PREFIX}{close.upper()}?" if close else "delete it, or see the README for the names"
    return f"{PREFIX}{name.upper()}: {mending}"


def others_can_read_env() -> bool:
    """Return whether the `.env` file, which may hold the token, can be read by others than its owner."""
    try:
        return bool(Path(ENV_FILE).stat().st_mode & 0o077)
    except OSError:
        return False


def load_settings() -> Settings:
    """Return the settings of this environment. Raises SettingsError."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"{PREFIX}{'_'.join(str(part) for part in details['loc'][:1]).upper()}: {details['msg']}"
            for details in error.errors(include_url=False, include_input=False)
        ]
        raise SettingsError("These settings cannot be used:\n  " + "\n  ".join(lines)) from None
    except UnicodeDecodeError:
        raise SettingsError("The file .env is not UTF-8 text. Save it again and choose the encoding UTF-8.") from None
