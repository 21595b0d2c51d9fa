"""The arguments that Rasa's own command is called with are ones that it takes."""

from pathlib import Path

from candidacy.launcher.rasa_command import train_command, validate_command


def test_training_has_a_fixed_name_and_place() -> None:
    command = train_command(name="assistant-0123456789ab", out=Path("models/new"))
    assert command[1:5] == ("-m", "rasa", "train", "-v")
    assert " ".join(command).endswith(
        "--fixed-model-name assistant-0123456789ab --out models/new "
        "--config config.yml --domain domain.yml --data data/nlu data/rules data/stories"
    )


def test_the_check_reads_what_training_reads() -> None:
    inputs = train_command(name="a", out=Path("b"))[-8:]
    assert validate_command()[-8:] == inputs
    assert validate_command()[1:5] == ("-m", "rasa", "data", "validate")
