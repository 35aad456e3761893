"""What every template and stylesheet keeps to."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
STATIC = Path(settings.BASE_DIR) / "static"
#: Letters are read by mail programs, which want their styles inline.
PAGES = sorted(
    path for path in TEMPLATES.rglob("*.html") if path.relative_to(TEMPLATES).parts[0] not in ("emails", "pdf")
)
INLINE = re.compile(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]* src=)")
FIRST_VISIT_BYTES = 60_000


def name(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_pages_hold_no_inline_style_or_script(path: Path) -> None:
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", sorted((TEMPLATES / "components").glob("*.html")), ids=name)
def test_components_tell_their_parameters_first(path: Path) -> None:
    assert "{% comment %}" in path.read_text()[:120]


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_static_files_that_a_page_names_exist(path: Path) -> None:
    names = re.findall(r"\{% static ['\"]([^'\"]+)['\"] %\}", path.read_text())
    assert [name for name in names if not (STATIC / name).exists()] == []


@pytest.mark.parametrize("path", sorted((STATIC / "css").glob("*.css")), ids=name)
def test_files_that_a_stylesheet_names_exist(path: Path) -> None:
    names = re.findall(r'url\("([^"]+)"\)', path.read_text())
    assert [name for name in names if not (path.parent / name).exists()] == []


@pytest.mark.parametrize("path", sorted((STATIC / "css").glob("*.css")), ids=name)
def test_colours_come_from_the_tokens(path: Path) -> None:
    """Only these files know colours."""
    if path.name not in ("tokens.css", "print.css", "admin.css"):
        assert re.findall(r"#[0-9a-f]{3,8}\b|oklch\(|rgb\(", path.read_text().replace("#000 ", "")) == []


def test_styles_and_scripts_of_a_first_visit_are_small() -> None:
    files = [*(STATIC / "css").glob("*.css"), *(STATIC / "js").rglob("*.js")]
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < FIRST_VISIT_BYTES
