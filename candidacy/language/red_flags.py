"""Recognises danger in a message: what needs 911, the 988 Lifeline, or a clinician the same day.

Written rules and what was learnt from examples are weighed together; deterministic, and without Rasa.
"""

from dataclasses import dataclass

from candidacy.language.encoder.message_encoder import EncodedTexts, MessageEncoder
from candidacy.language.red_flag import LEVELS, RedFlag
from candidacy.language.red_flag_classifier import Danger, RedFlagClassifier
from candidacy.language.red_flag_rules import RedFlagRules
from candidacy.language.spoken_language import ENGLISH, SPANISH, spoken_language
from candidacy.language.text import is_blank


@dataclass(frozen=True, kw_only=True)
class AlarmGates:
    """From which score on each level is an alarm, in log-odds; chosen on the development set.

    They lie below 0: an alarm too many costs a sentence, a danger passed over may cost a life.

    ``rule_bonus`` is added to the level that a written rule names: a rule raises the alarm unless what was learnt
    clearly contradicts it.
    """

    emergency: float = -0.25
    crisis: float = -1.5
    urgent: float = 0.0
    rule_bonus: float = 1.5

    def surplus(self, level: str, score: float, *, by_rule: bool) -> float:
        """How far a score lies above the gate of its level."""
        return score - float(getattr(self, level)) + (self.rule_bonus if by_rule else 0.0)


def weigh(danger: Danger, by_rule: RedFlag | None, *, gates: AlarmGates) -> tuple[str, str] | None:
    """The level and category of the alarm, or None.

    The level with the largest surplus counts, but never below the level of a rule that passes its own gate.
    """
    surplus = {
        level: gates.surplus(level, danger.scores[level], by_rule=by_rule is not None and by_rule.level == level)
        for level in LEVELS
    }
    level = max(LEVELS, key=lambda level: surplus[level])
    if surplus[level] <= 0:
        return None
    if by_rule is not None and surplus[by_rule.level] > 0 and LEVELS.index(by_rule.level) <= LEVELS.index(level):
        return by_rule.level, by_rule.category
    return level, danger.category[level]


def detect_in(
    message: EncodedTexts, *, rules: RedFlagRules, classifier: RedFlagClassifier, gates: AlarmGates
) -> RedFlag | None:
    """The red flag of an encoded message, the whole and its clauses, or None."""
    text = message.texts[0]
    by_rule = rules.detect(text)
    alarm = weigh(classifier.read(message), by_rule, gates=gates)
    if alarm is None:
        return None
    is_spanish = spoken_language(text) == SPANISH or (by_rule is not None and by_rule.language == SPANISH)
    return RedFlag(level=alarm[0], category=alarm[1], language=SPANISH if is_spanish else ENGLISH)


class RedFlagDetector:
    """Detects red flags without Rasa; the same text gives the same answer with the same model.

    Args:
        rules: The written rules.
        classifier: What was learnt.
        encoder: Reads messages for the classifier.
        gates: From which score on there is an alarm.
    """

    def __init__(
        self, *, rules: RedFlagRules, classifier: RedFlagClassifier, encoder: MessageEncoder, gates: AlarmGates
    ) -> None:
        self._rules = rules
        self._classifier = classifier
        self._encoder = encoder
        self._gates = gates

    def detect(self, text: str) -> RedFlag | None:
        """The red flag of a message, or None."""
        if is_blank(text):
            return None
        message = self._encoder.encode_message(text)
        return detect_in(message, rules=self._rules, classifier=self._classifier, gates=self._gates)
