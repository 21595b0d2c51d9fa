"""Every address of the console: who may open it, and what the audit calls it. What is not here is not there."""

from candidacy.console.access.roles import Permission
from candidacy.console.addresses import ENROL_PATH
from candidacy.console.endpoints import (
    audit,
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

ROUTES: tuple[ConsoleRoute, ...] = (
    ConsoleRoute("GET", "/healthz", health.healthz, EVERYBODY, asks_who=False),
    ConsoleRoute("GET", "/readyz", health.readyz, EVERYBODY, asks_who=False),
    ConsoleRoute("GET", "/static/{name}", static_files.static_file, EVERYBODY, asks_who=False),
    ConsoleRoute("GET", "/sign-in", sign_in.sign_in_page, EVERYBODY),
    ConsoleRoute("POST", "/sign-in", sign_in.sign_in, EVERYBODY, audit="staff.sign_in"),
    ConsoleRoute("GET", sign_in.RECOVERY_PATH, sign_in.sign_in_page, EVERYBODY),
    ConsoleRoute("POST", sign_in.RECOVERY_PATH, sign_in.sign_in, EVERYBODY, audit="staff.sign_in"),
    ConsoleRoute("GET", ENROL_PATH, enrolment.enrolment_page, EVERYBODY),
    ConsoleRoute("POST", ENROL_PATH, enrolment.enrol, EVERYBODY, audit="staff.enrol"),
    ConsoleRoute("POST", "/sign-out", sign_in.sign_out, OWN, audit="staff.sign_out"),
    ConsoleRoute("GET", "/session", session.session_left, OWN, keeps_session=False),
    ConsoleRoute("POST", "/session", session.stay, OWN),
    ConsoleRoute("GET", "/", home.home, OWN),
    ConsoleRoute("GET", "/account", own_account.account_page, OWN),
    ConsoleRoute("POST", "/account/password", own_account.change_password, OWN, audit="staff.change_password"),
    ConsoleRoute(
        "POST", "/account/recovery-codes", own_account.renew_recovery_codes, OWN, audit="staff.renew_recovery_codes"
    ),
    ConsoleRoute("GET", staff.STAFF_PATH, staff.staff_page, Permission.MANAGE_STAFF),
    ConsoleRoute("POST", staff.STAFF_PATH, staff.add, Permission.MANAGE_STAFF, audit="staff.add"),
    ConsoleRoute("POST", "/staff/{id:int}/reset", staff.reset, Permission.MANAGE_STAFF, audit="staff.reset"),
    ConsoleRoute("POST", "/staff/{id:int}/disable", staff.disable, Permission.MANAGE_STAFF, audit="staff.disable"),
    ConsoleRoute("POST", "/staff/{id:int}/role", staff.change_role, Permission.MANAGE_STAFF, audit="staff.change_role"),
    ConsoleRoute("GET", "/audit", audit.audit_page, Permission.READ_AUDIT, audit="audit.view"),
)
