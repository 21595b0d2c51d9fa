"""The audit, for administrators; that it was read is entered too."""

from starlette.responses import Response

from candidacy.console.number_field import read_number
from candidacy.console.staff_request import StaffRequest
from candidacy.records.audit import audit_page as read_audit_page

PAGE_LENGTH = 50


async def audit_page(request: StaffRequest) -> Response:
    """GET /audit?before=&subject=: newest first."""
    before = read_number(request.http.query_params.get("before", ""))
    subject = request.http.query_params.get("subject", "").strip() or None
    await request.note(request.entry(subject=subject, detail={"before": before} if before else None))
    # One more than is shown tells whether there are older ones.
    entries = await request.read(read_audit_page, before=before, subject=subject, limit=PAGE_LENGTH + 1)
    shown = entries[:PAGE_LENGTH]
    older = shown[-1].sequence if len(entries) > PAGE_LENGTH else None
    return request.page("audit.html", entries=shown, older=older, subject=subject or "")
