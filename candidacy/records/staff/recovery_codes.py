"""Recovery codes as they are kept: hashes, each of which counts once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from candidacy.records.staff_tables import staff_recovery_codes


def replace_recovery_codes(session: Session, *, staff_id: int, hashes: Sequence[str]) -> None:
    """Keep these codes alone; those before open nothing any more."""
    session.execute(delete(staff_recovery_codes).where(staff_recovery_codes.c.staff_id == staff_id))
    session.execute(
        insert(staff_recovery_codes), [{"staff_id": staff_id, "code_hash": code_hash} for code_hash in hashes]
    )


def use_recovery_code(session: Session, *, staff_id: int, code_hash: str, now: datetime) -> bool:
    """Use a code up; False when it is not the account's, or was used. Of several at once, one succeeds."""
    codes = staff_recovery_codes
    result = session.execute(
        update(codes)
        .where(codes.c.staff_id == staff_id, codes.c.code_hash == code_hash, codes.c.used_at.is_(None))
        .values(used_at=now)
    )
    return bool(result.rowcount)


def recovery_codes_left(session: Session, *, staff_id: int) -> int:
    """How many codes are still good."""
    codes = staff_recovery_codes
    return int(
        session.execute(
            select(func.count()).where(codes.c.staff_id == staff_id, codes.c.used_at.is_(None))
        ).scalar_one()
    )
