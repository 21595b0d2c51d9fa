"""Who has a conversation, as a state machine: what can happen in which state, and the state that follows."""

from enum import Enum

ASSISTANT = "assistant"
WAITING = "waiting"
PERSON = "person"
CLOSED = "closed"


class Event(Enum):
    """What changes who has a conversation."""

    PERSON_WANTED = "person wanted"
    CLAIMED = "claimed"
    HANDED_BACK = "handed back"
    NOBODY_CAME = "nobody came"
    VISITOR_WROTE = "visitor wrote"
    CLOSED = "closed"


_FOLLOWING = {
    (ASSISTANT, Event.PERSON_WANTED): WAITING,
    (CLOSED, Event.PERSON_WANTED): WAITING,
    (ASSISTANT, Event.CLAIMED): PERSON,
    (WAITING, Event.CLAIMED): PERSON,
    (CLOSED, Event.CLAIMED): PERSON,
    (PERSON, Event.HANDED_BACK): ASSISTANT,
    (WAITING, Event.NOBODY_CAME): ASSISTANT,
    (CLOSED, Event.VISITOR_WROTE): ASSISTANT,
    (ASSISTANT, Event.CLOSED): CLOSED,
    (WAITING, Event.CLOSED): CLOSED,
    (PERSON, Event.CLOSED): CLOSED,
}


def following(state: str, event: Event) -> str | None:
    """The state after an event; None where it changes nothing, or cannot happen."""
    return _FOLLOWING.get((state, event))


def states_before(event: Event) -> tuple[str, ...]:
    """The states in which an event can happen."""
    return tuple(state for state, possible in _FOLLOWING if possible is event)
