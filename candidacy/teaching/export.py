"""Writes the approved corrections as files, and has it noted who took them."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from candidacy.casework.training_files import training_files
from candidacy.records.audit import Entry, append_entry
from candidacy.records.console.corrections import approved_corrections
from candidacy.records.console.exports import record_export
from candidacy.records.database import Database
from candidacy.teaching.errors import ExportError
from candidacy.teaching.vocabulary import evaluation_labels, known_examples


@dataclass(frozen=True)
class TrainingExport:
    """What was written: how many corrections, and the files."""

    corrections: int
    files: tuple[Path, ...]


def export_training(
    database: Database, *, project: Path, folder: Path, made_by: str, audit_key: bytes, now: datetime
) -> TrainingExport:
    """Write the approved corrections into a new folder; nothing is trained with them.

    Each file is noted in the records, so that it is deleted when somebody in it is erased.

    Args:
        database: where the corrections are.
        project: where the domain and the examples are.
        folder: is made; must not be there yet.
        made_by: who takes them.
        audit_key: the audit's key.
        now: the present.

    Raises:
        ExportError: the folder is there already.
    """
    if folder.exists():
        raise ExportError(f"{folder} is there already; name a folder that is not, so that nothing is written over")
    with database.session() as session:
        corrections, conversation_ids = approved_corrections(session)
        files = training_files(corrections, known=known_examples(project), labels=evaluation_labels(project))
        paths = {folder / name: text for name, text in files.items()}
        for path in paths:
            record_export(session, path=path, made_by=made_by, conversation_ids=conversation_ids, now=now)
        detail = {"corrections": len(corrections), "files": len(paths)}
        entry = Entry(action="training.exported", actor=made_by, detail=detail)
        append_entry(session, key=audit_key, entry=entry, now=now)
        # Within the transaction: whoever is erased meanwhile is erased after it, and these files with them.
        for path, text in paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return TrainingExport(corrections=len(corrections), files=tuple(paths))
