"""Every page that a customer can reach is valid HTML, in the eyes of the W3C's own checker."""

from pathlib import Path

import pytest

from tests.reach.checker import IS_SKIPPED, check
from tests.reach.looking import Found

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(IS_SKIPPED, reason="no Java found; install one or set REQUIRE_HTML_CHECKER=1 to demand it"),
]


def test_every_page_is_valid_html(found: Found, tmp_path: Path) -> None:
    names = {}
    for number, page in enumerate(found.pages):
        names[f"{number:03}"] = f"{page.name} ({page.template})"
        (tmp_path / f"{number:03}.html").write_text(page.html)
    assert len(names) > 80
    problems = {names[file]: lines for file, lines in check(tmp_path).items()}
    assert problems == {}


def test_checker_knows_wrong_from_right(tmp_path: Path) -> None:
    """An empty answer must not come from a checker that checks nothing."""
    (tmp_path / "wrong.html").write_text("<!doctype html><html lang=en><title>x</title><p><div id=a id=a></p>")
    (tmp_path / "right.html").write_text("<!doctype html><html lang=en><title>x</title><p>Fine</p>")
    assert list(check(tmp_path)) == ["wrong"]
