"""Front matter into forms: what every loader of Markdown files does in the same way."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction
from django.forms import ModelForm
from django.utils.translation import gettext as _

from catalog.texts.front_matter import Document, FrontMatterError, read

from .report import Outcome, Report


class Refused(Exception):
    """Undoes what was written of a file. Problems are (line, reason)."""

    def __init__(self, *problems: tuple[int, str]) -> None:
        super().__init__(problems)
        self.problems = problems


def documents(folder: Path, report: Report) -> Iterator[Document]:
    """All readable files of a folder, by name; the others are reported."""
    for path in sorted(folder.glob("*.md")):
        try:
            yield read(path)
        except FrontMatterError as error:
            report.refuse(path, error.line, error.reason)


@contextmanager
def whole_or_nothing(document: Document, report: Report) -> Iterator[None]:
    """One file is one transaction; a refusal undoes it and goes into the report."""
    try:
        with transaction.atomic():
            yield
    except Refused as refusal:
        for line, reason in refusal.problems:
            report.refuse(document.path, line, reason)


def refuse_unknown_names(document: Document, known: Collection[str]) -> None:
    unknown = [name for name in document.meta if name not in known]
    if unknown:
        raise Refused(*((document.line_of(name), _("“%s” is not a name of this file.") % name) for name in unknown))


def save(form: ModelForm[Any], document: Document, *place: str | int, text_field: str = "source") -> Outcome:
    """Saves what is new or different; complaints of the form are told with the line they are about."""
    if not form.is_valid():
        raise Refused(*_problems(form, document, place, text_field))
    if form.instance.pk and not form.has_changed():
        return "unchanged"
    outcome: Outcome = "changed" if form.instance.pk else "new"
    form.save()
    return outcome


def _problems(
    form: ModelForm[Any], document: Document, place: tuple[str | int, ...], text_field: str
) -> Iterator[tuple[int, str]]:
    for name, errors in form.errors.items():
        line = document.text_line if name == text_field and not place else document.line_of(*place, name)
        label = "" if name == "__all__" else f"{name}: "
        yield line, label + " ".join(str(error) for error in errors)


def list_of_words(document: Document, name: str) -> list[str]:
    """A list of plain values; anything else is refused with its line."""
    value = document.meta.get(name) or []
    if not isinstance(value, list) or any(isinstance(item, dict | list) or item is None for item in value):
        raise Refused((document.line_of(name), _("“%s” must be a list of words, one a line.") % name))
    return [str(item) for item in value]
