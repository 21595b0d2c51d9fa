"""The screening: what a message answers, the read-back, and the outcome."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import answer_beside, say_answer
from actions.base import (
    ClinicAction,
    Events,
    LatestMessage,
    channel_of,
    conversation_of,
    latest_message,
    message_number,
)
from actions.consent import store_consent
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
    sources,
)
from candidacy.dialogue.digression import is_digression
from candidacy.dialogue.intents import DANGER_INTENTS
from candidacy.lay_words import plain_words
from candidacy.records.conversations import ensure_conversation
from candidacy.records.screenings import ScreeningAnswer, record_screening
from candidacy.screening.interpretation import Request, Said, Statement, Step, interpret, reads_as_answer
from candidacy.screening.outcome import Outcome, OutcomeKind, decide_outcome
from candidacy.screening.questionnaire import (
    CONSENT,
    DANGER,
    FREE_TEXT,
    READ_BACK,
    SKIPPED,
    SUBJECT,
    YES,
    Questionnaire,
)

Answers = dict[str, str | None]


def answers_so_far(questionnaire: Questionnaire, tracker: Tracker) -> Answers:
    """The answers, from the slots of the same names."""
    return {question: tracker.get_slot(question) for question in questionnaire.ids}


def statements_in(message: LatestMessage) -> tuple[Statement, ...]:
    """What the message says about somebody's spine."""
    return tuple(
        Statement(
            concept=finding["concept"],
            value=finding["value"],
            subject=finding["subject"],
            time=finding["time"],
            detail=finding.get("detail"),
            text=finding.get("text") or "",
        )
        for finding in message.findings
    )


def said_to_screening(questionnaire: Questionnaire, message: LatestMessage, asked: str | None) -> Said:
    """The message as the screening reads it."""
    said = Said(
        text=message.text,
        answer=message.answer,
        button=message.button if message.intent == "answer" else {},
        reopen=message.button.get("question"),
        statements=statements_in(message),
        acknowledgement=plain_words(message.text).strip() in questionnaire.acknowledgements,
        unclear=message.unclear,
        for_another=message.for_another,
        bearing=message.bearing,
        read=message.answer_read,
        danger=message.intent in DANGER_INTENTS,
    )
    return replace(said, request=_request(questionnaire, message, asked, said))


def _request(questionnaire: Questionnaire, message: LatestMessage, asked: str | None, said: Said) -> Request | None:
    answers = reads_as_answer(questionnaire, asked=asked, said=said)
    if message.intent in ("repeat_question", "screening", "resume", "handed_back") and not answers:
        return Request.REPEAT
    if message.intent == "change_answer":
        return Request.CHANGE
    digression = is_digression(
        intent=message.intent,
        confidence=message.confidence,
        text=message.text,
        answers=answers,
        free_text=asked is not None and FREE_TEXT in questionnaire[asked].accepts,
        other_form="consultation",
    )
    return Request.DIGRESSION if digression else None


class ValidateScreeningForm(ClinicAction):
    """Reads a message while the screening asks, and chooses the next question."""

    action_name = f"validate_{SCREENING_FORM}"

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The answers that changed and the next question; nothing at all when the message is not for the screening."""
        questionnaire = self.context.questionnaire
        answers = answers_so_far(questionnaire, tracker)
        if returns_from_digression(tracker, SCREENING_FORM):
            return [SlotSet("confirming", None), SlotSet(REQUESTED_SLOT, questionnaire.next_question(answers))]
        message = latest_message(tracker)
        asked = asked_by(tracker, questionnaire.ids)
        said = replace(
            said_to_screening(questionnaire, message, asked),
            choosing=bool(tracker.get_slot("choosing_change")),
            confirming=tracker.get_slot("confirming"),
        )
        step = interpret(questionnaire, answers=answers, asked=asked, said=said)
        if not step.taken:
            return []
        self._store_consent(tracker, message, step)
        self._say(dispatcher, tracker, message, step)
        answered = answer_beside(self, dispatcher, tracker, message) if message.intent == "screening" else []
        return [
            *answered,
            *set_slots(step.updates),
            SlotSet("choosing_change", step.choose_change),
            SlotSet("confirming", step.confirm),
            SlotSet("answer_sources", sources(tracker, step.updates, message.message_id)),
            *note_misunderstanding(
                dispatcher,
                tracker,
                misunderstood=step.misunderstood,
                explanation=_explanation(asked),
            ),
            *remember_other_form(tracker, questionnaire.ids, CONSULTATION_FORM),
            SlotSet(REQUESTED_SLOT, questionnaire.next_question({**answers, **step.updates})),
        ]

    def _store_consent(self, tracker: Tracker, message: LatestMessage, step: Step) -> None:
        given = step.updates.get(CONSENT)
        if given is not None:
            store_consent(
                self,
                tracker,
                message,
                purpose="screening",
                given=given == YES,
                wording_version=self.context.questionnaire.consent_wording_version,
            )

    def _say(self, dispatcher: CollectingDispatcher, tracker: Tracker, message: LatestMessage, step: Step) -> None:
        for response in step.say:
            dispatcher.utter_message(response=response)
        if step.asks_back:
            say_answer(self, dispatcher, tracker, message)


class ActionAskClinicalQuestion(ClinicAction):
    """Puts one of the three screening questions, or asks whether what was not clear was meant as its answer."""

    question: str

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say the question or the confirmation; the buttons of both answer the same."""
        wording = "confirm" if tracker.get_slot("confirming") == self.question else "ask"
        dispatcher.utter_message(response=f"utter_{wording}_{self.question}")
        return []


class ActionAskFracture(ActionAskClinicalQuestion):
    """Asks about a fracture of the spine."""

    action_name, question = "action_ask_fracture", "fracture"


