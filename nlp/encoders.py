"""Every encoder by its name, so that a setting or a saved pipeline can say which.

    use-multilingual-3                   comes with Tuckshop
    hashing-1                            counts words: for tests and tiny machines
    model2vec:PLACE                      a static model, after pip install 'tuckshop[model2vec]'
    sentence-transformers:PLACE          a transformer, after pip install 'tuckshop[sentence-transformers]'

A place is a folder, or an installed package that holds one. Models are read from disk only: their libraries are told
that there is no network before they are imported.
"""

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

import numpy as np

from nlp.encoder import Encoder, FloatArray, HashingEncoder, UseEncoder, rows_of_worded, unit

_Encode: TypeAlias = Callable[[list[str]], FloatArray]


class EncoderError(ValueError):
    """An encoder cannot be had; the message says why, and what to do."""


class FolderEncoder:
    """A model of another library. Its name ends in a hash of its files, since another model may move into the folder.

    Both libraries take any number of texts: model2vec's cost does not depend on which come together, and
    sentence-transformers sorts them by length itself.
    """

    def __init__(self, name: str, encode: _Encode) -> None:
        self.name = name
        self._encode = encode
        self.dimensions = int(encode(["word"]).shape[1])

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Return the vectors of the texts, shape (n, dimensions); zeros, too, where the model knows no word of one."""
        return rows_of_worded(texts, self.dimensions, lambda worded: unit(self._encode(worded).astype(np.float32)))


@lru_cache(maxsize=2)
def encoder_named(name: str, threads: int = 1) -> Encoder:
    """Return the encoder of that name, loaded once; with that many threads. For one thread of ours at a time.

    Raises EncoderError for a name that nobody has, and for a model that is not here or cannot be read.
    """
    check_encoder(name)
    if name == HashingEncoder.name:
        return HashingEncoder()
    if name == UseEncoder.name:
        return UseEncoder(threads)
    wanted = _parsed(name)
    folder = _folder(wanted)
    digest = _digest(folder)
    if wanted.digest not in ("", digest):
        raise EncoderError(f"The model in {folder} is not the one of '{name}' any more. Bring that one back.")
    _keep_off_the_network(threads)
    try:
        return FolderEncoder(f"{wanted.kind}:{wanted.place}#{digest}", _KINDS[wanted.kind].load(folder, threads))
    except Exception as error:
        raise EncoderError(f"The model in {folder} cannot be read ({type(error).__name__}). Save it anew.") from error


def check_encoder(name: str) -> None:
    """Raise EncoderError unless there is an encoder of that name, with its library and its files; load nothing."""
    if name in (UseEncoder.name, HashingEncoder.name):
        return
    wanted = _parsed(name)
    if find_spec(_KINDS[wanted.kind].library) is None:
        raise EncoderError(
            f"The encoder '{name}' needs a library that is not installed: pip install 'tuckshop[{wanted.kind}]'"
        )
    _folder(wanted)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A library, the file by which its models are known, how one is loaded, and how a person saves one."""

    library: str
    marker: str
    load: Callable[[Path, int], _Encode]
    saving: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A name taken apart; no digest means whatever model is there."""

    kind: str
    place: str
    digest: str


_NAME = re.compile(r"(?P<kind>[^:]+):(?P<place>[^#]+)(#(?P<digest>[0-9a-f]{12}))?")


def _parsed(name: str) -> _Wanted:
    found = _NAME.fullmatch(name)
    if found is None or found["kind"] not in _KINDS:
        folders = ", ".join(f"{kind}:FOLDER" for kind in _KINDS)
        raise EncoderError(
            f"There is no encoder '{name}'. Choose one of: {UseEncoder.name}, {HashingEncoder.name}, {folders}."
        )
    return _Wanted(found["kind"], found["place"], found["digest"] or "")


def _folder(wanted: _Wanted) -> Path:
    """Return the folder that holds the model. Raises EncoderError where there is none, or more than one."""
    marker, saving = _KINDS[wanted.kind].marker, _KINDS[wanted.kind].saving
    root = _root(wanted.place)
    if root is None:
        raise EncoderError(
            f"'{wanted.place}' is neither a folder here nor an installed package, and no model is downloaded while "
            f"Tuckshop runs. Save it on a machine with a network, {saving}, copy the folder here and name it."
        )
    if (root / marker).is_file():
        return root
    inside = sorted(path.parent for path in root.rglob(marker))
    if not inside:
        raise EncoderError(f"{root} holds no {wanted.kind} model: no {marker} is in it. Save one there, {saving}.")
    if len(inside) > 1:
        raise EncoderError(f"{root} holds several models. Name one: {', '.join(map(str, inside))}.")
    return inside[0]


def _root(place: str) -> Path | None:
    path = Path(place).expanduser()
    if path.is_dir():
        return path
    module = place.replace("-", "_")
    spec = find_spec(module) if module.isidentifier() else None
    return Path(next(iter(spec.submodule_search_locations))) if spec and spec.submodule_search_locations else None


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in _WEIGHTS):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]


_WEIGHTS = frozenset({".safetensors", ".bin", ".json", ".txt", ".model"})
"""What makes a model what it is: weights, settings, vocabulary. Not its description."""


def _keep_off_the_network(threads: int) -> None:
    """Tell the libraries, which ask once when they are imported, that there is no network; and how many threads."""
    for variable in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK"):
        os.environ[variable] = "1"
    os.environ["RAYON_NUM_THREADS"] = str(threads)  # the tokenizers' threads


def _model2vec(folder: Path, threads: int) -> _Encode:
    from model2vec import StaticModel

    model = StaticModel.from_pretrained(folder)
    return lambda texts: np.asarray(model.encode(texts, use_multiprocessing=False))


def _sentence_transformers(folder: Path, threads: int) -> _Encode:
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    torch.set_num_threads(threads)
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    return lambda texts: np.asarray(model.encode(texts, show_progress_bar=False))


_KINDS = {
    "model2vec": _Kind(
        library="model2vec",
        marker="model.safetensors",
        load=_model2vec,
        saving="by StaticModel.from_pretrained('NAME').save_pretrained('FOLDER')",
    ),
    "sentence-transformers": _Kind(
        library="sentence_transformers",
        marker="modules.json",
        load=_sentence_transformers,
        saving="by SentenceTransformer('NAME').save('FOLDER')",
    ),
}
