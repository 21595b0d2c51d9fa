"""Questions: the answer from the document, that it is not covered, or which of a few things was meant."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import ClinicAction, Events, LatestMessage, in_form, latest_message
from candidacy.dialogue.answering import Plan, plan_answer

OFFER_BUTTONS = {"screening": "utter_offer_next", "consultation": "utter_offer_consultation"}
"""The response whose buttons go with an offer."""


def say_answer(
    action: ClinicAction,
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    message: LatestMessage,
    *,
    offers: bool = True,
) -> Plan:
    """Say what answers a message; without offers when something else follows it anyway."""
    answered = tuple(tracker.get_slot("answered_topics") or ())
    plan = plan_answer(
        intent=message.intent,
        topics=_topics(action, message, answered),
        candidates=message.candidates,
        answered=answered,
        in_form=not offers or in_form(tracker) is not None,
        known_texts=action.context.texts.names,
    )
    for position, name in enumerate(plan.say):
        last = position == len(plan.say) - 1
        dispatcher.utter_message(response=name, buttons=_buttons(action, plan) if last else [])
    return plan


def _topics(action: ClinicAction, message: LatestMessage, answered: tuple[str, ...]) -> tuple[str, ...]:
    """What is asked; a short question may lean on the answer before it."""
    if message.button:
        return message.topics
    leant_on = action.context.follow_ups.topic(message.text, answered=answered)
    return message.topics if leant_on is None else (leant_on,)


def answer_beside(
    action: ClinicAction, dispatcher: CollectingDispatcher, tracker: Tracker, message: LatestMessage
) -> Events:
    """Answer the question that stands beside a wish: "what are the risks, and can I talk to someone?"."""
    if not message.topics:
        return []
    plan = say_answer(action, dispatcher, tracker, message, offers=False)
    return [SlotSet("answered_topics", list(plan.answered))]


def _buttons(action: ClinicAction, plan: Plan) -> list[dict[str, str]]:
    texts = action.context.texts
    if plan.clarify:
        return [
            {"title": texts.phrase(f"utter_title/{topic}"), "payload": f'/choose{{"topic": "{topic}"}}'}
            for topic in plan.clarify
        ]
    if plan.offer in OFFER_BUTTONS:
        offered = texts.reply(OFFER_BUTTONS[plan.offer]).buttons
        return [{"title": button.title, "payload": button.payload} for button in offered]
    return []


class ActionAnswer(ClinicAction):
    """Answers a question, small talk, or what could not be understood."""

    action_name = "action_answer"

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say the answer, and remember what was answered and offered."""
        message = latest_message(tracker)
        if message.intent == "why_asked":
            dispatcher.utter_message(response=self._reason(tracker))
            return []
        plan = say_answer(self, dispatcher, tracker, message)
        return [SlotSet("answered_topics", list(plan.answered)), SlotSet("offer", plan.offer)]

    def _reason(self, tracker: Tracker) -> str:
        """The response that says why the open question is asked."""
        asked = tracker.get_slot("requested_slot") if in_form(tracker) else None
        if asked is None:
            return "utter_why_nothing_asked"
        if asked.endswith("_detail"):
            return "utter_why_detail"
        return f"utter_why_{asked}" if self.context.texts.has(f"utter_why_{asked}") else "utter_why_contact"
