"""Where [text](page:slug) leads."""

from collections.abc import Collection

from .models import Page


def page_addresses(slugs: Collection[str]) -> dict[str, str]:
    return {page.slug: page.get_absolute_url() for page in Page.objects.filter(slug__in=slugs).only("slug")}
