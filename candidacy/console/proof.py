"""Showing who one is: password and code, counted before they are looked at, and used up in the transaction they open.

An attempt counts as failed from its beginning, and no longer when it has succeeded: so of many at once none is free.
"""

from dataclasses import dataclass, field
from datetime import datetime

import anyio
import anyio.to_thread
from sqlalchemy.orm import Session

from candidacy.console.access.lockout import (
    ADDRESS_ALLOWANCE,
    FORGOTTEN_AFTER,
    NAME_ALLOWANCE,
    failures_still_counted,
    wait_until,
)
from candidacy.console.access.names import as_sign_in_name
from candidacy.console.access.recovery_codes import hash_recovery_code
from candidacy.console.access.totp import accepted_step
from candidacy.console.context import ConsoleContext
from candidacy.records.encryption import Cipher
from candidacy.records.staff.attempts import (
    forget_attempts,
    forget_attempts_before,
    hold_attempts,
    set_attempts,
    take_back_attempt,
)
from candidacy.records.staff.credentials import Credentials, find_credentials, set_password, use_totp_step
from candidacy.records.staff.recovery_codes import use_recovery_code
from candidacy.web.transactions import read, write


@dataclass(frozen=True)
class Proof:
    """What was typed, and where from."""

    sign_in_name: str = field(repr=False)
    password: str = field(repr=False)
    code: str = field(repr=False)
    is_recovery_code: bool
    address: str


@dataclass(frozen=True)
class CheckedProof:
    """A proof whose password is right, and whose code is not yet used up."""

    staff_id: int
    step: int | None
    code_hash: str | None = field(repr=False)
    new_password_hash: str | None = field(repr=False)
    """Where the kept one was made with parameters of earlier times."""
    name_key: str
    address_key: str


class ProofRefused(Exception):
    """Name, password or code is wrong, or the code was used.

    Args:
        staff_id: whose name it was; None when it is nobody's. For the audit alone: who asks must not be told.
    """

    def __init__(self, staff_id: int | None = None) -> None:
        super().__init__()
        self.staff_id = staff_id


class TooManyAttempts(Exception):
    """Too many failed for this name, whether or not it exists, or from this network address.

    Args:
        until: when the next one may be made.
    """

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


async def check_proof(context: ConsoleContext, proof: Proof) -> CheckedProof:
    """Compare a proof with what is kept; the attempt is counted until `use_proof` takes it back.

    Raises:
        ProofRefused, TooManyAttempts.
        RecordsUnavailable: the database cannot be used now.
        EncryptionKeyError: no key opens what is kept.
    """
    name = as_sign_in_name(proof.sign_in_name)
    name_key = attempts_key(context.cipher, kind="name", value=name)
    address_key = attempts_key(context.cipher, kind="address", value=proof.address)
    now = context.now()
    await write(context.database, begin_attempt, name_key=name_key, address_key=address_key, now=now)
    kept = await read(context.database, find_credentials, cipher=context.cipher, sign_in_name=name)
    match = await anyio.to_thread.run_sync(
        context.passwords.compare, kept.password_hash if kept else None, proof.password, limiter=context.comparing
    )
    step = _step(kept, proof, now=now)
    if kept is None or not match.right or (step is None and not proof.is_recovery_code):
        raise ProofRefused(kept.staff_id if kept else None)
    renewed = None
    if match.outdated:
        renewed = await anyio.to_thread.run_sync(context.passwords.hash, proof.password, limiter=context.comparing)
    return CheckedProof(
        staff_id=kept.staff_id,
        step=step,
        code_hash=hash_recovery_code(proof.code) if proof.is_recovery_code else None,
        new_password_hash=renewed,
        name_key=name_key,
        address_key=address_key,
    )


def begin_attempt(session: Session, *, name_key: str, address_key: str, now: datetime) -> None:
    """Count an attempt as failed until it has succeeded; raises TooManyAttempts, and then counts nothing."""
    forget_attempts_before(session, before=now - FORGOTTEN_AFTER)
    counts = []
    for key, allowance in ((name_key, NAME_ALLOWANCE), (address_key, ADDRESS_ALLOWANCE)):
        attempts = hold_attempts(session, key=key, now=now)
        until = wait_until(attempts, allowance=allowance, now=now)
        if until is not None:
            raise TooManyAttempts(until)
        counts.append((key, failures_still_counted(attempts, now=now) + 1))
    for key, failures in counts:
        set_attempts(session, key=key, failures=failures, now=now)


def use_proof(session: Session, *, checked: CheckedProof, now: datetime) -> None:
    """Use the code up and count the attempt no longer; raises ProofRefused when another request used the code."""
    if checked.code_hash is not None:
        used = use_recovery_code(session, staff_id=checked.staff_id, code_hash=checked.code_hash, now=now)
    else:
        used = checked.step is not None and use_totp_step(session, staff_id=checked.staff_id, step=checked.step)
    if not used:
        raise ProofRefused(checked.staff_id)
    if checked.new_password_hash is not None:
        set_password(session, staff_id=checked.staff_id, password_hash=checked.new_password_hash)
    forget_attempts(session, key=checked.name_key)
    take_back_attempt(session, key=checked.address_key)


def attempts_key(cipher: Cipher, *, kind: str, value: str) -> str:
    """The fingerprint under which the attempts of a ``name`` or an ``address`` are counted."""
    return cipher.blind_index(f"staff sign-in {kind} {value}")


def _step(kept: Credentials | None, proof: Proof, *, now: datetime) -> int | None:
    if kept is None or proof.is_recovery_code:
        return None
    return accepted_step(kept.totp_key, proof.code, last_step=kept.totp_last_step, now=now)
