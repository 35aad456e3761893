"""The style of pages that must show whatever else is broken: written into the page itself, so that it needs no file.

Made of the same files as every page, as they lie beside the code: a half-done collectstatic or a lost static folder
can't take it away. The Content Security Policy allows exactly this text, by its hash.
"""

import base64
import hashlib
from pathlib import Path

from .sheets import join

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
FILES = ("layers", "reset", "tokens", "base", "layout", "mark", "header", "button", "search", "utilities")

STYLE = join([(CSS / f"{name}.css").read_text() for name in FILES])
STYLE_HASH = f"'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"

#: For an answer that leaves before the middleware could add the site's own policy.
POLICY = (
    f"default-src 'self'; style-src 'self' {STYLE_HASH}; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)
