"""The texts that benchmarks measure on. They are not part of the project: a benchmark says so where they are absent."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from nlp.codebook import Codebook, codebook_from
from nlp.scoring import Bools

FOLDER = Path(os.environ.get("TUCKSHOP_DATA") or Path(__file__).parents[3] / "shared" / "data")
WORRIES_CODEBOOK = Path(__file__).with_name("worries_codebook.yaml")


@dataclass(frozen=True)
class Labelled:
    """Replies with the themes that people gave them: `labels[reply, theme]`, themes in the codebook's order."""

    name: str
    texts: Sequence[str]
    labels: Bools
    codebook: Codebook


def lines(name: str) -> list[dict[str, Any]]:
    """Return the records of a JSONL file. Raises FileNotFoundError with what to do where it is absent."""
    path = FOLDER / name
    if not path.exists():
        raise FileNotFoundError(f"{path} is not here. Set TUCKSHOP_DATA to the folder that holds {name}.")
    return [json.loads(line) for line in path.read_text().splitlines()]


def labelled(name: str, records: Sequence[dict[str, Any]], codebook: Codebook) -> Labelled:
    """Return the records as labelled replies; labels that the codebook does not have are left out."""
    ids = [theme.id for theme in codebook.themes]
    labels = np.array([[theme in record["labels"] for theme in ids] for record in records])
    return Labelled(name, [record["text"] for record in records], labels, codebook)


def worries(*, described: bool) -> Labelled:
    """Return the 6,829 worries with a codebook of 8 themes: described by us, or bare names."""
    codebook = codebook_from(yaml.safe_load(WORRIES_CODEBOOK.read_text()))
    if not described:
        codebook = codebook_from({"themes": [theme.id for theme in codebook.themes]})
    name = "worries, themes described" if described else "worries, names only"
    return labelled(name, lines("worries.jsonl"), codebook)


def consultation(question: int) -> Labelled:
    """Return the replies to one consultation question, with those of its themes that were ever given."""
    records = [record for record in lines("consultation_synthetic.jsonl") if record["question"] == question]
    definitions = json.loads((FOLDER / "consultation_synthetic_codebook.json").read_text())
    given = {theme for record in records for theme in record["labels"]}
    themes = [{"name": name, "definition": text} for name, text in definitions.items() if name in given]
    return labelled(f"consultation, question {question}", records, codebook_from({"themes": themes}))


def held_out(count: int) -> list[int]:
    """Return the places of the replies kept for testing, of that many in all."""
    order = np.random.RandomState(0).permutation(count)
    return [int(place) for place in order[: min(1500, int(0.3 * count))]]


def pairs_of(source: Labelled, count: int) -> Labelled:
    """Return replies made of two of the source's, one behind the other, which carry the themes of both."""
    order = np.random.RandomState(5).permutation(len(source.texts))[: 2 * count].reshape(-1, 2)
    texts = [f"{source.texts[one].rstrip('. ')}. {source.texts[other]}" for one, other in order]
    return Labelled(
        f"{source.name}, two in one", texts, source.labels[order[:, 0]] | source.labels[order[:, 1]], source.codebook
    )
