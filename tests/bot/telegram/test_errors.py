import pytest

from bot.telegram.errors import DeafError, TokenRefusedError, UnreachableError, place


def test_the_place_of_an_error_holds_none_of_its_words() -> None:
    with pytest.raises(ValueError, match="Mill") as caught:
        int("I live at 7 Mill Lane")
    told = place(caught.value)

    assert told.startswith("ValueError at test_errors.py:")
    assert "Mill" not in told


def test_an_error_that_was_never_raised_has_a_kind_only() -> None:
    assert place(KeyError("secret")) == "KeyError"


def test_messages_say_what_to_do() -> None:
    assert "TUCKSHOP_TELEGRAM_TOKEN" in str(TokenRefusedError())
    assert "301 seconds" in str(DeafError(301.2))
    told = str(UnreachableError(300))
    assert "for 300 seconds. Check the network, TUCKSHOP_TELEGRAM_API and TUCKSHOP_TELEGRAM_TOKEN" in told
