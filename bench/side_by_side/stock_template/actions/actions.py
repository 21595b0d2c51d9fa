"""The custom actions of the stock assistant: its form's validation and what follows the form."""

import re
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

QUESTIONS = ("fracture", "age_related", "stenosis_surgery")

ANSWERS = {
    "unknown": re.compile(r"\b(not sure|don't know|do not know|unsure)\b", re.IGNORECASE),
    "no": re.compile(r"\b(no|none|not|never)\b", re.IGNORECASE),
    "yes": re.compile(r"\b(yes|yeah|yep|right|did|have)\b", re.IGNORECASE),
}


def read_answer(text: str) -> str | None:
    """What a message answers, or None when it answers nothing."""
    return next((answer for answer, words in ANSWERS.items() if words.search(text)), None)


class ValidateScreeningForm(FormValidationAction):
    """Takes an answer to each question; what answers nothing has the question asked again."""

    def name(self) -> str:
        return "validate_screening_form"

    def validate_fracture(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return {"fracture": read_answer(value)}

    def validate_age_related(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return {"age_related": read_answer(value)}

    def validate_stenosis_surgery(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return {"stenosis_surgery": read_answer(value)}


class SubmitScreening(Action):
    """Reads the answers back and forgets them, so that the form can be filled again."""

    def name(self) -> str:
        return "action_submit_screening"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        lines = [f"{question}: {tracker.get_slot(question)}" for question in QUESTIONS]
        dispatcher.utter_message(text="Here is what I have:\n" + "\n".join(lines))
        return [SlotSet(question, None) for question in QUESTIONS]
