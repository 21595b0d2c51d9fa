"""Danger and people: the advice that comes before everything, and the wish to talk to a person."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import answer_beside
from actions.base import ClinicAction, Events, channel_of, conversation_of, in_form, latest_message
from candidacy.dialogue.danger import danger_text
from candidacy.records.conversations import ensure_conversation, request_person


class ActionRedFlag(ClinicAction):
    """Says the number to call; nothing else is said or offered in that turn."""

    action_name = "action_red_flag"

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Give the advice for the danger that was recognised, in the visitor's language too."""
        message = latest_message(tracker)
        flag = message.red_flag or {}
        level = str(flag.get("level") or message.intent)
        dispatcher.utter_message(response=danger_text(level=level, language=str(flag.get("language") or "en")))
        return [SlotSet("offer", None), *remember_form(tracker)]


class ActionRequestPerson(ClinicAction):
    """Puts the conversation in the queue for a person."""

    action_name = "action_request_person"

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say that staff have been told, and how to reach the clinic now."""
        answered = answer_beside(self, dispatcher, tracker, latest_message(tracker))
        return [*answered, *queue_for_person(self, dispatcher, tracker)]


def queue_for_person(action: ClinicAction, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Have the conversation wait for a person, and say so."""
    conversation_id, now = conversation_of(tracker), action.context.now()
    with action.context.database.session() as session:
        ensure_conversation(session, conversation_id=conversation_id, channel=channel_of(tracker), now=now)
        newly = request_person(session, conversation_id=conversation_id, now=now)
    dispatcher.utter_message(response="utter_person_waiting" if newly else "utter_person_already_waiting")
    return [SlotSet("offer", None), *remember_form(tracker)]


def remember_form(tracker: Tracker) -> Events:
    """Keep the name of the form that is left, so that "continue" comes back to it."""
    form = in_form(tracker)
    return [SlotSet("paused_form", form)] if form else []
