"""Where [text](page:slug) leads."""

from collections.abc import Collection, Mapping

from .models import Page


def page_addresses(keys: Mapping[str, Collection[str]]) -> dict[tuple[str, str], str]:
    pages = Page.objects.filter(slug__in=keys["page"]).only("slug")
    return {("page", page.slug): page.get_absolute_url() for page in pages}
