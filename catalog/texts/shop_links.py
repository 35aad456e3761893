"""Addresses of ranges and techniques for links in texts: category:slug, technique:slug."""

from collections.abc import Collection, Mapping

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import Left, Length

from catalog.catalogue.models import Category


def category_addresses(keys: Mapping[str, Collection[str]]) -> dict[tuple[str, str], str]:
    wanted = Q(kind=Category.Kind.RANGE, slug__in=keys.get("category", ())) | Q(
        kind=Category.Kind.TECHNIQUE, slug__in=keys.get("technique", ())
    )
    found = with_slugs_above(Category.objects.filter(wanted, is_public=True, ancestors_are_public=True))
    return {("technique" if row.is_technique else "category", row.slug): address_of(row) for row in found}


def with_slugs_above(categories: QuerySet[Category]) -> QuerySet[Category]:
    """Oscar would ask the database for the parents of each category to make its address."""
    above = Category.objects.annotate(start=Left(OuterRef("path"), Length("path"))).filter(path=F("start"))
    slugs = above.filter(depth__lt=OuterRef("depth")).order_by("depth").values("slug")
    return categories.only("path", "depth", "slug", "kind").annotate(slugs_above=ArraySubquery(slugs))


def address_of(category: Category) -> str:
    """`category` comes from with_slugs_above."""
    if category.is_technique:
        return category.get_absolute_url()
    slugs: list[str] = category.slugs_above  # type: ignore[attr-defined]
    return str(category._get_absolute_url(parent_slug="/".join(slugs)))
