"""What each role may do."""

import pytest

from candidacy.console.access.roles import PERMISSIONS, Permission, may


@pytest.mark.parametrize(
    ("role", "permission", "held"),
    [
        ("reader", Permission.READ_CONVERSATIONS, True),
        ("reader", Permission.ANNOTATE, False),
        ("agent", Permission.ANSWER, True),
        ("agent", Permission.APPROVE, False),
        ("agent", Permission.EXPORT, False),
        ("reviewer", Permission.APPROVE, True),
        ("reviewer", Permission.ANSWER, False),
        ("reviewer", Permission.MANAGE_STAFF, False),
        ("administrator", Permission.ERASE, True),
        (None, Permission.SIGN_IN, True),
        (None, Permission.KEEP_OWN_ACCOUNT, False),
        ("owner", Permission.SIGN_IN, False),
    ],
)
def test_may(role: str | None, permission: Permission, held: bool) -> None:
    assert may(role, permission) is held


@pytest.mark.parametrize("permission", set(Permission) - {Permission.SIGN_IN}, ids=lambda permission: permission.name)
def test_who_is_not_signed_in_may_sign_in_alone(permission: Permission) -> None:
    assert not may(None, permission)


def test_an_administrator_may_everything() -> None:
    assert PERMISSIONS["administrator"] == set(Permission)
