"""The feed for Google's Merchant Center: what is for sale, each variant by itself, at the price of its page.

RSS 2.0 with Google's own names (support.google.com/merchants/answer/7052112). It is written a piece at a time, so that
neither memory nor the number of queries for a piece grows with the shop.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from catalog.partner.strategy import PublicStrategy
from catalog.shipping.countries import UK
from catalog.shipping.models import DeliveryMethod
from catalog.texts.body import Body
from catalog.texts.xml import element, tidy
from supplier.accounts.letters import absolute_url

from .facts import Values
from .gtin import public_gtin
from .models import Category, Product, ProductCategory, ProductImage
from .offers import Offer, offers_of
from .shelf import Shelf, gather
from .structured import size_of

CHUNK = 200
#: Google cuts longer ones.
LONGEST_TITLE, LONGEST_DESCRIPTION, MOST_IMAGES = 150, 5000, 10
#: Fewer letters say nothing about a thing; Google wants a description of every one.
SHORTEST_DESCRIPTION = 20

_NAMESPACE = "http://base.google.com/ns/1.0"
_AVAILABILITY = {"in": "in_stock", "few": "in_stock", "none": "out_of_stock"}


def write_feed() -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="{_NAMESPACE}"><channel>\n'
    yield element("title", settings.COMPANY["brand"]) + element("link", absolute_url("/"))
    yield element("description", _("Tools for hand massage, with today’s prices and stock.")) + "\n"
    methods = list(DeliveryMethod.objects.to_homes())
    for products in _chunks():
        yield "".join(_items_of(products, methods))
    yield "</channel></rss>\n"


def _chunks() -> Iterator[list[Product]]:
    """By key, not by number of the row: the last chunk costs what the first one does."""
    last = 0
    while True:
        rows = Product.objects.listed().select_related("product_class").defer("description", "cost")
        products = list(rows.filter(pk__gt=last).order_by("pk")[:CHUNK])
        if not products:
            return
        yield products
        last = products[-1].pk


def _items_of(products: Sequence[Product], methods: Sequence[DeliveryMethod]) -> Iterator[str]:
    shelf, strategy, types = gather(products), PublicStrategy(), _product_types(products)
    for product in products:
        description = _description(product)
        for offer in offers_of(product, shelf, strategy):
            images = _images(offer.product, product, shelf)
            if offer.price and images and len(description) >= SHORTEST_DESCRIPTION:
                parts = _parts(product, offer, shelf, images, methods)
                common = [element("g:description", description), element("g:product_type", types.get(product.pk, ""))]
                yield f"<item>{''.join([*parts, *common])}</item>\n"


def _parts(
    product: Product,
    offer: Offer,
    shelf: Shelf,
    images: Sequence[ProductImage],
    methods: Sequence[DeliveryMethod],
) -> Iterator[str]:
    values = shelf.values_of(offer.product)
    yield element("g:id", offer.sku or offer.product.pk)
    yield element("g:item_group_id", product.upc or product.pk) if product.is_parent else ""
    yield element("g:title", tidy(offer.product.get_title())[:LONGEST_TITLE])
    yield element("g:link", absolute_url(offer.product.page_url))
    yield element("g:image_link", absolute_url(images[0].original.url))
    for image in images[1 : MOST_IMAGES + 1]:
        yield element("g:additional_image_link", absolute_url(image.original.url))
    yield element("g:availability", _AVAILABILITY[offer.stock_state])
    yield element("g:price", money(offer.price.incl_tax, offer.price.currency))
    yield element("g:condition", "new")
    yield element("g:brand", settings.COMPANY["brand"])
    kind = product.product_class.slug if product.product_class else ""
    yield element("g:google_product_category", settings.GOOGLE_PRODUCT_CATEGORIES.get(kind, ""))
    yield element("g:mpn", offer.sku)
    yield element("g:gtin", public_gtin(values.get("gtin")))
    yield from _qualities(values)
    yield from _shipping(offer, values, methods)


def _qualities(values: Values) -> Iterator[str]:
    yield element("g:color", "/".join(values.get("colour") or []))
    yield element("g:material", "/".join(values.get("material") or []))
    yield element("g:size", size_of(values))


def _shipping(offer: Offer, values: Values, methods: Sequence[DeliveryMethod]) -> Iterator[str]:
    weight = int(values.get("weight_g") or 0)
    for method in methods:
        if method.takes(weight):
            cost = money(method.price_for(offer.price.incl_tax), offer.price.currency)
            days = (("min", method.days_min), ("max", method.days_max))
            told = [element("g:country", UK), element("g:service", method.name), element("g:price", cost)]
            told += [element(f"g:{end}_handling_time", 0) for end, _days in days]
            told += [element(f"g:{end}_transit_time", number) for end, number in days]
            yield f"<g:shipping>{''.join(told)}</g:shipping>"
    yield element("g:shipping_weight", f"{weight} g" if weight else "")


def money(amount: Decimal, currency: str) -> str:
    return f"{amount:.2f} {currency}"


def _images(product: Product, parent: Product, shelf: Shelf) -> list[ProductImage]:
    """Its own first, then those of what it is a variant of."""
    own = shelf.images.get(product.pk, [])
    return [*own, *(shelf.images.get(parent.pk, []) if product.pk != parent.pk else [])]


def _description(product: Product) -> str:
    """Summary and text, without any markup."""
    words = f"{product.summary}\n{Body.from_json(product.body).plain()}"
    return tidy(words)[:LONGEST_DESCRIPTION]


def _product_types(products: Sequence[Product]) -> dict[int, str]:
    """ "Hand tools > Rollers": the deepest public range of each, in two queries."""
    paths = list(ProductCategory.objects.filter(product__in=products).values_list("product_id", "category__path"))
    wanted = {step for _key, path in paths for step in Category.paths_to(path)}
    ranges = Category.objects.filter(path__in=wanted, is_public=True, ancestors_are_public=True)
    names: dict[str, Any] = dict(ranges.filter(kind=Category.Kind.RANGE).values_list("path", "name"))
    deepest: dict[int, str] = {}
    for key, path in sorted(paths, key=lambda pair: (len(pair[1]), pair[1])):
        if path in names:
            deepest[key] = path
    return {key: _way_to(path, names) for key, path in deepest.items()}


def _way_to(path: str, names: dict[str, str]) -> str:
    return " > ".join(names[step] for step in Category.paths_to(path) if step in names)
