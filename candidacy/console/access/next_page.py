"""Where to go on after signing in: only to a page of our own. Pure."""

from urllib.parse import urlsplit

HOME = "/"


def own_page(address: str) -> str:
    """The address if it is a page of the console, else the front page.

    Browsers take a backslash for a slash and drop control characters, so an address with either is none of ours.
    """
    if not address.startswith("/") or address.startswith("//"):
        return HOME
    if "\\" in address or any(ord(letter) < 0x21 or ord(letter) == 0x7F for letter in address):
        return HOME
    parts = urlsplit(address)
    return HOME if parts.scheme or parts.netloc else address
