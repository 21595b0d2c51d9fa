"""Every address of the console: who may open it, and what the audit calls it. What is not here is not there."""

from candidacy.console.access.roles import Permission
from candidacy.console.addresses import ENROL_PATH
from candidacy.console.casework_routes import CASEWORK_ROUTES
from candidacy.console.conversation_routes import CONVERSATION_ROUTES
from candidacy.console.endpoints import (
    audit,
    description,
    enrolment,
    health,
    home,
    own_account,
    session,
    sign_in,
    staff,
    static_files,
)
from candidacy.console.route import ConsoleRoute

EVERYBODY = Permission.SIGN_IN
OWN = Permission.KEEP_OWN_ACCOUNT
MANAGE = Permission.MANAGE_STAFF

_PROOF = ("present_password", "code")
_SIGN_IN = ("name", "password", "code", "next")

ROUTES: tuple[ConsoleRoute, ...] = (
    ConsoleRoute("GET", "/healthz", health.healthz, EVERYBODY, answers="json", asks_who=False),
    ConsoleRoute("GET", "/readyz", health.readyz, EVERYBODY, answers="json", asks_who=False),
    ConsoleRoute("GET", "/static/{name}", static_files.static_file, EVERYBODY, answers="file", asks_who=False),
    ConsoleRoute("GET", "/openapi.json", description.openapi, OWN, answers="json", keeps_session=False),
    ConsoleRoute("GET", "/sign-in", sign_in.sign_in_page, EVERYBODY, query=("next", "ended")),
    ConsoleRoute("POST", "/sign-in", sign_in.sign_in, EVERYBODY, audit="staff.sign_in", fields=_SIGN_IN),
    ConsoleRoute("GET", sign_in.RECOVERY_PATH, sign_in.sign_in_page, EVERYBODY, query=("next",)),
    ConsoleRoute("POST", sign_in.RECOVERY_PATH, sign_in.sign_in, EVERYBODY, audit="staff.sign_in", fields=_SIGN_IN),
    ConsoleRoute("GET", ENROL_PATH, enrolment.enrolment_page, EVERYBODY, query=("link",)),
    ConsoleRoute(
        "POST",
        ENROL_PATH,
        enrolment.enrol,
        EVERYBODY,
        audit="staff.enrol",
        fields=("link", "password", "repeated", "code"),
    ),
    ConsoleRoute("POST", "/sign-out", sign_in.sign_out, OWN, audit="staff.sign_out"),
    ConsoleRoute("GET", "/session", session.session_left, OWN, answers="json", keeps_session=False),
    ConsoleRoute("POST", "/session", session.stay, OWN, answers="json"),
    ConsoleRoute("GET", "/", home.home, OWN),
    ConsoleRoute("GET", "/account", own_account.account_page, OWN),
    ConsoleRoute(
        "POST",
        "/account/password",
        own_account.change_password,
        OWN,
        audit="staff.change_password",
        fields=("password", "repeated", *_PROOF),
    ),
    ConsoleRoute(
        "POST",
        "/account/recovery-codes",
        own_account.renew_recovery_codes,
        OWN,
        audit="staff.renew_recovery_codes",
        fields=_PROOF,
    ),
    ConsoleRoute("GET", staff.STAFF_PATH, staff.staff_page, MANAGE),
    ConsoleRoute(
        "POST", staff.STAFF_PATH, staff.add, MANAGE, audit="staff.add", fields=("full_name", "sign_in_name", "role")
    ),
    ConsoleRoute("POST", "/staff/{id:int}/reset", staff.reset, MANAGE, audit="staff.reset"),
    ConsoleRoute("POST", "/staff/{id:int}/disable", staff.disable, MANAGE, audit="staff.disable"),
    ConsoleRoute(
        "POST", "/staff/{id:int}/role", staff.change_role, MANAGE, audit="staff.change_role", fields=("role",)
    ),
    ConsoleRoute(
        "GET", "/audit", audit.audit_page, Permission.READ_AUDIT, audit="audit.view", query=("before", "subject")
    ),
    *CONVERSATION_ROUTES,
    *CASEWORK_ROUTES,
)
