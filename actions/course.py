"""The course of the conversation: pausing, going on, starting over, and taking up what was offered."""

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, Restarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import ClinicAction, Events, channel_of, conversation_of, in_form, latest_message
from actions.form import CONSULTATION_FORM, SCREENING_FORM
from actions.handing_over import queue_for_person, remember_form
from candidacy.consultation.fields import FIELDS, YES
from candidacy.dialogue.answering import repeated_answer
from candidacy.records.conversations import ensure_conversation
from candidacy.records.erasure import erase_conversation, is_erased, is_held

FORMS = {"screening": SCREENING_FORM, "consultation": CONSULTATION_FORM}
"""The form that each offer begins."""
ERASURE = "erasure"


class ActionPause(ClinicAction):
    """Leaves the form that asks, and keeps its answers."""

    action_name = "action_pause"

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say how to go on, when there is something to go on with."""
        dispatcher.utter_message(response="utter_paused" if in_form(tracker) else "utter_stopped")
        return [SlotSet("offer", None), *remember_form(tracker)]


class ActionResume(ClinicAction):
    """Goes back to the form that was left; asked to repeat outside of one, says the last answer in other words.

    A person who hands the conversation back asks for it too, in a turn of which the visitor typed nothing.
    """

    action_name = "action_resume"

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Have the form put its question again."""
        form = tracker.get_slot("paused_form")
        if form is not None:
            return [SlotSet("paused_form", None), FollowupAction(form)]
        dispatcher.utter_message(response=self._without_form(tracker))
        return []

    def _without_form(self, tracker: Tracker) -> str:
        intent = latest_message(tracker).intent
        if intent == "handed_back":
            return "utter_after_person"
        again = None
        if intent == "repeat_question":
            again = repeated_answer(tracker.get_slot("answered_topics") or (), self.context.texts.names)
        return again or "utter_nothing_to_resume"


class ActionStartOver(ClinicAction):
    """Forgets the answers given so far: the form's that asks, or else both forms'."""

    action_name = "action_start_over"

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Clear the answers and say so."""
        form = in_form(tracker)
        screening = () if form == FORMS["consultation"] else self.context.questionnaire.ids
        consultation = () if form == FORMS["screening"] else FIELDS
        dispatcher.utter_message(response="utter_started_over")
        cleared = [SlotSet(name, None) for name in (*screening, *consultation)]
        return [
            *cleared,
            SlotSet("paused_form", None),
            SlotSet("choosing_change", None),
            SlotSet("misunderstandings", 0),
        ]


class ActionTakeOffer(ClinicAction):
    """A plain "yes" takes up what was offered last."""

    action_name = "action_take_offer"

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Begin the flow that was offered, or ask what the yes was for."""
        offer = tracker.get_slot("offer")
        if offer in FORMS:
            return [SlotSet("offer", None), FollowupAction(FORMS[offer])]
        if offer == "person":
            return queue_for_person(self, dispatcher, tracker)
        if offer == ERASURE:
            return erase(self, dispatcher, tracker)
        dispatcher.utter_message(response="utter_nothing_to_confirm")
        return []


class ActionDeclineOffer(ClinicAction):
    """A plain "no" leaves what was offered."""

    action_name = "action_decline_offer"

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say that nothing happens."""
        erasure = tracker.get_slot("offer") == ERASURE
        dispatcher.utter_message(response="utter_delete_cancelled" if erasure else "utter_offer_declined")
        return [SlotSet("offer", None)]


class ActionConfirmErasure(ClinicAction):
    """Asks before everything a visitor said is deleted."""

    action_name = "action_confirm_erasure"

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Put the question; only the next yes deletes, also one that says so again ("yes, delete it all")."""
        if tracker.get_slot("offer") == ERASURE and latest_message(tracker).answer == YES:
            return erase(self, dispatcher, tracker)
        dispatcher.utter_message(response="utter_confirm_delete")
        return [SlotSet("offer", ERASURE), *remember_form(tracker)]


def erase(action: ClinicAction, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Delete everything the visitor said, and say so; or say that the clinic must keep it."""
    conversation_id, now = conversation_of(tracker), action.context.now()
    with action.context.database.session() as session:
        ensure_conversation(session, conversation_id=conversation_id, channel=channel_of(tracker), now=now)
        held = is_held(session, conversation_id=conversation_id)
        # A turn that is put again must not delete what was said after its first time.
        if not held and not is_erased(session, conversation_id=conversation_id):
            erase_conversation(session, conversation_id=conversation_id, now=now)
    if held:
        dispatcher.utter_message(response="utter_delete_on_hold")
        return [SlotSet("offer", None)]
    dispatcher.utter_message(response="utter_deleted")
    return [Restarted()]