class ActionAskAgeRelated(ActionAskClinicalQuestion):
    """Asks about an age-related condition of the spine."""

    action_name, question = "action_ask_age_related", "age_related"


class ActionAskStenosisSurgery(ActionAskClinicalQuestion):
    """Asks about surgery for spinal stenosis."""

    action_name, question = "action_ask_stenosis_surgery", "stenosis_surgery"


class ActionAskScreeningReadBack(ClinicAction):
    """Reads the answers back, or asks which one to change."""

    action_name = f"action_ask_{READ_BACK}"

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say the list of the clinical answers, with the choice to change them."""
        if tracker.get_slot("choosing_change"):
            dispatcher.utter_message(response="utter_choose_screening_change")
            return []
        questionnaire = self.context.questionnaire
        answers = answers_so_far(questionnaire, tracker)
        questions = (SUBJECT, *(question.id for question in questionnaire.clinical))
        dispatcher.utter_message(response="utter_ask_screening_read_back", lines=answer_lines(self, answers, questions))
        return []


class ActionSubmitScreening(ClinicAction):
    """Stores a finished screening and says what it came to; never trusts that the form was filled."""

    action_name = "action_submit_screening"

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Decide the outcome from the answers themselves."""
        questionnaire = self.context.questionnaire
        answers = answers_so_far(questionnaire, tracker)
        outcome = decide_outcome(questionnaire, answers)
        dispatcher.utter_message(response=_outcome_text(outcome), **self._lines(answers, outcome))
        if not outcome.is_complete:
            return _after_early_end(questionnaire, outcome)
        self._store(tracker, answers, outcome)
        return [SlotSet(READ_BACK, None), SlotSet("offer", "consultation"), *forget_pause(tracker, SCREENING_FORM)]

    def _lines(self, answers: Answers, outcome: Outcome) -> dict[str, str]:
        return {
            "reported": answer_lines(self, answers, outcome.reported),
            "unknown": answer_lines(self, answers, outcome.unknown),
        }

    def _store(self, tracker: Tracker, answers: Answers, outcome: Outcome) -> None:
        given = tracker.get_slot("answer_sources") or {}
        with self.context.database.session() as session:
            ensure_conversation(
                session, conversation_id=conversation_of(tracker), channel=channel_of(tracker), now=self.context.now()
            )
            record_screening(
                session,
                cipher=self.context.cipher,
                conversation_id=conversation_of(tracker),
                questionnaire_version=self.context.questionnaire.version,
                subject=answers[SUBJECT] or "",
                outcome=outcome.kind.value,
                answers=[
                    ScreeningAnswer(
                        question=question.id,
                        value=answers[question.id] or "",
                        detail=_detail(answers, question.id),
                        message_id=message_number(given.get(question.id)),
                    )
                    for question in self.context.questionnaire.clinical
                ],
                now=self.context.now(),
            )


class ActionNoteStatement(ClinicAction):
    """Notes what a visitor says about the spine before any screening, and offers the questions."""

    action_name = "action_note_statement"

    def perform(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say what was noted; it is read back like every answer before anything is stored for the clinic."""
        questionnaire = self.context.questionnaire
        answers = answers_so_far(questionnaire, tracker)
        message = latest_message(tracker)
        step = interpret(
            questionnaire,
            answers=answers,
            asked=None,
            said=Said(text=message.text, statements=statements_in(message), for_another=message.for_another),
        )
        noted = tuple(question.id for question in questionnaire.clinical if step.updates.get(question.id))
        if noted:
            lines = answer_lines(self, {**answers, **step.updates}, noted)
            dispatcher.utter_message(response="utter_statement_noted", lines=lines)
        else:
            dispatcher.utter_message(response="utter_statement_not_noted")
        return [
            *set_slots(step.updates),
            SlotSet("answer_sources", sources(tracker, step.updates, message.message_id)),
            SlotSet("offer", "screening"),
        ]


def answer_lines(action: ClinicAction, answers: Answers, questions: tuple[str, ...]) -> str:
    """The answers as lines of the read-back, in words of domain.yml."""
    texts = action.context.texts
    lines = []
    for question in questions:
        detail = _detail(answers, question)
        values: dict[str, Any] = {
            "label": texts.phrase(f"utter_label_{question}"),
            "value": texts.phrase(f"utter_value_{answers[question]}"),
        }
        if detail:
            lines.append(texts.phrase("utter_read_back_line_with_detail", detail=detail, **values))
        else:
            lines.append(texts.phrase("utter_read_back_line", **values))
    return "\n".join(lines)


def _detail(answers: Answers, question: str) -> str | None:
    detail = answers.get(f"{question}_detail")
    return None if detail in (None, SKIPPED) else detail


def _outcome_text(outcome: Outcome) -> str:
    if outcome.kind is OutcomeKind.DANGER:
        return "utter_emergency"
    if outcome.kind is OutcomeKind.REPORTED and outcome.unknown:
        return "utter_outcome_reported_and_unknown"
    return f"utter_outcome_{outcome.kind.value}"


def _after_early_end(questionnaire: Questionnaire, outcome: Outcome) -> Events:
    """What must be asked again another time: the answer that ended the screening."""
    if outcome.kind is OutcomeKind.INCOMPLETE:
        return [SlotSet("paused_form", SCREENING_FORM)]
    ended_by = {OutcomeKind.DECLINED: CONSENT, OutcomeKind.MINOR: "screening_adult", OutcomeKind.DANGER: DANGER}
    return [SlotSet(ended_by[outcome.kind], None), SlotSet("offer", None)]


def _explanation(asked: str | None) -> str:
    return "utter_explain_detail" if asked is None or asked.endswith("_detail") else f"utter_explain_{asked}"
