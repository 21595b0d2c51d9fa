"""Roles and what each may do: the one table that every page and every button asks."""

from enum import Enum


class Permission(Enum):
    """What a page or an action can need; the value says it in words, as a refusal does."""

    SIGN_IN = "sign in"
    """Held by everybody, also by those who are not signed in: nothing about a visitor may ask for this alone."""
    KEEP_OWN_ACCOUNT = "see and change their own account"
    READ_CONVERSATIONS = "read and search conversations"
    READ_NUMBERS = "see the numbers"
    ANNOTATE = "write notes and tags, and acknowledge red flags"
    ANSWER = "take a conversation over, answer in it, and hand it back"
    WORK_CALL_BACKS = "work through the call-backs"
    CORRECT = "mark what the assistant got wrong"
    APPROVE = "approve the corrections of others"
    EXPORT = "take data out of the console"
    ERASE = "delete a person's data, and hold it against deletion"
    MANAGE_STAFF = "manage the accounts of staff"
    READ_AUDIT = "read the audit"


_ANYBODY = frozenset({Permission.SIGN_IN})
_READER = _ANYBODY | {Permission.KEEP_OWN_ACCOUNT, Permission.READ_CONVERSATIONS, Permission.READ_NUMBERS}
_AGENT = _READER | {Permission.ANNOTATE, Permission.ANSWER, Permission.WORK_CALL_BACKS, Permission.CORRECT}
_REVIEWER = _READER | {Permission.ANNOTATE, Permission.CORRECT, Permission.APPROVE, Permission.EXPORT}

PERMISSIONS: dict[str | None, frozenset[Permission]] = {
    None: _ANYBODY,
    "reader": _READER,
    "agent": _AGENT,
    "reviewer": _REVIEWER,
    "administrator": frozenset(Permission),
}
"""By role (`staff_tables.ROLES`); None is somebody who is not signed in."""


def may(role: str | None, permission: Permission) -> bool:
    """Whether a role holds a permission; a role that is not in the table holds none."""
    return permission in PERMISSIONS.get(role, frozenset())
