"""The written rules recognise danger said in plain ways, and leave alone what is no danger."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from candidacy.language.red_flag import LEVELS, RedFlag
from candidacy.language.red_flag_rules import RedFlagRules
from candidacy.language.rule_files import RULES, RuleError

EXAMPLES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "red_flag_examples.yml").read_text(encoding="utf-8"))


def level_of(rules: RedFlagRules, text: str) -> str:
    red_flag = rules.read(text).flag
    return red_flag.level if red_flag else "none"


@pytest.mark.parametrize("text", EXAMPLES["emergency"])
def test_emergencies(rules: RedFlagRules, text: str) -> None:
    assert level_of(rules, text) == "emergency"


@pytest.mark.parametrize("text", EXAMPLES["crisis"])
def test_crises(rules: RedFlagRules, text: str) -> None:
    assert level_of(rules, text) == "crisis"


@pytest.mark.parametrize("text", EXAMPLES["urgent"])
def test_urgent_matters(rules: RedFlagRules, text: str) -> None:
    """An urgent matter answered as an emergency is caught as well."""
    assert level_of(rules, text) in ("urgent", "emergency")


@pytest.mark.parametrize("text", EXAMPLES["none"])
def test_no_alarm(rules: RedFlagRules, text: str) -> None:
    assert level_of(rules, text) == "none"


@pytest.mark.parametrize(("level", "text"), EXAMPLES["wrong"])
@pytest.mark.xfail(strict=True, reason="known to be read wrongly")
def test_known_errors(rules: RedFlagRules, level: str, text: str) -> None:
    assert level_of(rules, text) == level


@pytest.mark.parametrize(
    ("text", "level", "category"),
    [
        ("I can't pee", "emergency", "bladder_or_bowel"),
        ("my groin is numb", "emergency", "saddle_numbness"),
        ("foot drop since yesterday", "emergency", "leg_weakness"),
        ("yesterday I needed a cane, today I need a walker", "emergency", "walking_worse"),
        ("I woke up paralyzed", "emergency", "paralysis"),
        ("one side of my face is drooping", "emergency", "stroke"),
        ("chest pain", "emergency", "chest_pain"),
        ("I can't breathe", "emergency", "breathing"),
        ("fever and severe back pain", "emergency", "fever_with_back_pain"),
        ("fell off a roof an hour ago", "emergency", "trauma"),
        ("I want to die", "crisis", "suicidal_thoughts"),
        ("I've said my goodbyes", "crisis", "farewell"),
        ("I took all my pills", "crisis", "overdose"),
        ("breast cancer in 2015 and now my back hurts at night", "urgent", "cancer_history"),
        ("losing weight and don't know why, and back pain", "urgent", "weight_loss_with_back_pain"),
        ("fever five days after my fusion", "urgent", "fever_after_surgery"),
        ("my incision is oozing", "urgent", "wound_after_surgery"),
        ("new pain since my fusion two weeks ago", "urgent", "new_pain_after_surgery"),
        ("my calf is swollen since the operation", "urgent", "clot_after_surgery"),
        ("bad headache when I stand up ever since the surgery", "urgent", "headache_after_surgery"),
    ],
)
def test_the_category_is_named(rules: RedFlagRules, text: str, level: str, category: str) -> None:
    assert rules.read(text).flag == RedFlag(level=level, category=category, language="en")


@pytest.mark.parametrize(
    ("text", "level", "category"),
    [
        ("no puedo orinar desde ayer", "emergency", "bladder_or_bowel"),
        ("me duele el pecho", "emergency", "chest_pain"),
        ("quiero morir", "crisis", "suicidal_thoughts"),
        ("la herida tiene pus", "urgent", "wound_after_surgery"),
    ],
)
def test_spanish_is_told_apart(rules: RedFlagRules, text: str, level: str, category: str) -> None:
    assert rules.read(text).flag == RedFlag(level=level, category=category, language="es")


@pytest.mark.parametrize(
    ("danger", "none"),
    [
        ("I can't feel my groin", "I can feel my groin"),
        ("numbness in my groin", "no numbness in my groin"),
        ("I lost control of my bladder", "what happens if I lose control of my bladder after surgery?"),
        ("I had chest pain last night", "I had chest pain ten years ago"),
        ("my husband can't feel his legs since this morning", "my husband was paralyzed in 2009"),
        ("my legs are numb and weak since monday", "my legs are numb and weak, for years, nothing new"),
        ("I fell off a ladder an hour ago", "I fell off a ladder in 2012"),
        ("I want to kill myself", "I would never kill myself"),
        ("my groin went numb", "my groin went numb in 2016 but it all went away"),
        ("I'm not sure why I can't feel my legs", "I'm not having any trouble with my legs"),
        ("no I can't feel my legs", "no, I can feel my legs"),
        ("Chest pain? Yes.", "Chest pain? No."),
    ],
)
def test_the_same_words_in_another_context(rules: RedFlagRules, danger: str, none: str) -> None:
    assert level_of(rules, danger) != "none"
    assert level_of(rules, none) == "none"


def test_the_most_pressing_level_is_named(rules: RedFlagRules) -> None:
    assert LEVELS[0] == "emergency"
    assert level_of(rules, "my incision is oozing, I want to die, and I can't breathe") == "emergency"


@pytest.mark.parametrize(
    "text", ["", "?", "\U0001f44d", "\u200b", "a" * 2000, "legs " * 400, "\x00\x01", "((((", ",,,,"]
)
def test_odd_text_is_read_without_an_error(rules: RedFlagRules, text: str) -> None:
    assert rules.read(text).flag is None


def test_danger_at_the_end_of_a_long_message_is_found(rules: RedFlagRules) -> None:
    long_story = "I have had back pain for a while and I was wondering about an appointment. " * 25
    assert level_of(rules, f"{long_story} Also I can't feel my legs.") == "emergency"


@pytest.mark.parametrize("file", ["emergency.yml", "crisis.yml", "urgent.yml"])
def test_every_category_names_its_clinical_source(file: str) -> None:
    path = RULES / "red_flags" / file
    categories = yaml.safe_load(path.read_text(encoding="utf-8"))
    for name, category in categories.items():
        assert len(category["source"]) > 40, name


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("pain:\n  level: worrying\n  source: s\n  signs: [a]\n", "level"),
        ("pain:\n  level: urgent\n  signs: [a]\n", "source"),
        ("pain:\n  level: urgent\n  source: s\n", "signs"),
        ("pain:\n  level: urgent\n  source: s\n  signs: [a]\n  contexts: [mood]\n", "contexts"),
        ("pain:\n  level: urgent\n  source: s\n  signs: ['{nowhere} hurts']\n", "nowhere"),
    ],
)
def test_a_malformed_category_is_refused(tmp_path: Path, content: str, complaint: str) -> None:
    _copy_rules(tmp_path)
    (tmp_path / "red_flags" / "urgent.yml").write_text(content, encoding="utf-8")
    with pytest.raises(RuleError, match=complaint):
        RedFlagRules(rules=tmp_path)


def test_a_spanish_category_must_exist_in_english(tmp_path: Path) -> None:
    _copy_rules(tmp_path)
    (tmp_path / "red_flags" / "spanish.yml").write_text("tos:\n  signs: [tos]\n", encoding="utf-8")
    with pytest.raises(RuleError, match="tos"):
        RedFlagRules(rules=tmp_path)


def _copy_rules(folder: Path) -> None:
    (folder / "red_flags").mkdir()
    for path in (RULES / "spelling.yml", *(RULES / "red_flags").glob("*.yml")):
        target = folder / path.relative_to(RULES)
        target.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "quieted"),
    [
        ("no chest pain", True),
        ("could a fusion make my leg go numb?", False),
        ("I had chest pain back in 2010", True),
        ("I have chest pain", False),
        ("how long is the hospital stay", False),
    ],
)
def test_signs_that_are_only_denied_or_past_are_quieted(rules: RedFlagRules, text: str, quieted: bool) -> None:
    assert rules.read(text).quieted is quieted
