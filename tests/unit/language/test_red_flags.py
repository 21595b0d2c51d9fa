"""What a written rule names and what was learnt are weighed together."""

from pathlib import Path

import pytest

from candidacy.language.encoder.message_encoder import MessageEncoder
from candidacy.language.red_flag import RedFlag
from candidacy.language.red_flag_classifier import Danger, RedFlagClassifier
from candidacy.language.red_flag_rules import RedFlagRules, RuleReading
from candidacy.language.red_flags import AlarmGates, RedFlagDetector, weigh

GATES = AlarmGates(emergency=0.0, crisis=-1.0, urgent=1.0, rule_bonus=2.0, quieted_malus=0.5, in_doubt=1.0)
CATEGORY = {"emergency": "leg_weakness", "crisis": "farewell", "urgent": "wound_after_surgery"}

EXAMPLES = {
    "leg_weakness": ["my foot slaps the floor since monday", "my legs fold under me on the stairs"],
    "farewell": ["tell my kids I tried", "this is goodbye from me"],
    "wound_after_surgery": ["my cut is oozing a week after the operation", "the scar opened after my fusion"],
    "none": ["what does it cost", "how long is the hospital stay", "my back aches as ever", "thank you so much"],
}


def danger(emergency: float = -5.0, crisis: float = -5.0, urgent: float = -5.0) -> Danger:
    return Danger(scores={"emergency": emergency, "crisis": crisis, "urgent": urgent}, category=CATEGORY)


def rule(level: str) -> RuleReading:
    return RuleReading(RedFlag(level=level, category=f"ruled_{level}", language="en"), quieted=False)


SILENT = RuleReading(None, quieted=False)
QUIETED = RuleReading(None, quieted=True)


@pytest.mark.parametrize(
    ("learnt", "rules", "alarm"),
    [
        (danger(), SILENT, None),
        (danger(emergency=0.1), SILENT, ("emergency", "leg_weakness")),
        (danger(emergency=-0.1), SILENT, None),
        (danger(crisis=-0.9), SILENT, ("crisis", "farewell")),
        (danger(urgent=0.9), SILENT, None),
        (danger(urgent=1.1), SILENT, ("urgent", "wound_after_surgery")),
        (danger(emergency=0.5, crisis=0.5), SILENT, ("crisis", "farewell")),
        # a rule raises the alarm unless what was learnt clearly contradicts it
        (danger(emergency=-1.9), rule("emergency"), ("emergency", "ruled_emergency")),
        (danger(emergency=-2.1), rule("emergency"), None),
        (danger(urgent=3.0, emergency=-1.5), rule("emergency"), ("emergency", "ruled_emergency")),
        # a rule never lowers the level that was learnt
        (danger(emergency=4.0, urgent=0.0), rule("urgent"), ("emergency", "leg_weakness")),
        # what is only denied, past or supposed needs more
        (danger(emergency=0.4), QUIETED, None),
        (danger(emergency=0.6), QUIETED, ("emergency", "leg_weakness")),
        # in doubt an emergency before what is urgent
        (danger(emergency=0.1, urgent=2.0), SILENT, ("emergency", "leg_weakness")),
        (danger(emergency=0.1, urgent=2.2), SILENT, ("urgent", "wound_after_surgery")),
        (danger(emergency=-0.1, urgent=1.1), SILENT, ("urgent", "wound_after_surgery")),
    ],
)
def test_rules_and_learning_are_weighed(learnt: Danger, rules: RuleReading, alarm: tuple[str, str] | None) -> None:
    assert weigh(learnt, rules, gates=GATES) == alarm


@pytest.fixture(scope="module")
def classifier(encoder: MessageEncoder, rules: RedFlagRules) -> RedFlagClassifier:
    pairs = [(text, category) for category, texts in EXAMPLES.items() for text in texts]
    classifier = RedFlagClassifier(levels=rules.levels)
    classifier.fit(encoder.encode_texts([text for text, _ in pairs]), [category for _, category in pairs])
    return classifier


@pytest.fixture(scope="module")
def detector(encoder: MessageEncoder, rules: RedFlagRules, classifier: RedFlagClassifier) -> RedFlagDetector:
    return RedFlagDetector(rules=rules, classifier=classifier, encoder=encoder, gates=AlarmGates())


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("his foot slaps the floor since tuesday", "emergency"),
        ("tell my daughter I tried", "crisis"),
    ],
)
def test_danger_is_named(detector: RedFlagDetector, text: str, level: str) -> None:
    red_flag = detector.detect(text)
    assert red_flag is not None
    assert red_flag.level == level


def test_danger_said_in_spanish_is_answered_in_spanish(detector: RedFlagDetector) -> None:
    red_flag = detector.detect("No puedo orinar desde ayer y tengo las piernas dormidas")
    assert red_flag is not None
    assert red_flag.language == "es"


@pytest.mark.parametrize("text", ["", "?", "\U0001f44d", "\u200b", "what does the stay cost"])
def test_nothing_to_be_alarmed_about(detector: RedFlagDetector, text: str) -> None:
    assert detector.detect(text) is None


def test_one_remark_in_a_long_message_counts(encoder: MessageEncoder, classifier: RedFlagClassifier) -> None:
    plain = "what does it cost. how long is the hospital stay. thank you so much."
    remark = f"{plain} my foot slaps the floor since monday."
    without, with_remark = (classifier.read(encoder.encode_message(text)) for text in (plain, remark))
    assert with_remark.scores["emergency"] > without.scores["emergency"] + 1


def test_what_was_learnt_is_the_same_after_saving_and_loading(
    encoder: MessageEncoder, classifier: RedFlagClassifier, tmp_path: Path
) -> None:
    classifier.save(tmp_path)
    message = encoder.encode_message("my legs fold under me. what does it cost?")
    loaded, learnt = RedFlagClassifier.load(tmp_path).read(message), classifier.read(message)
    assert loaded.category == learnt.category
    assert loaded.scores == pytest.approx(learnt.scores, abs=0.05)


def test_a_level_without_examples_is_refused(encoder: MessageEncoder, rules: RedFlagRules) -> None:
    with pytest.raises(ValueError, match="crisis"):
        RedFlagClassifier(levels=rules.levels).fit(
            encoder.encode_texts(["foot drop", "oozing cut", "hello"]), ["leg_weakness", "wound_after_surgery", "none"]
        )
