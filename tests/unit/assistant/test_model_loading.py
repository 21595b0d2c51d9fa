"""A served model has one domain, that of its metadata, and it is the one that Rasa reads from the model's YAML."""

import json
import tarfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from rasa.engine import loader
from rasa.engine.graph import GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain

from candidacy.assistant.model_loading import UnpackedModel, load_predict_graph_runner

SCHEMA = GraphSchema(
    {
        "domain_provider": SchemaNode(
            needs={},
            uses=DomainProvider,
            constructor_name="load",
            fn="provide_inference",
            config={},
            is_target=True,
            resource=Resource("domain_provider"),
        )
    }
)


class SavedModel(LocalModelStorage):  # type: ignore[misc]
    """A model whose archive is a folder, so that it takes no packing."""

    @classmethod
    def from_model_archive(cls, storage_path: Path, model_archive_path: Path) -> tuple[LocalModelStorage, object]:
        domain = Domain.from_dict(json.loads((model_archive_path / "metadata.json").read_text(encoding="utf-8")))
        return cls(model_archive_path), SimpleNamespace(predict_schema=SCHEMA, domain=domain, model_id="1")


@pytest.fixture
def saved(project: Path, tmp_path: Path) -> Path:
    domain = Domain.load(project / "domain.yml")
    (tmp_path / "metadata.json").write_text(json.dumps(domain.as_dict()), encoding="utf-8")
    (tmp_path / "domain_provider").mkdir()
    domain.persist(tmp_path / "domain_provider" / "domain.yml")
    return tmp_path


def test_the_components_have_the_metadata_s_domain_which_is_the_one_that_rasa_reads(saved: Path) -> None:
    _, stock = loader.load_predict_graph_runner(saved, saved, SavedModel, DaskGraphRunner)
    read = stock.run(inputs={}, targets=["domain_provider"])["domain_provider"]

    metadata, runner = load_predict_graph_runner(saved, saved, SavedModel, DaskGraphRunner)
    given = runner.run(inputs={}, targets=["domain_provider"])["domain_provider"]

    assert given is metadata.domain
    assert given.as_dict() == read.as_dict()
    assert given.fingerprint() == read.fingerprint()
    assert [slot.fingerprint() for slot in given.slots] == [slot.fingerprint() for slot in read.slots]


def test_a_model_is_unpacked_into_its_folder(tmp_path: Path) -> None:
    archive = packed(tmp_path, "components/encoder/words.json")
    UnpackedModel._extract_archive_to_directory(archive, tmp_path / "unpacked")
    assert (tmp_path / "unpacked" / "components" / "encoder" / "words.json").read_text() == "content"


@pytest.mark.parametrize("name", ["../outside.json", "/tmp/outside.json/../../../outside"])
def test_nothing_of_a_model_is_written_elsewhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(tarfile.TarError):
        UnpackedModel._extract_archive_to_directory(packed(tmp_path, name), tmp_path / "unpacked")


def packed(folder: Path, name: str) -> Path:
    """A model with one file, which is named so in the archive."""
    (folder / "file").write_text("content")
    with tarfile.open(folder / "model.tar.gz", "w:gz") as archive:
        member = archive.gettarinfo(str(folder / "file"))
        member.name = name
        with (folder / "file").open("rb") as content:
            archive.addfile(member, content)
    return folder / "model.tar.gz"
