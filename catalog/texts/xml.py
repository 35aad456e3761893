"""Text for XML documents that are written by hand, a piece at a time."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

#: What XML 1.0 can't hold, however it is written.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, value: object) -> str:
    """`<name>value</name>`; nothing for nothing."""
    text = _FORBIDDEN.sub("", str(value))
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def tidy(text: str) -> str:
    """In one line, with single spaces."""
    return " ".join(text.split())
