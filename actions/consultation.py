"""The consultation request: what a message fills in, the read-back, and the reference."""

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import answer_beside
from actions.base import ClinicAction, Events, LatestMessage, channel_of, conversation_of, latest_message
from actions.consent import store_consent
from actions.context import Context
from actions.form import (
    CONSULTATION_FORM,
    REQUESTED_SLOT,
    SCREENING_FORM,
    asked_by,
    forget_pause,
    note_misunderstanding,
    remember_other_form,
    returns_from_digression,
    set_slots,
)
from candidacy.consultation.fields import (
    CHANGEABLE,
    CONSENT,
    CONSENT_WORDING_VERSION,
    FIELDS,
    METHOD,
    NAME,
    NO,
    NOTE,
    PHONE,
    REVIEW,
    SKIPPED,
    TIME,
    YES,
    is_complete,
    next_field,
)
from candidacy.consultation.interpretation import Said, Words, interpret, load_words, reads_as_answer
from candidacy.consultation.telephone import readable_telephone
from candidacy.dialogue.digression import is_digression
from candidacy.dialogue.intents import DANGER_INTENTS
from candidacy.records.consultation_requests import RequestDetails, SubmittedRequest, find_request, submit_request
from candidacy.records.conversations import ensure_conversation

_FREE_TEXT = (NAME, PHONE, NOTE)

Fields = dict[str, str | None]


def fields_so_far(tracker: Tracker) -> Fields:
    """The fields, from the slots of the same names."""
    return {field: tracker.get_slot(field) for field in FIELDS}


def said_to_consultation(message: LatestMessage, *, asked: str | None, region: str, words: Words) -> Said:
    """The message as the consultation request reads it."""
    said = Said(
        text=message.text,
        answer=message.answer,
        button=message.button if message.intent == "answer" else {},
        reopen=message.button.get("question"),
        change=message.intent == "change_answer",
        danger=message.intent in DANGER_INTENTS,
    )
    answers = reads_as_answer(asked=asked, said=said, region=region, words=words)
    digression = is_digression(
        intent=message.intent,
        confidence=message.confidence,
        text=message.text,
        answers=answers,
        free_text=asked in _FREE_TEXT,
        other_form="screening",
    )
    # As a note, "please call me soon" is one; elsewhere it only wants what we are at.
    own_form = message.intent == "consultation" and asked != NOTE
    repeat = (own_form or message.intent in ("repeat_question", "resume", "handed_back")) and not answers
    return replace(said, digression=digression, repeat=repeat)


class ValidateConsultationForm(ClinicAction):
    """Reads a message while the consultation request is being filled in, and chooses the next field."""

    action_name = f"validate_{CONSULTATION_FORM}"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._words = load_words()

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The fields that changed and the next one; nothing at all when the message is not for the request."""
        fields = fields_so_far(tracker)
        if returns_from_digression(tracker, CONSULTATION_FORM):
            return [SlotSet(REQUESTED_SLOT, next_field(fields))]
        message = latest_message(tracker)
        asked = asked_by(tracker, FIELDS)
        region, words = self.context.region, self._words
        said = said_to_consultation(message, asked=asked, region=region, words=words)
        said = replace(said, choosing=bool(tracker.get_slot("choosing_change")))
        step = interpret(asked=asked, said=said, region=region, words=words)
        if not step.taken:
            return []
        if (given := step.updates.get(CONSENT)) is not None:
            store_consent(
                self,
                tracker,
                message,
                purpose="contact",
                given=given == YES,
                wording_version=CONSENT_WORDING_VERSION,
            )
        answered = answer_beside(self, dispatcher, tracker, message) if message.intent == "consultation" else []
        return [
            *answered,
            *set_slots(step.updates),
            SlotSet("choosing_change", step.choose_change),
            *note_misunderstanding(
                dispatcher,
                tracker,
                misunderstood=step.misunderstood,
                at_first=step.help,
                explanation=f"utter_explain_{asked}",
            ),
            *remember_other_form(tracker, FIELDS, SCREENING_FORM),
            SlotSet(REQUESTED_SLOT, next_field({**fields, **step.updates})),
        ]


class ActionAskContactReview(ClinicAction):
    """Reads the request back, or asks what to change in it."""

    action_name = f"action_ask_{REVIEW}"

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say the request as it stands; with its reference, when the clinic already has it."""
        if tracker.get_slot("choosing_change"):
            dispatcher.utter_message(response="utter_choose_contact_change")
            return []
        lines = self._lines(fields_so_far(tracker))
        with self.context.database.read_session() as session:
            known = find_request(session, cipher=self.context.cipher, conversation_id=conversation_of(tracker))
        if known is None:
            dispatcher.utter_message(response="utter_ask_contact_review", lines=lines)
        else:
            dispatcher.utter_message(response="utter_ask_contact_review_again", lines=lines, reference=known.reference)
        return []

    def _lines(self, fields: Fields) -> str:
        return "\n".join(
            self.context.texts.phrase(
                "utter_read_back_line",
                label=self.context.texts.phrase(f"utter_label_{field}"),
                value=self._value(field, fields[field] or ""),
            )
            for field in CHANGEABLE
        )

    def _value(self, field: str, value: str) -> str:
        if field == PHONE:
            return readable_telephone(value, region=self.context.region)
        worded = f"utter_value_{field}_{value}"
        return self.context.texts.phrase(worded) if self.context.texts.has(worded) else value


class ActionSubmitConsultation(ClinicAction):
    """Stores the request once and gives its reference; never trusts that the form was filled."""

    action_name = "action_submit_consultation"

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Store only a whole request with consent; the same one again keeps its reference."""
        fields = fields_so_far(tracker)
        if fields[CONSENT] == NO:
            dispatcher.utter_message(response="utter_request_declined")
            return [SlotSet(CONSENT, None), SlotSet("offer", None)]
        if not is_complete(fields):
            dispatcher.utter_message(response="utter_request_incomplete")
            return [SlotSet("paused_form", CONSULTATION_FORM)]
        request = self._store(tracker, fields)
        said = "utter_request_sent" if request.is_new else "utter_request_updated"
        dispatcher.utter_message(response=said, reference=request.reference)
        return [SlotSet(REVIEW, None), SlotSet("offer", None), *forget_pause(tracker, CONSULTATION_FORM)]

    def _store(self, tracker: Tracker, fields: Fields) -> SubmittedRequest:
        conversation_id, now = conversation_of(tracker), self.context.now()
        note = fields[NOTE]
        with self.context.database.session() as session:
            ensure_conversation(session, conversation_id=conversation_id, channel=channel_of(tracker), now=now)
            return submit_request(
                session,
                cipher=self.context.cipher,
                conversation_id=conversation_id,
                details=RequestDetails(
                    name=fields[NAME] or "",
                    phone_e164=fields[PHONE] or "",
                    method=fields[METHOD] or "",
                    time=fields[TIME] or "",
                    note=None if note == SKIPPED else note,
                ),
                consent_wording_version=CONSENT_WORDING_VERSION,
                due_at=self.context.call_backs.due(now, part=fields[TIME] or "any"),
                now=now,
            )
