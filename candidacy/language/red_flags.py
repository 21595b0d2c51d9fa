"""Recognises danger in a message: what needs 911, the 988 Lifeline, or a clinician the same day.

Written rules and what was learnt from examples are weighed together; deterministic, and without Rasa.
"""

from dataclasses import dataclass

from candidacy.language.encoder.message_encoder import EncodedTexts, MessageEncoder
from candidacy.language.red_flag import EMERGENCY, LEVELS, URGENT, RedFlag
from candidacy.language.red_flag_classifier import Danger, RedFlagClassifier
from candidacy.language.red_flag_rules import RedFlagRules, RuleReading
from candidacy.language.spoken_language import ENGLISH, SPANISH, spoken_language
from candidacy.language.text import is_blank


@dataclass(frozen=True, kw_only=True)
class AlarmGates:
    """From which score on each level is an alarm, in log-odds; chosen on the development set.

    They lie below 0: an alarm too many costs a sentence, a danger passed over may cost a life.

    ``rule_bonus`` is added to the level that a written rule names: a rule raises the alarm unless what was learnt
    clearly contradicts it. ``quieted_malus`` is taken from every level where the rules find only signs that are denied,
    past, supposed or the like. ``in_doubt`` is how much further an urgent reading must lie above its gate than the one
    of an emergency, to be chosen before it.
    """

    emergency: float = -0.25
    crisis: float = -1.5
    urgent: float = 0.0
    rule_bonus: float = 1.5
    quieted_malus: float = 1.0
    in_doubt: float = 2.0

    def surplus(self, level: str, score: float, *, rules: RuleReading) -> float:
        """How far a score lies above the gate of its level."""
        bonus = self.rule_bonus if rules.flag is not None and rules.flag.level == level else 0.0
        return score - float(getattr(self, level)) + bonus - (self.quieted_malus if rules.quieted else 0.0)


def weigh(danger: Danger, rules: RuleReading, *, gates: AlarmGates) -> tuple[str, str] | None:
    """The level and category of the alarm, or None.

    The level with the largest surplus counts, but in doubt an emergency before what is urgent, and never a level below
    the one of a rule that passes its own gate.
    """
    surplus = {level: gates.surplus(level, danger.scores[level], rules=rules) for level in LEVELS}
    level = max(LEVELS, key=lambda level: surplus[level])
    if surplus[level] <= 0:
        return None
    if level == URGENT and surplus[EMERGENCY] > 0 and surplus[URGENT] - surplus[EMERGENCY] < gates.in_doubt:
        level = EMERGENCY
    by_rule = rules.flag
    if by_rule is not None and surplus[by_rule.level] > 0 and LEVELS.index(by_rule.level) <= LEVELS.index(level):
        return by_rule.level, by_rule.category
    return level, danger.category[level]


def detect_in(
    message: EncodedTexts, *, rules: RedFlagRules, classifier: RedFlagClassifier, gates: AlarmGates
) -> RedFlag | None:
    """The red flag of an encoded message, the whole and its clauses, or None."""
    text = message.texts[0]
    by_rules = rules.read(text)
    alarm = weigh(classifier.read(message), by_rules, gates=gates)
    if alarm is None:
        return None
    is_spanish = spoken_language(text) == SPANISH or (by_rules.flag is not None and by_rules.flag.language == SPANISH)
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
