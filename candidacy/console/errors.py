"""How the console says no: a page that says what was wrong and what to do, and quotes nothing of the request."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import HTMLResponse, Response

from candidacy.console.pages import Pages

RETRY_AFTER_SECONDS = 5


@dataclass(frozen=True)
class Words:
    """What an error page says, and where it leads: to a page of the console, in the words of a link."""

    title: str
    text: str
    back: str = "/"
    back_words: str = "Go to the inbox"


ERRORS = {
    400: Words("The form could not be read", "Go back, load the page again, and send the form once more."),
    401: Words("You are not signed in", "Nothing was changed. Sign in and do it once more."),
    403: Words(
        "You may not do this", "Your role does not allow it. An administrator of the console can change your role."
    ),
    404: Words("There is nothing here", "The address is wrong, or what was here is gone. Go on from the navigation."),
    405: Words("This address takes no such request", "Go back and try again from the page itself."),
    409: Words("It has changed meanwhile", "Somebody else was faster. Load the page again to see how it is now."),
    413: Words("This is too much at once", "Shorten what you typed and send it again."),
    500: Words(
        "Something went wrong", "Nothing was changed. Try again; if it happens again, tell whoever runs the console."
    ),
    503: Words("The database cannot be reached", "Nothing was changed. Try again in a few seconds."),
}
"""By HTTP status."""

STALE_FORM = Words(
    "This page was open for too long",
    "Nothing was changed. Go back, load the page again so that it is fresh, and send it once more.",
)
FOREIGN_PAGE = Words("This came from another site", "Nothing was changed. Open the console itself and do it there.")


class Refusal(Exception):
    """A request that is refused.

    Args:
        status: the HTTP status.
        words: what the page says; by default what is said for the status.
    """

    def __init__(self, status: int, words: Words | None = None) -> None:
        super().__init__(status)
        self.status = status
        self.words = words or ERRORS[status]


def error_page(pages: Pages, status: int, words: Words | None = None) -> Response:
    """The page of an error, for whoever it is."""
    words = words or ERRORS.get(status, ERRORS[400])
    content = pages.render("error.html", account=None, form_token=None, seconds_left=None, path=None, words=words)
    return HTMLResponse(content, status_code=status, headers=error_headers(status))


def error_headers(status: int) -> Mapping[str, str]:
    """Headers that belong to a status."""
    return {"Retry-After": str(RETRY_AFTER_SECONDS)} if status == 503 else {}
