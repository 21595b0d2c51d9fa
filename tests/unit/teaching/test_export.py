"""Approved corrections become files, which go again with whoever is in them."""

import shutil
from pathlib import Path

import pytest
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.validator import Validator

from candidacy.records.audit import audit_page
from candidacy.records.console.exports import delete_doomed_exports
from candidacy.records.database import Database
from candidacy.records.erasure import erase_conversation
from candidacy.teaching.errors import ExportError
from candidacy.teaching.export import TrainingExport, export_training
from tests.unit.teaching.conftest import NOW

KEY = b"k" * 32


def export(database: Database, project: Path, folder: Path) -> TrainingExport:
    return export_training(database, project=project, folder=folder, made_by="ann", audit_key=KEY, now=NOW)


@pytest.mark.usefixtures("conversation")
def test_the_files_are_written_and_noted(database: Database, project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"

    made = export(database, project, folder)

    assert made.corrections == 1
    assert {file.relative_to(folder).as_posix() for file in made.files} == {"nlu/corrections.yml", "evaluation/faq.tsv"}
    assert (folder / "evaluation/faq.tsv").read_text().splitlines()[1].split("\t")[1] == "F6"
    with database.read_session() as session:
        (entry,) = audit_page(session)
    assert (entry.action, entry.actor, entry.detail) == ("training.exported", "ann", {"corrections": 1, "files": 2})


# Our own domain has intents that components set, and texts that actions say.
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.usefixtures("conversation")
def test_rasas_own_check_finds_the_examples_valid_beside_ours(
    database: Database, project: Path, tmp_path: Path
) -> None:
    shutil.copytree(project / "data" / "nlu", tmp_path / "data" / "nlu")
    shutil.copytree(project / "data" / "rules", tmp_path / "data" / "rules")
    exported = export(database, project, tmp_path / "out").files[0]
    shutil.copy(exported, tmp_path / "data" / "nlu")
    importer = RasaFileImporter(
        config_file=str(project / "config.yml"),
        domain_path=str(project / "domain.yml"),
        training_data_paths=[str(tmp_path / "data")],
    )

    validator = Validator.from_importer(importer)

    assert validator.verify_nlu(ignore_warnings=True)
    assert validator.verify_example_repetition_in_intents(ignore_warnings=False)
    assert any("ward bed (x)" in example.get("text") for example in validator.intents.intent_examples)


def test_erasing_somebody_takes_the_files_with_them(
    database: Database, project: Path, tmp_path: Path, conversation: str
) -> None:
    made = export(database, project, tmp_path / "out")
    with database.session() as session:
        erase_conversation(session, conversation_id=conversation, now=NOW)
    with database.session() as session:
        delete_doomed_exports(session)
    assert not [file for file in made.files if file.exists()]


def test_nothing_is_written_over(database: Database, project: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="is there already"):
        export(database, project, tmp_path)


def test_without_corrections_there_is_nothing_to_write(database: Database, project: Path, tmp_path: Path) -> None:
    assert export(database, project, tmp_path / "out") == TrainingExport(corrections=0, files=())
