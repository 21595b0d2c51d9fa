"""Files that were made of conversations, so that they go too when somebody in them is erased."""

import contextlib
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from candidacy.records.console.tables import export_contents, exports


def record_export(
    session: Session, *, path: Path, made_by: str, conversation_ids: Collection[str], now: datetime
) -> int:
    """Note a file, before it is written, and the conversations it has something of; returns the note's id."""
    result = session.execute(insert(exports).values(path=str(path.absolute()), made_by=made_by, at=now))
    export_id = int(result.inserted_primary_key[0])
    rows = [{"export_id": export_id, "conversation_id": one} for one in dict.fromkeys(conversation_ids)]
    if rows:
        session.execute(insert(export_contents), rows)
    return export_id


def doom_exports(session: Session, *, conversation_id: str, now: datetime) -> None:
    """Have every file with something of a conversation deleted at the next `delete_doomed_exports`."""
    with_it = select(export_contents.c.export_id).where(export_contents.c.conversation_id == conversation_id)
    session.execute(
        update(exports).where(exports.c.id.in_(with_it), exports.c.doomed_at.is_(None)).values(doomed_at=now)
    )


def delete_doomed_exports(session: Session) -> list[Path]:
    """Delete the files that are due, and forget them; returns their paths.

    A file that another machine wrote, or that was moved, is not there to be deleted: it is forgotten all the same. One
    that cannot be deleted stays due.
    """
    gone = []
    for row in session.execute(select(exports.c.id, exports.c.path).where(exports.c.doomed_at.is_not(None))).all():
        with contextlib.suppress(PermissionError, IsADirectoryError):
            Path(row.path).unlink(missing_ok=True)
            session.execute(delete(exports).where(exports.c.id == row.id))
            gone.append(Path(row.path))
    return gone
