"""Codes of an authenticator app (TOTP, RFC 6238): six digits, a new one every 30 seconds."""

import re
from datetime import datetime

import pyotp
import segno
from pyotp.exceptions import OTPVerificationError

STEPS_EITHER_WAY = 1
"""A code is taken one step before and after its own: clocks differ, and typing takes time (RFC 6238, section 5.2)."""
QR_SCALE = 5
"""Pixels of the picture for each module of the QR code."""

_CODE = re.compile("[0-9]{6}")
_BETWEEN_DIGITS = re.compile(r"[\s-]")


def new_totp_key() -> str:
    """A random key of 160 bits, in base 32."""
    return pyotp.random_base32()


def accepted_step(key: str, code: str, *, last_step: int | None, now: datetime) -> int | None:
    """The time step whose code was typed, or None when the code is wrong, too old, or was used already.

    Args:
        key: the account's key.
        code: as it was typed, maybe with blanks.
        last_step: the step of the last code that was accepted; neither it nor an older one counts again.
        now: the present.
    """
    digits = _BETWEEN_DIGITS.sub("", code)
    if not _CODE.fullmatch(digits):
        return None
    try:
        step = pyotp.TOTP(key).verify_and_get_timecode(digits, for_time=now, valid_window=STEPS_EITHER_WAY)
    except OTPVerificationError:
        return None
    return step if last_step is None or step > last_step else None


def totp_address(key: str, *, sign_in_name: str, issuer: str) -> str:
    """The address that authenticator apps read from a QR code."""
    return pyotp.TOTP(key).provisioning_uri(name=sign_in_name, issuer_name=issuer)


def qr_picture(text: str) -> str:
    """The text as a QR code: an SVG element without inline style, dark on light whatever the page's colors."""
    code = segno.make(text, error="m", micro=False)
    return code.svg_inline(scale=QR_SCALE, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True)


def spaced(key: str) -> str:
    """The key in groups of four, to be typed."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))
