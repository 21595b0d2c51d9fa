"""The responses of domain.yml that text messages need beside those of consent, by name."""

from candidacy.assistant.texts import Texts
from candidacy.sms import consent

STOPPED = "utter_sms_stopped"
STARTED = "utter_sms_started"
HELP = "utter_sms_help"
WORDS_ONLY = "utter_sms_words_only"
NO_WORDS = "utter_unclear"
TOO_MANY = "utter_sms_too_many"
LINKED = "utter_sms_linked"
CODE_REFUSED = "utter_sms_code_refused"
LINK = "utter_sms_link"
LINK_EXPIRED = "utter_sms_link_expired"
CHOICES = "utter_sms_choices"

RESPONSES = (
    consent.WELCOME,
    consent.THANKS,
    consent.DECLINED_TEXT,
    consent.AGAIN,
    STOPPED,
    STARTED,
    HELP,
    WORDS_ONLY,
    NO_WORDS,
    TOO_MANY,
    LINKED,
    CODE_REFUSED,
    LINK,
    LINK_EXPIRED,
    CHOICES,
)


def topic_of(response: str) -> str:
    """The topic under which a message of one of these responses is stored."""
    return response.removeprefix("utter_")


ASKS_FOR_CONSENT = frozenset({topic_of(consent.WELCOME), topic_of(consent.AGAIN)})
"""Topics of messages to which a bare yes is the consent."""

SENT_THOUGH_STOPPED = frozenset({topic_of(STOPPED), topic_of(HELP)})
"""Topics of messages that somebody who stopped still gets: that it is so, and help when they ask for it."""


def require_text_responses(texts: Texts) -> None:
    """Check at start that everything which may have to be texted can be; raises ValueError naming what is missing."""
    missing = [name for name in RESPONSES if not texts.has(name)]
    if missing:
        raise ValueError(f"domain.yml lacks responses that are texted: {', '.join(missing)}")
