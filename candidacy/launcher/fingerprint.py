"""Which model belongs to the present data: a fingerprint of everything that training reads."""

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from candidacy.launcher.rasa_command import DATA_FOLDERS

SOURCES = ("config.yml", "domain.yml", *DATA_FOLDERS, "data/red_flags", "data/statements", "candidacy/language")
"""What training reads: the pipeline, the domain, the examples and rules, and our own components with their rules."""

LIBRARIES = ("rasa", "scikit-learn", "onnxruntime", "tokenizers", "rapidfuzz")
"""Libraries whose version changes what a trained model is."""

_LENGTH = 12


def model_fingerprint(project: Path) -> str:
    """The first twelve hexadecimal digits of the SHA-256 over the sources and the libraries' versions."""
    digest = hashlib.sha256()
    for library in LIBRARIES:
        digest.update(f"{library}=={version(library)}\0".encode())
    for path in _files(project):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(project).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:_LENGTH]


def model_name(project: Path) -> str:
    """The name, without its ending, of the model of the present data."""
    return f"assistant-{model_fingerprint(project)}"


def _files(project: Path) -> Iterator[Path]:
    for source in SOURCES:
        path = project / source
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.is_file() and not _is_by_product(file, path))


def _is_by_product(file: Path, folder: Path) -> bool:
    return any(part == "__pycache__" or part.startswith(".") for part in file.relative_to(folder).parts)
