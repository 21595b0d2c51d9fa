"""The console's first account: made at the first start, so that somebody can sign in and add the others."""

from candidacy.console.account_errors import AdministrationError
from candidacy.console.addresses import enrol_url
from candidacy.console.administration import FIRST_SIGN_IN_NAME
from candidacy.console.operator import operator
from candidacy.launcher.errors import LaunchError
from candidacy.settings import Settings


def first_account_lines(settings: Settings) -> tuple[str, ...]:
    """Make the account where there is none yet; gives what to say of it, and of an account that nobody has set up.

    Raises:
        LaunchError: the database cannot be used.
    """
    try:
        with operator(settings, name="first start") as first:
            invitation = first.add_first()
            set_up = any(account.enrolled_at for account in first.accounts())
    except AdministrationError as error:
        raise LaunchError(str(error)) from error
    if invitation is not None:
        return (
            "",
            f"The console's first account is {invitation.account.sign_in_name}. Set it up within a day with this link,",
            "which can be used once and is not shown again:",
            f"  {enrol_url(settings, invitation.token)}",
        )
    if not set_up:
        return (
            "",
            f"Nobody can sign in to the console yet. For a new link: candidacy staff reset {FIRST_SIGN_IN_NAME}",
        )
    return ()
