"""What may stand in a text message."""

import re
from pathlib import Path

import pytest
import yaml

from candidacy.assistant.reply import Button, Reply
from candidacy.sms.privacy import load_conditions, may_be_texted

CONDITIONS = load_conditions()
ANN = ("Ann Lee",)


@pytest.mark.parametrize(
    ("text", "names", "allowed"),
    [
        ("Thank you, Ann. The clinic has your request.", ANN, True),
        ("Ann, your fracture is noted.", ANN, False),
        ("Mrs. LEE has arthritis.", ANN, False),
        ("Your spine, Lee?", ANN, False),
        ("Fusion may be used to treat a fracture.", ANN, True),
        ("An annex of the spine center.", ANN, True),
        ("It will ease your back pain.", ("Will Back",), True),
        ("Will, it will ease the pain.", ("Will Back",), False),
        ("ann lee: spinal stenosis", ("ann lee",), False),
        ("José, your surgery", ("José Núñez",), False),
        ("Dolor de espalda, Núñez", ("José Núñez",), False),
        ("Your surgery, Jo", (), True),
        ("", ANN, True),
    ],
)
def test_no_name_beside_a_condition(text: str, names: tuple[str, ...], allowed: bool) -> None:
    assert may_be_texted(Reply(text=text, kind="answer"), names=names, conditions=CONDITIONS) is allowed


def test_a_summary_never() -> None:
    assert not may_be_texted(Reply(text="Is that right?", kind="summary"), names=(), conditions=CONDITIONS)


def test_danger_advice_always() -> None:
    reply = Reply(text="Call 911 now, Ann. Chest pain may be an emergency.", kind="emergency")
    assert may_be_texted(reply, names=ANN, conditions=CONDITIONS)


def test_buttons_are_looked_at_too() -> None:
    reply = Reply(text="Which one, Ann?", kind="question", buttons=(Button(title="Stenosis surgery", payload="/x"),))
    assert not may_be_texted(reply, names=ANN, conditions=CONDITIONS)


@pytest.mark.parametrize("word", ["fracture", "fractures", "scoliosis", "spondylolisthesis", "laminectomy", "numbness"])
def test_conditions(word: str) -> None:
    assert CONDITIONS.fullmatch(word)


@pytest.mark.parametrize("word", ["clinic", "thank", "discuss", "request", "reference"])
def test_other_words(word: str) -> None:
    assert not CONDITIONS.fullmatch(word)


def test_every_text_that_lists_answers_is_a_summary_or_has_a_variant_without(project: Path) -> None:
    responses = yaml.safe_load((project / "domain.yml").read_text(encoding="utf-8"))["responses"]
    texted = {
        name: next((variant for variant in variants if variant.get("channel") == "sms"), variants[0])
        for name, variants in responses.items()
    }
    listing = {name for name, variant in texted.items() if re.search(r"\{(lines|reported|unknown)\}", variant["text"])}
    assert listing
    assert {name for name in listing if texted[name]["metadata"]["kind"] != "summary"} == set()
