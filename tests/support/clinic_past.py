"""The weeks before today at a clinic, so that its lists and numbers have something to show."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from candidacy.records.consents import record_consent
from candidacy.records.console.call_backs import call_backs_of, close_call_back
from candidacy.records.console.claims import claim, close
from candidacy.records.console.red_flags import acknowledge
from candidacy.records.console.waits import give_up_waiting
from candidacy.records.conversations import request_person
from candidacy.records.screenings import ScreeningAnswer, record_screening
from tests.support.clinic import Clinic
from tests.support.stack import Stack

DAYS = 27
MOST_A_DAY = 3
PATIENCE = timedelta(minutes=10)
QUESTIONS = (
    ("How long would I be in the hospital?", "utter_faq/hospital_stay"),
    ("How long would I be in the hospital?", "utter_faq/hospital_stay"),
    ("Will I need physical therapy?", "utter_faq/rehabilitation"),
    ("When can I go back to work?", "utter_faq/back_to_work"),
    ("Where does the bone graft come from?", "utter_faq/bone_graft"),
    ("What will it cost?", "utter_not_covered/cost"),
    ("May I drive afterwards?", "utter_not_covered/driving"),
)
SCREENING = ("screening_adult", "fracture", "age_related", "stenosis_surgery")
OUTCOMES = ("reported", "reported", "unclear", "nothing_reported")
SEED = 20_301_130


@dataclass(frozen=True)
class Past:
    """Makes conversations of days gone by, the same ones each time.

    Args:
        stack: the product, not running yet: what it finds unanswered it would answer.
        staff_id: who answered for the clinic.
        now: the present.
    """

    stack: Stack
    staff_id: int
    now: datetime

    def fill(self) -> None:
        """Make them all."""
        chance = random.Random(SEED)
        for day in range(DAYS, 0, -1):
            for _ in range(chance.randint(0, MOST_A_DAY)):
                self._conversation(chance, self.now - timedelta(days=day, minutes=chance.randint(0, 400)))
        self._nobody_came()

    def _conversation(self, chance: random.Random, at: datetime) -> None:
        clinic = Clinic(database=self.stack.database, now=at)
        channel = chance.choice(("web", "web", "sms"))
        one = clinic.begin(channel=channel)
        question, answer = chance.choice(QUESTIONS)
        clinic.turn(one, question, self.stack.texts.reply(answer))
        if chance.random() < 0.6:
            self._screening(chance, clinic, one)
        if chance.random() < 0.08:
            clinic.turn(one, "It hurts and I have a fever", self.stack.texts.reply("utter_urgent"))
            self._do(acknowledge, one, staff_id=self.staff_id, now=at)
        # What is said to a telephone outside a turn would be sent, and nobody has these.
        if channel == "web" and chance.random() < 0.4:
            self._waiting(chance, one, at)
        self._do(close, one, staff_id=self.staff_id, now=at + timedelta(hours=1))

    def _nobody_came(self) -> None:
        """Somebody waited two days ago, and is still to be called."""
        at = self.now - timedelta(days=2)
        clinic = Clinic(database=self.stack.database, now=at)
        one = clinic.begin()
        clinic.turn(one, "Is there anybody?", self.stack.texts.reply("utter_person_waiting"))
        self._do(request_person, one, now=at)
        self._give_up(at)

    def _screening(self, chance: random.Random, clinic: Clinic, one: str) -> None:
        asked = chance.randint(1, len(SCREENING))
        for question in SCREENING[:asked]:
            clinic.turn(one, "yes", self.stack.texts.reply(f"utter_ask_{question}"))
        self._do(record_consent, one, purpose="screening", given=True, wording_version="1", now=clinic.now)
        if asked == len(SCREENING) and chance.random() < 0.8:
            self._do(
                record_screening,
                one,
                cipher=self.stack.cipher,
                questionnaire_version="1",
                subject="self",
                outcome=chance.choice(OUTCOMES),
                answers=[ScreeningAnswer(question="fracture", value="no")],
                now=clinic.now,
            )

    def _waiting(self, chance: random.Random, one: str, at: datetime) -> None:
        self._do(request_person, one, now=at)
        notice = self.stack.texts.reply("utter_person_has_conversation")
        if chance.random() < 0.8:
            later = at + timedelta(minutes=chance.choice((0.5, 2, 3, 4, 7, 9)))
            self._do(claim, one, staff_id=self.staff_id, notice=notice, now=later)
            return
        self._give_up(at)
        with self.stack.database.session() as session:
            (call,) = call_backs_of(session, cipher=self.stack.cipher, conversation_id=one)
            close_call_back(session, call_back_id=call.id, staff_id=self.staff_id, closed_as="reached", now=at)

    def _give_up(self, since: datetime) -> None:
        with self.stack.database.session() as session:
            give_up_waiting(
                session,
                patience=PATIENCE,
                notice=lambda _: self.stack.texts.reply("utter_nobody_came"),
                due_at=lambda asked: asked + timedelta(hours=8),
                now=since + PATIENCE,
            )

    def _do(self, query: Any, conversation_id: str, **options: Any) -> None:
        with self.stack.database.session() as session:
            query(session, conversation_id=conversation_id, **options)
