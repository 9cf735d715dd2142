"""Evaluates a codebook against a label file, and learns from one: what `tuckshop evaluate` and `tag --labels` do."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from nlp.codebook import Codebook
from nlp.coded import CodedReply, Sample, read_sample
from nlp.encoder import Encoder
from nlp.evaluation import Evaluation, Fit, evaluate, fit
from nlp.learning import ThemeModel

Progress = Callable[[str], None]
_DECIMALS = 4
_EVERY_REPLIES = 100


class NothingReadError(Exception):
    """No reply of a label file could be read by the machine; the message says so."""


def evaluated(
    coded: Sequence[CodedReply], codebook: Codebook, language: str, encoder: Encoder, seed: int, progress: Progress
) -> Evaluation:
    """Return how well the replies are tagged. Raises NothingReadError."""
    return evaluate(
        _sample(coded, codebook, language, encoder, progress), seed, lambda doing: progress(f"Tags {doing}")
    )


def taught(
    coded: Sequence[CodedReply], codebook: Codebook, language: str, encoder: Encoder, progress: Progress
) -> tuple[ThemeModel, Fit]:
    """Return what the coded replies teach, and how well they fit. Raises NothingReadError."""
    sample = _sample(coded, codebook, language, encoder, progress)
    progress("Learns")
    return sample.learned(range(len(sample.coded))), fit(sample)


def _sample(
    coded: Sequence[CodedReply], codebook: Codebook, language: str, encoder: Encoder, progress: Progress
) -> Sample:
    def reading(done: int) -> None:
        if done % _EVERY_REPLIES == 0:
            progress(f"Reads {done} of {len(coded)} replies")

    sample = read_sample(coded, codebook, encoder, language, reading)
    if not sample.coded:
        raise NothingReadError("None of the replies could be read.")
    return sample


def to_json(evaluation: Evaluation) -> str:
    """Return everything that was measured, to four decimals, as `tuckshop evaluate --json` prints it."""
    exact = json.dumps(asdict(evaluation))
    rounded = json.loads(exact, parse_float=lambda digits: round(float(digits), _DECIMALS))
    return json.dumps(rounded, ensure_ascii=False, indent=1)


def fit_in_words(fitted: Fit) -> str:
    """Return how well the codings fit, in a line or two."""
    said = f"Learned from {fitted.replies} coded replies."
    if fitted.learned is None:
        return f"{said} They are too few to say how well they fit."
    helps = "They help." if fitted.learned > fitted.alone else "They do not help: look at `tuckshop evaluate`."
    return (
        f"{said} On replies not learned from (five-fold), micro-F1 is {fitted.learned:.2f} with them"
        f" and {fitted.alone:.2f} from the codebook alone. {helps}"
    )
