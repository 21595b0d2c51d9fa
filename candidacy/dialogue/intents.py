"""Rasa's intents by what they mean for the flows; domain.yml lists them all."""

TOPIC_INTENTS = frozenset({"faq", "not_covered", "clinician", "smalltalk", "off_topic"})
"""Questions and small talk: a message that also answers what was asked is not one of them."""

DANGER_INTENTS = frozenset({"emergency", "crisis", "urgent"})
"""Red flags: they come before everything."""

COMMAND_INTENTS = DANGER_INTENTS | frozenset(
    {
        "choose",
        "privacy",
        "why_asked",
        "spanish",
        "other_language",
        "pause",
        "stop",
        "start_over",
        "talk_to_person",
        "delete_data",
    }
)
"""What a form always leaves to its rules."""

ANSWER_INTENTS = {"affirm": "yes", "deny": "no", "unsure": "unknown", "skip": "skipped"}
"""Intents that are a bare answer, and the value each stands for."""
