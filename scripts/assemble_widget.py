"""Puts the widget's modules together into the one file that a page loads, so that one integrity hash covers it all.

Nothing is translated: each module's code stands in the file as it was written, after the modules that it imports,
without comments, import lines and the word `export`. Browsers run the modules as they are, too.
"""

import base64
import hashlib
import re
import sys
from pathlib import Path

WIDGET = Path(__file__).parent.parent / "candidacy/frontdesk/widget"
SOURCE = WIDGET / "src"
ENTRY = "start.js"
ASSEMBLED = WIDGET / "candidacy-chat.js"
README = Path(__file__).parent.parent / "README.md"

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const |class |function |async )", re.MULTILINE)
_COMMENT = re.compile(r"^[ ]*(?://.*|/\*[\s\S]*?\*/)\n", re.MULTILINE)
"""A comment with its lines to itself. Of the widget's strings only CSS has such lines, and means the same by them."""

_INTEGRITY = re.compile(r"sha384-[A-Za-z0-9+/]{64}")
_HEAD = "// The website chat of the clinic's automated assistant. Assembled from src/ by `make widget`: edit there.\n"


def assemble(source: Path = SOURCE) -> str:
    """The whole widget as one module."""
    modules = [_module(source / name) for name in _in_order(ENTRY, source, [])]
    return "\n".join([_HEAD, *modules])


def integrity(script: str) -> str:
    """The value of the script tag's integrity attribute (W3C Subresource Integrity)."""
    digest = hashlib.sha384(script.encode()).digest()
    return f"sha384-{base64.b64encode(digest).decode()}"


def _in_order(name: str, source: Path, known: list[str]) -> list[str]:
    """The module's name after the names of all that it imports, each once."""
    for imported in _IMPORT.findall((source / name).read_text(encoding="utf-8")):
        if imported not in known:
            _in_order(imported, source, known)
    known.append(name)
    return known


def _module(path: Path) -> str:
    text = _COMMENT.sub("", _IMPORT.sub("", path.read_text(encoding="utf-8")))
    return f"// {path.name}\n{_EXPORT.sub('', text).strip()}\n"


def main() -> None:
    """Write the file, and its hash into the README."""
    script = assemble()
    ASSEMBLED.write_text(script, encoding="utf-8")
    README.write_text(_INTEGRITY.sub(integrity(script), README.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{ASSEMBLED.name}: {integrity(script)}\n")


if __name__ == "__main__":
    main()
