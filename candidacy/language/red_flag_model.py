"""Takes the red-flag detector out of a trained model, for a process without Rasa."""

import json
import tarfile
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from candidacy.language.encoder.message_encoder import MessageEncoder
from candidacy.language.red_flag_classifier import RedFlagClassifier
from candidacy.language.red_flag_rules import RedFlagRules
from candidacy.language.red_flags import AlarmGates, RedFlagDetector

ENCODER_COMPONENT = "MessageEncoderComponent"
RED_FLAG_COMPONENT = "RedFlagComponent"
"""The components whose folders in the model hold the detector's parts."""

_GATES_FILE = "gates.json"


class ModelFileError(RuntimeError):
    """The model cannot be read, or holds no red-flag detector; the message says what to do."""


def save_gates(gates: AlarmGates, folder: Path) -> None:
    """Keep the gates with what was learnt, so that every process decides alike."""
    (folder / _GATES_FILE).write_text(json.dumps(asdict(gates)), encoding="utf-8")


def load_red_flag_detector(model: Path, *, rules: Path) -> RedFlagDetector:
    """The detector of a trained model.

    Args:
        model: The model's file (.tar.gz).
        rules: The folder of the written rules.

    Raises:
        ModelFileError: there is no such model, or it is not one of ours.
        RuleError: a rule file is missing or malformed.
    """
    with TemporaryDirectory(prefix="red-flags-") as name:
        folders = _unpack(model, Path(name))
        gates = json.loads((folders[RED_FLAG_COMPONENT] / _GATES_FILE).read_text(encoding="utf-8"))
        return RedFlagDetector(
            rules=RedFlagRules(rules=rules),
            classifier=RedFlagClassifier.load(folders[RED_FLAG_COMPONENT]),
            encoder=MessageEncoder.load(folders[ENCODER_COMPONENT]),
            gates=AlarmGates(**gates),
        )


def _unpack(model: Path, folder: Path) -> dict[str, Path]:
    """The folder of each component that is needed, unpacked."""
    found: dict[str, Path] = {}
    try:
        with tarfile.open(model) as archive:
            for member in archive:
                path = PurePosixPath(member.name)
                component = next((name for name in (ENCODER_COMPONENT, RED_FLAG_COMPONENT) if name in member.name), "")
                content = archive.extractfile(member) if component and member.isfile() else None
                if content is not None:
                    found[component] = folder / component
                    found[component].mkdir(exist_ok=True)
                    (found[component] / path.name).write_bytes(content.read())
    except (OSError, tarfile.TarError) as error:
        raise ModelFileError(f"{model}: cannot be read ({error}); train it again: candidacy train --force") from error
    missing = {ENCODER_COMPONENT, RED_FLAG_COMPONENT} - set(found)
    if missing:
        raise ModelFileError(f"{model}: holds no {' and no '.join(sorted(missing))}; train it again: candidacy train")
    return found
