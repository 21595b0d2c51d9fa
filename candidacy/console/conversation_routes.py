"""The addresses of conversations: the inbox, the search, transcripts, and what staff do in them."""

from candidacy.casework.inbox_filter import FILTER_NAMES
from candidacy.console.access.roles import Permission
from candidacy.console.conversations.address import CURSOR, EVENTS_PATH, INBOX_PATH, ROWS_PATH
from candidacy.console.endpoints import annotations, custody, inbox, live, search, transcript
from candidacy.console.route import ConsoleRoute

READ = Permission.READ_CONVERSATIONS
ANNOTATE = Permission.ANNOTATE
ANSWER = Permission.ANSWER

_ONE = "/conversations/{id}"

CONVERSATION_ROUTES: tuple[ConsoleRoute, ...] = (
    ConsoleRoute("GET", INBOX_PATH, inbox.inbox_page, READ, audit="conversation.list", query=(*FILTER_NAMES, CURSOR)),
    ConsoleRoute("GET", ROWS_PATH, inbox.inbox_rows, READ, query=FILTER_NAMES, answers="json", keeps_session=False),
    ConsoleRoute("GET", EVENTS_PATH, live.inbox_events, READ, answers="stream", keeps_session=False),
    ConsoleRoute("POST", inbox.FILTERS_PATH, inbox.save, READ, audit="filter.save", fields=("name", *FILTER_NAMES)),
    ConsoleRoute("POST", f"{inbox.FILTERS_PATH}/{{id:int}}/forget", inbox.forget, READ, audit="filter.forget"),
    ConsoleRoute("GET", search.SEARCH_PATH, search.search_page, READ),
    ConsoleRoute(
        "POST",
        search.SEARCH_PATH,
        search.search,
        READ,
        audit="conversation.search",
        fields=("by", "words", "tag", *search.DAYS, "before"),
    ),
    ConsoleRoute("GET", _ONE, transcript.transcript_page, READ, audit=transcript.VIEW, query=("before",)),
    ConsoleRoute(
        "GET",
        f"{_ONE}/events",
        live.conversation_events,
        READ,
        audit="conversation.follow",
        query=("after",),
        answers="stream",
        keeps_session=False,
    ),
    ConsoleRoute("POST", f"{_ONE}/claim", custody.claim, ANSWER, audit="conversation.claim"),
    ConsoleRoute("POST", f"{_ONE}/take", custody.take, ANSWER, audit="conversation.take", fields=("holder_id",)),
    ConsoleRoute(
        "POST",
        f"{_ONE}/reply",
        custody.reply,
        ANSWER,
        audit="conversation.reply",
        fields=("text", "message_key", "when"),
    ),
    ConsoleRoute("POST", f"{_ONE}/hand-back", custody.hand_back, ANSWER, audit="conversation.hand_back"),
    ConsoleRoute("POST", f"{_ONE}/close", custody.close, ANSWER, audit="conversation.close"),
    ConsoleRoute("POST", f"{_ONE}/acknowledge", annotations.acknowledge, ANNOTATE, audit="conversation.acknowledge"),
    ConsoleRoute("POST", f"{_ONE}/notes", annotations.note, ANNOTATE, audit="conversation.note", fields=("text",)),
    ConsoleRoute("POST", f"{_ONE}/tags", annotations.tag, ANNOTATE, audit="conversation.tag", fields=("tag",)),
    ConsoleRoute(
        "POST", f"{_ONE}/tags/remove", annotations.untag, ANNOTATE, audit="conversation.untag", fields=("tag",)
    ),
)
