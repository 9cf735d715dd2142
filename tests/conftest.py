"""For all tests: how long an example takes is measured in tests/bench; and what is logged is watched for leaks."""

import logging
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.quiet import OURS, LeakWatch

settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _quiet_logs() -> Iterator[None]:
    """Fail a test in which one of our loggers, at its most talkative, wrote more than ids, counts and places."""
    watch, loggers = LeakWatch(), [logging.getLogger(name) for name in OURS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(watch)
        logger.setLevel(logging.DEBUG)
    yield
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(watch)
        logger.setLevel(level)
    assert watch.leaks == []
