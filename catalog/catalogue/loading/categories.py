"""categories.csv: ranges and techniques. A technique's text, title, summary and picture come from its own file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from catalog.catalogue.models import Category, Product, TechniqueProduct
from catalog.catalogue.search_changes import note_products
from catalog.search.changes import one_write
from catalog.texts import front_matter

from .files import beside, photograph_of, replace_if_other, text_of
from .outcome import Load, assign
from .table import Row, Table, read

COLUMNS = {"slug", "name", "parent_slug", "kind", "position"}


@dataclass
class Item:
    slug: str
    parent_slug: str
    fields: dict[str, Any]
    image: Path | None
    document: front_matter.Document | None


def load(table: Table, load: Load) -> None:
    items = _read(table)
    if table.problems:
        return
    with one_write():
        categories = {category.slug: category for category in Category.objects.all()}
        for item in items:
            _write(item, categories, load)


def _read(table: Table) -> list[Item]:
    known, seen = set(Category.objects.values_list("slug", flat=True)), set[str]()
    alts = {row.raw("file"): row.raw("alt") for row in _images_beside(table)}
    items = []
    for row in table:
        slug, parent = row.text("slug", most=255, required=True), row.text("parent_slug")
        if slug in seen:
            row.complain("slug", _("“%s” stands above already.") % slug)
        if parent and parent not in known | seen:
            row.complain("parent_slug", _("There is no category “%s” above this row.") % parent)
        seen.add(slug)
        items.append(_item(row, slug, parent, alts))
    return items


def _images_beside(table: Table) -> Table:
    path = table.path.parent / "images.csv"
    return read(path) if path.is_file() else Table(path)


def _item(row: Row, slug: str, parent: str, alts: dict[str, str]) -> Item:
    kind = row.choice("kind", ("range", "technique"))
    document = document_of(row) if kind == "technique" and row.raw("body_file") else None
    meta = document.meta if document else {}
    name = str(meta.get("image") or row.raw("image"))
    return Item(
        slug=slug,
        parent_slug=parent,
        fields={
            "name": str(meta.get("title") or row.text("name", most=255, required=True)),
            "kind": kind,
            "position": row.whole_number("position", required=True),
            "summary": str(meta.get("summary") or row.text("summary", most=1000)),
            "description": document.text if document else text_of(row, "body_file"),
            "image_alt": alts.get(name, ""),
        },
        image=photograph_of(row, "image", name=name) if name else None,
        document=document,
    )


def document_of(row: Row) -> front_matter.Document | None:
    path = beside(row, "body_file")
    if path is None:
        return None
    try:
        return front_matter.read(path)
    except front_matter.FrontMatterError as error:
        row.table.complain(error.line, "", error.reason, file=path.name)
        return None


def _write(item: Item, categories: dict[str, Category], load: Load) -> None:
    category = categories.get(item.slug)
    if category and load.new_only:
        load.count(item.slug)
        return
    is_new = category is None
    if category is None:
        category = _add(item, categories)
        categories[item.slug] = category
    is_changed = assign(category, item.fields)
    if item.image:
        is_changed |= replace_if_other(category, "image", item.image)
    if is_changed or is_new:
        category.save()
    load.count(item.slug, is_new=is_new, is_changed=is_changed)


def _add(item: Item, categories: dict[str, Category]) -> Category:
    fresh = Category(slug=item.slug, name=item.fields["name"])
    if not item.parent_slug:
        Category.objects.add_root(instance=fresh)
    else:
        # Read again: treebeard counts a parent's children in the row.
        parent = Category.objects.get(pk=categories[item.parent_slug].pk)
        Category.objects.add_child(parent, instance=fresh)
    return fresh


def load_technique_tools(table: Table, load: Load) -> None:
    """The tools that techniques name. Called after the products are there; complaints name the technique's file."""
    wanted: dict[str, list[Product]] = {}
    for row in table:
        document = document_of(row) if row.raw("kind") == "technique" and row.raw("body_file") else None
        if document:
            wanted[row.raw("slug")] = _tools(table, document)
    if table.problems:
        return
    with one_write():
        for slug, products in wanted.items():
            _link(Category.objects.get(slug=slug), products, load)


def _tools(table: Table, document: front_matter.Document) -> list[Product]:
    skus = [str(sku) for sku in document.meta.get("related_products") or []]
    products = {str(product.upc): product for product in Product.objects.filter(upc__in=skus)}
    for place, sku in enumerate(skus):
        if sku not in products:
            line = document.line_of("related_products", place)
            table.complain(line, "related_products", _("There is no product “%s”.") % sku, file=document.path.name)
    return [products[sku] for sku in skus if sku in products]


def _link(technique: Category, products: list[Product], load: Load) -> None:
    rows = TechniqueProduct.objects.filter(category=technique)
    current, wanted = list(rows.values_list("product_id", flat=True)), [product.pk for product in products]
    if current == wanted or (current and load.new_only):
        return
    rows.delete()  # each tells the search of itself; the new ones, made together, don't
    TechniqueProduct.objects.bulk_create(
        TechniqueProduct(category=technique, product_id=pk, position=place) for place, pk in enumerate(wanted)
    )
    note_products(wanted)
    load.count(technique.slug, is_changed=True)
