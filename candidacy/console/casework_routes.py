"""The addresses of staff's work after a conversation: call-backs, corrections, numbers, exports, deletion and holds."""

from candidacy.console.access.roles import Permission
from candidacy.console.endpoints import call_backs, corrections, numbers
from candidacy.console.route import ConsoleRoute

CALL = Permission.WORK_CALL_BACKS
CORRECT = Permission.CORRECT
APPROVE = Permission.APPROVE
NUMBERS = Permission.READ_NUMBERS

_ONE_CALL_BACK = f"{call_backs.CALL_BACKS_PATH}/{{id:int}}"

CASEWORK_ROUTES: tuple[ConsoleRoute, ...] = (
    ConsoleRoute(
        "GET",
        call_backs.CALL_BACKS_PATH,
        call_backs.call_backs_page,
        CALL,
        audit="call_back.list",
        query=("mine", "after"),
    ),
    ConsoleRoute("GET", _ONE_CALL_BACK, call_backs.call_back, CALL, audit="call_back.view"),
    ConsoleRoute("POST", f"{_ONE_CALL_BACK}/claim", call_backs.claim, CALL, audit="call_back.claim"),
    ConsoleRoute("POST", f"{_ONE_CALL_BACK}/release", call_backs.release, CALL, audit="call_back.release"),
    ConsoleRoute(
        "POST",
        f"{_ONE_CALL_BACK}/attempts",
        call_backs.attempt,
        CALL,
        audit="call_back.attempt",
        fields=("outcome", "note", "next_attempt_at"),
    ),
    ConsoleRoute(
        "POST", f"{_ONE_CALL_BACK}/close", call_backs.close, CALL, audit="call_back.close", fields=("reason",)
    ),
    ConsoleRoute("GET", corrections.CORRECTION_PATH, corrections.correction_page, CORRECT, audit="correction.open"),
    ConsoleRoute(
        "POST",
        corrections.CORRECTION_PATH,
        corrections.propose,
        CORRECT,
        audit="correction.propose",
        fields=("kind", "topic", "asked", "subject", "danger"),
    ),
    ConsoleRoute(
        "GET",
        corrections.CORRECTIONS_PATH,
        corrections.corrections,
        CORRECT,
        audit="correction.list",
        query=("state", "after"),
    ),
    ConsoleRoute(
        "POST",
        f"{corrections.CORRECTIONS_PATH}/{{id:int}}/approve",
        corrections.approve,
        APPROVE,
        audit="correction.approve",
        fields=("text",),
    ),
    ConsoleRoute(
        "POST",
        f"{corrections.CORRECTIONS_PATH}/{{id:int}}/reject",
        corrections.reject,
        APPROVE,
        audit="correction.reject",
    ),
    ConsoleRoute("GET", numbers.NUMBERS_PATH, numbers.numbers_page, NUMBERS, query=("begun_from", "begun_to")),
)
