"""Classes: what a page uses is styled, and what is styled is used."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
AREAS = ("supplier", "catalog", "blog")
CSS_CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
CLASS_VALUE = re.compile(r'\bclass="([^"]*(?:"[^">]*"[^">]*)*?)"(?=[\s>{/])')
WORD = re.compile(r"[a-zA-Z_][\w-]*")
#: The text between quotes, on one line.
QUOTED = re.compile(r"""["'`]([^"'`\n]*)["'`]""")
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
#: Used but not styled: hooks for scripts and for people who look into the page.
WITHOUT_STYLE: dict[str, str] = {"addresses": "a plain list"}
#: Styled but not ours to use.
USED_ELSEWHERE = {
    "admin.css": "class names of the Django admin",
}


def styled() -> dict[str, str]:
    """Class to the file that styles it."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "static/css").glob("*.css")):
        for name in CSS_CLASS.findall(selectors_of(path.read_text())):
            found.setdefault(name, path.name)
    return found


def selectors_of(text: str) -> str:
    text = re.sub(r'/\*.*?\*/|"[^"]*"', "", text, flags=re.DOTALL)
    return " ".join(re.findall(r"([^{};]+)\{", text))


def pages() -> list[Path]:
    return [path for path in sorted((ROOT / "templates").rglob("*.html")) if "emails" not in path.parts]


def used_in_pages() -> dict[str, str]:
    """Class, or its fixed beginning followed by *, to a page that uses it."""
    found: dict[str, str] = {}
    for path in pages():
        for value in CLASS_VALUE.findall(path.read_text()):
            for name in classes_in(value):
                found.setdefault(name, str(path.relative_to(ROOT)))
    return found


def classes_in(value: str) -> list[str]:
    """`btn{% if x %} btn--quiet{% endif %} state--{{ kind }}` → btn, btn--quiet, state--*"""
    value = re.sub(r"\{\{.*?\}\}|\{% (?:firstof|cycle|widget_type).*?%\}", "*", value)
    value = re.sub(r"(\w--)\{% if.*?\{% endif %\}", r"\1*", value)
    return [name for name in TAG.sub(" ", value).split() if name != "*"]


def words_of_the_project() -> set[str]:
    """Words that may be a class: in class attributes and quoted in tags, scripts and Python (widgets carry theirs)."""
    texts = [value for page in pages() for value in CLASS_VALUE.findall(page.read_text())]
    texts += [tag for page in pages() for tag in TAG.findall(page.read_text())]
    files = [*(ROOT / "static/js").rglob("*.js"), *(path for area in AREAS for path in (ROOT / area).rglob("*.py"))]
    texts += [text for file in files for text in QUOTED.findall(file.read_text())]
    return {word for text in texts for word in WORD.findall(text)}


def test_each_class_of_a_page_is_styled() -> None:
    known = styled()
    missing = {
        name: page
        for name, page in used_in_pages().items()
        if name not in WITHOUT_STYLE
        and name not in known
        and not (name.endswith("*") and any(other.startswith(name.rstrip("*")) for other in known))
    }
    assert missing == {}


def test_each_styled_class_is_used() -> None:
    words = words_of_the_project()
    beginnings = tuple(name.split("*")[0] for name in used_in_pages() if name.split("*")[0].endswith("--"))
    dead = {
        name: file
        for name, file in styled().items()
        if file not in USED_ELSEWHERE and name not in words and not name.startswith(beginnings)
    }
    assert dead == {}


def test_the_exceptions_are_still_needed() -> None:
    assert [name for name in WITHOUT_STYLE if name in styled() or name not in used_in_pages()] == []
    assert [name for name in USED_ELSEWHERE if not (ROOT / "static/css" / name).exists()] == []


def test_classes_are_read_out_of_template_tags() -> None:
    assert classes_in('btn{% if a == "b" %} btn--quiet{% endif %} state--{{ kind }}') == [
        "btn",
        "btn--quiet",
        "state--*",
    ]
