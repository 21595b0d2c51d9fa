"""The pages that stand in the navigation, for those who may open them."""

from dataclasses import dataclass

from candidacy.console.access.roles import Permission, may


@dataclass(frozen=True)
class Place:
    """A page in the navigation."""

    title: str
    path: str
    needs: Permission


PLACES = (
    Place("Inbox", "/inbox", Permission.READ_CONVERSATIONS),
    Place("Search", "/search", Permission.READ_CONVERSATIONS),
    Place("Call-backs", "/call-backs", Permission.WORK_CALL_BACKS),
    Place("Corrections", "/corrections", Permission.CORRECT),
    Place("Numbers", "/numbers", Permission.READ_NUMBERS),
    Place("Exports", "/exports", Permission.EXPORT),
    Place("Staff", "/staff", Permission.MANAGE_STAFF),
    Place("Audit", "/audit", Permission.READ_AUDIT),
    Place("Your account", "/account", Permission.KEEP_OWN_ACCOUNT),
)


def places_for(role: str | None) -> tuple[Place, ...]:
    """The pages that a role may open, in their order."""
    return tuple(place for place in PLACES if may(role, place.needs))
