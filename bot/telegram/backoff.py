"""How long to wait before the next try."""

from random import SystemRandom

_RANDOM = SystemRandom()


def backoff_s(failures: int, most_s: float, first_s: float = 1.0) -> float:
    """Return the seconds to wait after so many failures in a row (0: the first): doubling up to `most_s`.

    Half of it is left to chance, so that many who failed together do not come back together.
    """
    whole = min(most_s, first_s * 2.0 ** min(failures, 30))
    return whole * _RANDOM.uniform(0.5, 1.0)
