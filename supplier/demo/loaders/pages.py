from __future__ import annotations

from pathlib import Path

from supplier.pages.forms import PageForm
from supplier.pages.models import Page

from .files import documents, refuse_unknown_names, save, whole_or_nothing
from .report import Report

NAMES = ("title", "slug", "description", "updated_on")


def load(folder: Path, report: Report) -> None:
    """The plain pages in `folder`/pages."""
    for document in documents(folder / "pages", report):
        with whole_or_nothing(document, report):
            refuse_unknown_names(document, NAMES)
            page = Page.objects.filter(slug=str(document.meta.get("slug"))).first()
            outcome = save(PageForm(document.meta | {"source": document.text}, instance=page), document)
            report.count("page", str(document.meta["slug"]), outcome)
