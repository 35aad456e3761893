"""References stand in the front matter of the articles and techniques that cite them; each is stored once."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from blog.forms import ReferenceForm
from blog.models import Reference
from catalog.texts.front_matter import Document

from .files import Refused, save
from .report import Report

Seen = dict[str, tuple[str, dict[str, Any]]]


def load_references(document: Document, report: Report, seen: Seen) -> None:
    """Within the transaction of its file. `seen`: what other files of this run said of the same keys."""
    references = document.meta.get("references") or []
    if not isinstance(references, list):
        raise Refused((document.line_of("references"), _("“references” must be a list.")))
    for index, data in enumerate(references):
        _load(document, index, data, report, seen)


def _load(document: Document, index: int, data: Any, report: Report, seen: Seen) -> None:
    line = document.line_of("references", index)
    if not isinstance(data, dict):
        raise Refused((line, _("A reference is a list of names and values.")))
    if unknown := [name for name in data if name not in ReferenceForm.base_fields]:
        raise Refused((document.line_of("references", index, unknown[0]), _("A reference has no “%s”.") % unknown[0]))
    key = str(data.get("key", ""))
    _refuse_contradiction(line, key, data, document, seen)
    reference = Reference.objects.filter(key=key).first()
    outcome = save(ReferenceForm(data, instance=reference), document, "references", index)
    if key not in seen:
        report.count("reference", key, outcome)
    seen[key] = (document.path.name, data)


def _refuse_contradiction(line: int, key: str, data: dict[str, Any], document: Document, seen: Seen) -> None:
    """Else every run would change the reference back and forth."""
    name, earlier = seen.get(key, (document.path.name, data))
    if earlier != data:
        raise Refused((line, _("“%(key)s” is told differently in %(name)s.") % {"key": key, "name": name}))
