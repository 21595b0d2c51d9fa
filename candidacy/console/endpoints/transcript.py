"""A conversation: who said what, what was understood, and beside it what is known and what staff noted."""

import secrets
from collections.abc import Callable
from dataclasses import replace

from starlette.responses import Response

from candidacy.casework.custody import PERSON, Event, states_before
from candidacy.console.conversations.address import conversation_address, is_conversation_id, message_address
from candidacy.console.conversations.message_line import message_line
from candidacy.console.conversations.opened import open_conversation
from candidacy.console.conversations.quiet_notice import QuietNotice
from candidacy.console.errors import Refusal, Words
from candidacy.console.number_field import read_number
from candidacy.console.staff_request import StaffRequest
from candidacy.consultation.telephone import readable_telephone

VIEW = "conversation.view"
"""What the audit calls it when a transcript is shown, also after a form with a mistake."""
GONE = Words("There is no such conversation", "The address is wrong, or it was deleted. Go on from the inbox.")


def conversation_of(request: StaffRequest) -> str:
    """The id of the conversation in the address; raises Refusal 404 where it can be none."""
    conversation_id = str(request.http.path_params["id"])
    if not is_conversation_id(conversation_id):
        raise Refusal(404, GONE)
    return conversation_id


def subject_of(conversation_id: str) -> str:
    """A conversation as the audit names it."""
    return f"conversation/{conversation_id}"


async def transcript_page(request: StaffRequest) -> Response:
    """GET /conversations/{id}?before=: the newest 50 turns, or those before a position."""
    before = read_number(request.http.query_params.get("before", ""))
    return await shown(request, conversation_of(request), before=before)


async def shown(
    request: StaffRequest,
    conversation_id: str,
    *,
    before: int | None = None,
    status: int = 200,
    error: str | None = None,
    quiet: QuietNotice | None = None,
    typed: str = "",
) -> Response:
    """The page of a conversation, entered in the audit as seen; with what went wrong, and what was typed and not sent.

    `quiet` has staff choose when a reply is texted.

    Raises:
        Refusal: there is no such conversation.
    """
    opened = await request.read(
        open_conversation, cipher=request.context.cipher, conversation_id=conversation_id, before=before
    )
    if opened is None:
        raise Refusal(404, GONE)
    entry = request.entry(subject=subject_of(conversation_id), detail={"before": before} if before else None)
    await request.note(replace(entry, action=VIEW))
    context, header = request.context, opened.header
    on_page = {message.id: message for message in opened.page.messages}
    positions = {message.position for message in opened.page.messages}
    return request.page(
        "conversation.html",
        status=status,
        opened=opened,
        header=header,
        lines=[
            message_line(message, labels=context.pages.labels, written=context.pages.written)
            for message in opened.page.messages
        ],
        on_page=on_page,
        source=lambda position: (
            f"#m{position}"
            if position in positions
            else message_address(conversation_id, position, last_position=header.last_position)
        ),
        here=conversation_address(conversation_id),
        is_newest=before is None,
        is_mine=header.state == PERSON and header.assignee_id == request.account.id,
        may_be_claimed=header.state in states_before(Event.CLAIMED),
        may_be_closed=header.state in states_before(Event.CLOSED),
        canned_replies=context.canned_replies,
        message_key=secrets.token_urlsafe(12),
        question=_question(request),
        telephone=lambda number: readable_telephone(number, region=context.settings.clinic_region),
        longest=context.settings.message_max_length,
        error=error,
        quiet=quiet,
        typed=typed,
    )


def _question(request: StaffRequest) -> Callable[[str], str]:
    texts = request.context.texts

    def words(question: str) -> str:
        """A question of the screening as it is put; its id where it is put no more."""
        name = f"utter_ask_{question}"
        return texts.phrase(name) if texts.has(name) else question.replace("_", " ")

    return words
