"""What other areas' pages show of the journal: notes below a text, and the articles about a tool or a technique."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from blog.models import Article, Reference
from catalog.catalogue.models import Category, Product
from catalog.texts.body import Body
from catalog.texts.display import Text

register = template.Library()


@register.inclusion_tag("blog/notes.html")
def notes(body: Mapping[str, Any] | Body | Text | list[Reference | None] | None) -> dict[str, Any]:
    """The numbered notes of a text, as a section of the page; nothing where it has none. A page may have them ready."""
    if isinstance(body, list):
        return {"references": body}
    if isinstance(body, Text):
        body = body.body
    keys = (body if isinstance(body, Body) else Body.from_json(body)).references
    return {"references": Reference.objects.in_order_of(keys)}


@register.simple_tag
def articles_about(subject: Product | Category, limit: int = 6) -> list[Article]:
    """Published articles about a product, or those that a technique's page names, in its order."""
    if isinstance(subject, Category):
        return list(Article.objects.about_technique(subject.pk)[:limit])
    return list(Article.objects.about_product(subject.parent_id or subject.pk)[:limit])
