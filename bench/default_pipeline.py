"""How much better than Rasa's default pipeline? ``python -m bench.default_pipeline`` trains both on the same examples.

Every so-manieth example of each label is taken, for otherwise the default pipeline would train for hours. It knows no
second opinion on danger, so emergency, crisis and urgent are intents to it, and each topic is an intent. Both only
read: a reading is scored as if its answer had been given, on the development sets.
"""

import argparse
import asyncio
import logging
import os
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import structlog

from bench.samples import JOIN, PROJECT, Sample, default_configuration, write_examples, write_ours, write_yaml
from bench.training import train
from candidacy.assistant.reply import Button, Reply
from candidacy.assistant.texts import Texts
from candidacy.evaluation.bounds import clopper_pearson
from candidacy.evaluation.faq import FAQ, read_expected, score_replies
from candidacy.evaluation.faq_replies import offers_in
from candidacy.evaluation.labelled_file import read_files
from candidacy.evaluation.redflags import REDFLAGS, score_kinds
from candidacy.launcher.rasa_command import QUIET_ENVIRONMENT
from candidacy.machine import clinic_texts
from candidacy.settings import read_settings

SETS = PROJECT / "tests/evaluation/development"
LEVELS = ("emergency", "crisis", "urgent")


def write_default(folder: Path, sample: Sample, *, epochs: int | None) -> None:
    """Rasa's default pipeline with its share of the same topics, and of the messages in danger."""
    labelled = sample.default_topics()
    for level in LEVELS:
        files = sorted((PROJECT / "data/red_flags" / level).glob("*.txt"))
        lines = [line for file in files for line in sample.of(file.read_text(encoding="utf-8").splitlines())]
        labelled[level] = [*labelled.get(level, []), *lines]
    write_examples(folder / "nlu", labelled)
    write_yaml(folder / "config.yml", default_configuration(epochs=epochs))


def train_reading(folder: Path) -> tuple[Path, float]:
    """Train what reads messages; the model, and the seconds it took."""
    environment = {**QUIET_ENVIRONMENT, "PYTHONPATH": str(PROJECT)}
    # Of one thread alone the default pipeline would take twice as long.
    environment.pop("OMP_NUM_THREADS")
    trained = train(folder, ("nlu", "--config", "config.yml", "--nlu", "nlu"), environment=environment)
    return trained.model, trained.seconds


def read_all(model: Path, texts: Sequence[str]) -> list[Mapping[str, Any]]:
    """What a model reads in each text."""
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))

    async def read() -> list[Mapping[str, Any]]:
        return [await agent.parse_message(text) for text in texts]

    return asyncio.run(read())


def replies_to(reading: Mapping[str, Any], texts: Texts) -> tuple[Reply, ...]:
    """The replies that would follow from a reading, told by kind, topic and facts."""
    intent = str(reading["intent"]["name"]).replace(JOIN, "/")
    if flag := reading.get("red_flag"):
        return (Reply("", flag["level"]),)
    if intent in LEVELS:
        return (Reply("", intent),)
    asked = [topic["name"] for topic in reading.get("topics") or ()] or [intent]
    answers = [texts.reply(f"utter_{topic}") for topic in asked if texts.has(f"utter_{topic}")]
    if answers:
        return tuple(answers)
    buttons = tuple(Button(topic, f'/choose{{"topic": "{topic}"}}') for topic in reading.get("candidates") or ())
    if intent == "nlu_fallback" and buttons:
        return (Reply("", "clarify", buttons=buttons),)
    kinds = {"consultation": "handoff", "talk_to_person": "handoff", "screening": "screening", "off_topic": "off_topic"}
    return (Reply("", kinds.get(intent, "fallback")),)


def faq_scores(model: Path, texts: Texts) -> dict[str, str]:
    """The figures of the questions."""
    cases = [row.case for row in read_files([SETS / "faq.tsv"], FAQ)]
    scores = []
    for case, reading in zip(cases, read_all(model, [case.text for case in cases]), strict=True):
        replies = replies_to(reading, texts)
        scores.append(score_replies(read_expected(case.expects), replies, offers_in(replies, texts)))
    return {f"faq: {name}": _share(scores.count(name), len(scores)) for name in ("right", "one_tap", "false_answer")}


def red_flag_scores(model: Path, texts: Texts) -> dict[str, str]:
    """The share of right readings in each class of danger."""
    cases = [row.case for row in read_files([SETS / "redflags.tsv"], REDFLAGS)]
    right: dict[str, list[bool]] = {}
    for case, reading in zip(cases, read_all(model, [case.text for case in cases]), strict=True):
        kinds = [reply.kind for reply in replies_to(reading, texts)]
        right.setdefault(case.labels[0], []).append(score_kinds(case.labels, kinds) == "right")
    return {f"red flags: {level} right": _share(sum(found), len(found)) for level, found in right.items()}


def _share(count: int, total: int) -> str:
    low, high = clopper_pearson(count, total)
    return f"{count / total:6.1%} ({low:.1%}-{high:.1%}) of {total}"


def _quiet() -> None:
    """Keep what Rasa and TensorFlow say out of the table."""
    os.environ.update(QUIET_ENVIRONMENT)
    warnings.simplefilter("ignore")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


def main() -> None:
    """Train both, score both, print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.default_pipeline", description=__doc__)
    parser.add_argument("--share", type=int, default=8, metavar="N", help="take every Nth example (default 8)")
    parser.add_argument("--epochs", type=int, metavar="N", help="epochs of the default pipeline (default: its own 100)")
    arguments = parser.parse_args()
    _quiet()
    texts, sample = clinic_texts(read_settings()), Sample(arguments.share)
    with tempfile.TemporaryDirectory(prefix="candidacy-default-") as name:
        ours, default = Path(name) / "ours", Path(name) / "default"
        write_ours(ours, sample)
        write_default(default, sample, epochs=arguments.epochs)
        for title, folder in (("ours", ours), ("Rasa's default", default)):
            print(f"{title}: training on every {arguments.share}th example ...", flush=True)
            model, seconds = train_reading(folder)
            print(f"  {'training':28}{seconds:6.0f} s")
            for figure, value in {**faq_scores(model, texts), **red_flag_scores(model, texts)}.items():
                print(f"  {figure:28}{value}", flush=True)


if __name__ == "__main__":
    main()
