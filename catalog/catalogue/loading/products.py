"""products.csv: products, parents and their variants, with stock, attributes and recommendations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from oscar.apps.address.models import Country

from catalog.catalogue.facts import values_of
from catalog.catalogue.models import Category, Product, ProductCategory, ProductRecommendation
from catalog.partner.models import Partner, StockRecord
from catalog.search.changes import one_write

from .attributes import Classes, read_values, write_values
from .files import text_of
from .outcome import Load, assign
from .table import Row, Table

COLUMNS = {"sku", "parent_sku", "title", "product_class", "categories", "price_gbp", "stock", "published"}
PARTNER = "Stillhand"


@dataclass
class Item:
    """A row that was read without a problem."""

    sku: str
    parent_sku: str
    is_parent: bool
    product_class: str
    fields: dict[str, Any]
    categories: list[str]
    related: list[str]
    values: dict[str, Any]
    price: Decimal | None
    stock: int | None
    low_stock_at: int | None
    product: Product | None = field(default=None)

    @property
    def structure(self) -> str:
        if self.parent_sku:
            return Product.CHILD
        return Product.PARENT if self.is_parent else Product.STANDALONE


def load(table: Table, load: Load) -> None:
    items = _Reader(table).read()
    if table.problems:
        return
    with one_write():
        _Writer(items, load).write()


class _Reader:
    def __init__(self, table: Table) -> None:
        self.table = table
        self.parents = {row.raw("parent_sku") for row in table} - {""}
        self.skus = {row.raw("sku") for row in table}
        self.known = set(Product.objects.exclude(upc=None).values_list("upc", flat=True))
        self.slugs = set(Category.objects.values_list("slug", flat=True))
        self.countries = set(Country.objects.values_list("pk", flat=True))
        self.seen: dict[str, Row] = {}

    def read(self) -> list[Item]:
        return [self._item(row) for row in self.table]

    def _item(self, row: Row) -> Item:
        sku, parent = row.text("sku", most=64, required=True), row.text("parent_sku", most=64)
        self._check_place(row, sku, parent)
        self.seen[sku] = row
        is_parent = sku in self.parents
        return Item(
            sku=sku,
            parent_sku=parent,
            is_parent=is_parent,
            product_class=row.text("product_class", most=128, required=not parent),
            fields=self._fields(row),
            categories=self._known(row, "categories", self.slugs, _("There is no category “%s”.")),
            related=self._known(row, "related_skus", self.known | self.skus, _("There is no product “%s”.")),
            values=self._values(row),
            price=self._price(row, is_parent),
            stock=row.whole_number("stock"),
            low_stock_at=row.whole_number("low_stock_at"),
        )

    def _check_place(self, row: Row, sku: str, parent: str) -> None:
        if sku and not re.fullmatch(r"[A-Za-z0-9][\w.-]*", sku):
            row.complain("sku", _("“%s” is no SKU: use letters, digits, dots and dashes.") % sku)
        if sku in self.seen:
            row.complain("sku", _("“%(sku)s” stands in line %(n)d already.") % {"sku": sku, "n": self.seen[sku].line})
        if parent and parent not in self.seen and parent not in self.known:
            row.complain("parent_sku", _("There is no product “%s” above this row.") % parent)
        elif parent in self.seen and self.seen[parent].raw("parent_sku"):
            row.complain("parent_sku", _("“%s” is itself a variant.") % parent)

    def _fields(self, row: Row) -> dict[str, Any]:
        return {
            "title": row.text("title", most=255, required=True),
            "variant_label": row.text("variant_label", most=80, required=bool(row.raw("parent_sku"))),
            "summary": row.text("summary", most=1000),
            "description": text_of(row, "body_file"),
            "is_public": row.choice("published", ("yes", "no")) == "yes",
            "cost": row.money("cost_gbp"),
            "case_pack": row.whole_number("case_pack"),
            "trade_moq": row.whole_number("trade_moq"),
            "lead_time_days": row.whole_number("lead_time_days"),
        }

    def _known(self, row: Row, column: str, known: set[str], reason: str) -> list[str]:
        values = row.words(column)
        for value in values:
            if value not in known:
                row.complain(column, reason % value)
        return values

    def _values(self, row: Row) -> dict[str, Any]:
        values = read_values(row)
        gtin, country = values.get("gtin", ""), values.get("country_of_origin", "")
        if gtin and not _is_ean13(gtin):
            row.complain("gtin", _("“%s” is no EAN-13: its last digit doesn’t fit the others.") % gtin)
        if country and country not in self.countries:
            row.complain("country_of_origin", _("“%s” is no country code, such as GB.") % country)
        return values

    def _price(self, row: Row, is_parent: bool) -> Decimal | None:
        price = row.money("price_gbp", required=not is_parent)
        if is_parent and price is not None:
            row.complain(
                "price_gbp", _("A product with variants has no price of its own. Give each variant its price.")
            )
        if price == 0:
            row.complain("price_gbp", _("The price must be more than 0."))
        return price


def _is_ean13(code: str) -> bool:
    if not re.fullmatch(r"[0-9]{13}", code):
        return False
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(code)) % 10 == 0


class _Writer:
    def __init__(self, items: list[Item], load: Load) -> None:
        self.items, self.load, self.classes = items, load, Classes()
        skus = {sku for item in items for sku in (item.sku, item.parent_sku, *item.related)}
        self.products = {str(product.upc): product for product in Product.objects.filter(upc__in=skus)}
        self.partner = Partner.objects.get_or_create(name=PARTNER)[0]
        self.categories = {category.slug: category for category in Category.objects.all()}
        self.values = values_of([product.pk for product in self.products.values()])
        self.existing = set(self.products)

    def write(self) -> None:
        changed: set[str] = set()
        for number, item in enumerate(self.items, start=1):
            self.load.tell(_("Products"), number=number, total=len(self.items))
            if self._is_kept(item):
                continue
            if self._write_item(item):
                changed.add(item.sku)
        for item in self.items:
            if self._is_kept(item):
                self.load.count(item.sku)
                continue
            if self._write_related(item):
                changed.add(item.sku)
            self.load.count(item.sku, is_new=item.sku not in self.existing, is_changed=item.sku in changed)

    def _is_kept(self, item: Item) -> bool:
        return self.load.new_only and item.sku in self.existing

    def _write_item(self, item: Item) -> bool:
        item.product = product = self.products.get(item.sku) or Product(upc=item.sku)
        parent = self.products.get(item.parent_sku)
        product_class = self.classes.get(item.product_class) if not parent else parent.get_product_class()
        own_class = None if parent else product_class
        fields = {**item.fields, "structure": item.structure, "parent": parent, "product_class": own_class}
        is_changed = assign(product, fields) or product.pk is None
        if is_changed:
            product.save()
        self.products[item.sku] = product
        parts = (
            write_values(
                product,
                product_class,
                wanted=item.values,
                current=self.values.get(product.pk, {}),
                classes=self.classes,
            ),
            self._write_categories(item, product),
            self._write_stock(item, product),
        )
        return is_changed or any(parts)

    def _write_categories(self, item: Item, product: Product) -> bool:
        wanted = {self.categories[slug].pk for slug in item.categories}
        current = set(ProductCategory.objects.filter(product=product).values_list("category_id", flat=True))
        ProductCategory.objects.filter(product=product, category_id__in=current - wanted).delete()
        for pk in sorted(wanted - current):
            ProductCategory.objects.create(product=product, category_id=pk)
        return wanted != current

    def _write_stock(self, item: Item, product: Product) -> bool:
        """The pieces in stock are taken from the file for a new record only: afterwards the shop itself counts them."""
        if item.is_parent:
            return False
        record = StockRecord.objects.filter(product=product, partner=self.partner).first()
        is_new = record is None
        if record is None:
            record = StockRecord(product=product, partner=self.partner, num_in_stock=item.stock or 0)
        values = {
            "partner_sku": item.sku,
            "price": item.price,
            "price_currency": settings.OSCAR_DEFAULT_CURRENCY,
            "low_stock_threshold": item.low_stock_at,
        }
        is_changed = assign(record, values) or is_new
        if is_changed:
            record.save()
        return is_changed

    def _write_related(self, item: Item) -> bool:
        product = self.products[item.sku]
        wanted = [self.products[sku].pk for sku in item.related]
        rows = ProductRecommendation.objects.filter(primary=product)
        if list(rows.order_by("-ranking", "pk").values_list("recommendation_id", flat=True)) == wanted:
            return False
        rows.delete()
        for place, pk in enumerate(wanted):
            ProductRecommendation.objects.create(primary=product, recommendation_id=pk, ranking=len(wanted) - place)
        return True
