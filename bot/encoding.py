"""The encoder that the settings name, for tagging. Screening keeps the one that it was fitted with."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.settings import PREFIX, Settings, SettingsError
from nlp.encoder import Encoder
from nlp.encoders import EncoderError, check_encoder, encoder_named


def encoder_of(settings: Settings) -> Encoder:
    """Return the encoder, loaded. Raises SettingsError."""
    with _said_as_setting():
        return encoder_named(settings.encoder, settings.encoder_threads)


def check_encoder_of(settings: Settings) -> None:
    """Raise SettingsError where there is no such encoder here; load nothing."""
    with _said_as_setting():
        check_encoder(settings.encoder)


@contextmanager
def _said_as_setting() -> Iterator[None]:
    try:
        yield
    except EncoderError as error:
        raise SettingsError(f"{PREFIX}ENCODER: {error}") from error
