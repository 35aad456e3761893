"""Every table that public pages are made of is watched; a new table or a new page can't be forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import filter as matching
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.models import Article, Tag
from catalog.catalogue.models import Category, Product
from supplier.pagecache.decorators import MARK
from supplier.pagecache.triggers import install_triggers
from supplier.pagecache.watching import SHOWN, UNWATCHED, is_watched
from supplier.pages.sitemaps import SITEMAPS
from tests.factories.catalogue import make_image, make_parent, put_into
from tests.routes import all_routes
from tests.test_access import World, addresses

from .conftest import Visitor

pytestmark = pytest.mark.django_db


def public_paths() -> list[str]:
    """Patterns of all addresses whose views are kept for visitors."""
    return [path for path, view in all_routes() if hasattr(view, MARK)]


@pytest.fixture
def world(clinic_buyer: Any) -> World:
    """With everything that a page can show."""
    world = World(clinic_buyer)
    product = Product.objects.get(title="Spiky Palm Ball")
    parent = make_parent()
    product.primary_recommendations.create(recommendation=parent)
    make_image(product)
    put_into(Category.objects.get(slug="rollers"), product, parent)
    Category.objects.get(slug="deep-hand-massage").technique_products.add(product, parent)
    article = Article.objects.get()
    article.source = f"See [it](product:{product.upc}) and [all](category:rollers).\n\n::product{{sku={parent.upc}}}\n"
    article.save()
    article.tags.add(Tag.objects.create(name="Sleep", slug="sleep"))
    article.article_products.create(product=product)
    world.values["journal/tags"] = {"slug": "sleep"}
    return world


def urls_of(world: World, path: str) -> list[str]:
    if path.startswith("sitemap-"):
        return [f"/sitemap-{section}.xml" for section in SITEMAPS]
    return ["/about/"] if path == "<slug:slug>/" else [world.fill(path) + ("?q=spiky" if path == "search/" else "")]


def queries_for(world: World) -> Iterator[str]:
    for url in (url for path in public_paths() for url in urls_of(world, path)):
        with CaptureQueriesContext(connection) as queries:
            response = Visitor().get(url)
        assert response.status_code == 200, (url, response.status_code)
        yield from (query["sql"] for query in queries)


def test_every_table_that_a_public_page_reads_is_watched(world: World):
    known = set(connection.introspection.table_names())
    read = set()
    for sql in queries_for(world):
        read |= set(re.findall(r'"?(\w+)"?', sql)) & known
    read.discard("pagecache_change")
    assert {"catalogue_product", "partner_stockrecord", "blog_article", "shipping_deliverymethod"} <= read
    assert [table for table in sorted(read) if not is_watched(table)] == []


def test_the_pages_of_a_crowd_are_kept():
    paths = set(public_paths())
    assert {"", "products/", "techniques/", "techniques/<slug:slug>/", "journal/", "search/", "messages/"} <= paths
    assert {"journal/<slug:slug>/", "journal/tags/<slug:slug>/", "<slug:slug>/"} <= paths
    assert paths <= set(addresses())


def test_every_other_table_has_its_triggers():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, count(t.oid) FROM pg_class c LEFT JOIN pg_trigger t"
            " ON t.tgrelid = c.oid AND starts_with(t.tgname, 'pagecache_')"
            " WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace GROUP BY 1"
        )
        for table, triggers in cursor.fetchall():
            assert triggers == (4 if is_watched(table) else 0), table


def test_every_reason_names_a_table():
    """A pattern for a table that is gone, or was never there, hides the next table of that name."""
    known = connection.introspection.table_names()
    assert [pattern for pattern in UNWATCHED if not matching(known, pattern)] == []
    assert set(SHOWN) <= set(known)


def test_new_table_is_watched_and_left_out_table_let_go(monkeypatch: Any):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE catalogue_colour (id int)")
        install_triggers()
        assert _triggers_on(cursor, "catalogue_colour") == 4
        monkeypatch.setitem(UNWATCHED, "catalogue_colour", "a test")
        install_triggers()
        assert _triggers_on(cursor, "catalogue_colour") == 0


def test_changed_comparison_replaces_its_trigger_only(monkeypatch: Any):
    def triggers() -> set[tuple[str, int]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tgname, oid FROM pg_trigger WHERE tgrelid = 'partner_stockrecord'::regclass")
            return {(name, oid) for name, oid in cursor.fetchall() if name.startswith("pagecache_")}

    before = triggers()
    monkeypatch.setitem(SHOWN, "partner_stockrecord", "id, price")
    install_triggers()
    assert len(before - triggers()) == len(triggers() - before) == 1


def _triggers_on(cursor: Any, table: str) -> int:
    cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass", [table])
    return int(cursor.fetchone()[0])
