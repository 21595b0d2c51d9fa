"""A share of the examples, and the projects made of it."""

from pathlib import Path

from ruamel.yaml import YAML

from bench.samples import Sample, default_configuration, write_examples, write_ours


def test_every_so_manieth_example_is_taken() -> None:
    assert Sample(3).of(["a", "b", "c", "d", "e"]) == ["a", "d"]


def test_topics_are_plain_intents_to_the_default_pipeline() -> None:
    sample = Sample(50)
    assert {name.replace("__", "/") for name in sample.default_topics()} == set(sample.topics())
    assert not [name for name in sample.default_topics() if "/" in name]


def test_examples_are_written_as_rasa_reads_them(tmp_path: Path) -> None:
    write_examples(tmp_path, {"greet": ["hello there", "hi: you"]})
    assert YAML(typ="safe").load(tmp_path / "nlu.yml")["nlu"] == [
        {"intent": "greet", "examples": "- hello there\n- hi: you\n"}
    ]


def test_our_project_reads_its_own_share(tmp_path: Path) -> None:
    write_ours(tmp_path, Sample(100))
    encoder = YAML(typ="safe").load(tmp_path / "config.yml")["pipeline"][0]
    assert encoder["red_flag_examples"] == str(tmp_path / "red_flags")
    assert list((tmp_path / "red_flags").rglob("*.txt"))
    statements = (tmp_path / "statements/fracture.tsv").read_text().splitlines()
    assert 1 < len(statements) < 20


def test_the_default_configuration_keeps_its_epochs_unless_told_otherwise() -> None:
    def epochs(configuration: dict[str, list[dict[str, object]]]) -> set[object]:
        parts = [*configuration["pipeline"], *configuration["policies"]]
        return {part["epochs"] for part in parts if "epochs" in part}

    assert epochs(default_configuration(epochs=None)) == {100}
    assert epochs(default_configuration(epochs=2)) == {2}
