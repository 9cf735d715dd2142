"""For all tests: how long an example takes is measured in tests/bench, never judged here."""

from hypothesis import settings

settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")
