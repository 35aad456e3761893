"""ARCHITECTURE.md tells which template serves which address; made from what was looked at, so that it stays true.

WRITE_MAP=1 ./bin/test tests/reach/test_map.py writes it anew.
"""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.reach.addresses import ARGUMENT, RE_ARGUMENT
from tests.reach.looking import Found

pytestmark = pytest.mark.django_db

FILE = Path(settings.BASE_DIR) / "ARCHITECTURE.md"
BEGIN, END = "<!-- the map of pages: written by tests/reach/test_map.py -->", "<!-- end of the map -->"


def test_architecture_tells_which_template_serves_which_address(found: Found) -> None:
    text = FILE.read_text()
    before, rest = text.split(BEGIN)
    written, after = rest.split(END)
    table = f"\n{_table(found)}\n"
    if os.environ.get("WRITE_MAP"):
        FILE.write_text(before + BEGIN + table + END + after)
    else:
        assert written == table, "run WRITE_MAP=1 ./bin/test tests/reach/test_map.py"


def _table(found: Found) -> str:
    served: dict[str, set[str]] = {}
    for page in found.pages:
        if page.who != "error":
            served.setdefault(page.template, set()).add(_plain(page.route))
    rows = [
        f"| `{template}` | {' '.join(f'`{route}`' for route in sorted(routes))} |"
        for template, routes in served.items()
    ]
    return "\n".join(["| template | addresses |", "|---|---|", *sorted(rows)])


def _plain(route: str) -> str:
    return "/" + re.sub(ARGUMENT, r"‹\1›", RE_ARGUMENT.sub(r"‹\1›", route)).replace("^", "").replace("$", "")
