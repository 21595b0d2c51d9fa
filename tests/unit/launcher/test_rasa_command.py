"""The arguments that Rasa's own command is called with are ones that it takes."""

from pathlib import Path

from candidacy.launcher.rasa_command import story_test_command, train_command, validate_command


def test_training_has_a_fixed_name_and_place() -> None:
    command = train_command(name="assistant-0123456789ab", out=Path("models/new"))
    assert command[1:5] == ("-m", "rasa", "train", "-v")
    assert " ".join(command).endswith(
        "--fixed-model-name assistant-0123456789ab --out models/new "
        "--config config.yml --domain domain.yml --data data/nlu data/rules"
    )


def test_the_check_reads_what_training_reads() -> None:
    inputs = train_command(name="a", out=Path("b"))[-7:]
    assert validate_command()[-7:] == inputs
    assert validate_command()[1:5] == ("-m", "rasa", "data", "validate")


def test_the_stories_are_played_with_the_words_of_the_visitor() -> None:
    command = story_test_command(model=Path("models/a.tar.gz"), out=Path("results"))
    assert command[1:5] == ("-m", "rasa", "test", "core")
    assert " ".join(command[5:]) == ("--e2e --no-plot --stories tests/stories --model models/a.tar.gz --out results")
