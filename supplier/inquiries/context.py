"""The page that a message came from: "product:SKU", "article:slug", "technique:slug" or "page:slug"."""

import re
from dataclasses import dataclass

from catalog.catalogue.models import Product
from catalog.search.models import SearchEntry
from catalog.texts import links

_SHAPE = re.compile(r"(?P<kind>[a-z]{1,20}):(?P<key>[\w.\-]{1,150})")


@dataclass(frozen=True)
class Context:
    """Title and url are empty when there is no such page (any more): the message counts, not its page."""

    kind: str = ""
    key: str = ""
    title: str = ""
    url: str = ""


def is_context(about: str) -> bool:
    return bool(_SHAPE.fullmatch(about))


def find_context(about: str) -> Context:
    shape = _SHAPE.fullmatch(about)
    if not shape:
        return Context()
    kind, key = shape["kind"], shape["key"]
    if about == "page:home":
        return Context(kind, key, url="/")
    title, url = _product(key) if kind == "product" else _page(kind, key)
    return Context(kind, key, title[:255], url[:500])


def _product(sku: str) -> tuple[str, str]:
    product = Product.objects.filter(upc=sku, is_public=True).select_related("parent").first()
    return (str(product.get_title()), product.get_absolute_url()) if product else ("", "")


def _page(kind: str, key: str) -> tuple[str, str]:
    url = links.addresses([f"{kind}:{key}"]).get((kind, key), "")
    title = SearchEntry.objects.filter(url=url).values_list("title", flat=True).first() if url else ""
    return title or "", url
