"""Addresses of ranges without a query for each ancestor, and the way that leads to a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from supplier.accounts.letters import absolute_url

from .models import Category, ProductCategory


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    url: str


def trail_of(categories: Sequence[Category]) -> list[Step]:
    """Steps from the root down; `categories` are one branch of the tree, root first."""
    steps: list[Step] = []
    slugs: list[str] = []
    for category in categories:
        slugs.append(category.slug)
        steps.append(Step(category.name, address_of(category, slugs)))
    return steps


def address_of(category: Category, slugs: Iterable[str]) -> str:
    if category.is_technique:
        return category.get_absolute_url()
    return reverse("catalogue:category", kwargs={"category_slug": "/".join(slugs), "pk": category.pk})


def branch_of(product_id: int) -> list[Category]:
    """The branch to show above a product: its most particular public range, else its technique. One query."""
    belongs = ProductCategory.objects.filter(product_id=product_id, category__path__startswith=OuterRef("path"))
    public = Category.objects.filter(is_public=True, ancestors_are_public=True)
    categories = list(public.filter(Exists(belongs)).defer("description", "body", "long_description").order_by("path"))
    leaf = max(categories, key=lambda category: (not category.is_technique, category.depth), default=None)
    return [category for category in categories if leaf and leaf.path.startswith(category.path)]


def tools_step() -> Step:
    return Step(_("Tools"), reverse("catalogue:index"))


def breadcrumb_steps(first: Iterable[Step], *, name: str, url: str) -> list[tuple[str, str]]:
    """For schema.org: absolute addresses, the page itself last."""
    return [(step.name, absolute_url(step.url)) for step in (*first, Step(name, url))]
