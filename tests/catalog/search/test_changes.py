"""Whatever changes a product, technique, article or page is in the search with the same commit."""

from __future__ import annotations

import datetime
import threading
from functools import partial
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.models import Article, ArticleTechnique, Tag
from catalog.catalogue.models import AttributeOption, Category, Product, ProductCategory, TechniqueProduct
from catalog.partner.models import StockRecord
from catalog.search import changes
from catalog.search.changes import note, one_write
from catalog.search.engine import Question, engine
from catalog.search.models import SearchEntry, SearchIndex, SearchText, SearchWord
from supplier.pages.models import Page
from tests.at_once import at_once
from tests.factories.catalogue import give_facts, make_parent, make_variant, put_into
from tests.factories.texts import make_range, make_technique, make_tool

pytestmark = pytest.mark.django_db


def titles(text: str = "", **chosen: tuple[str, ...]) -> list[str]:
    return [hit.title for hit in engine().search(Question(text=text, is_exact=True, chosen=chosen)).hits]


def make_article(slug: str, **fields: Any) -> Article:
    day = datetime.date(2026, 3, 1)
    values = {"title": slug.capitalize(), "description": "D", "author": "A", "source": "Text.", "published_on": day}
    return Article.objects.create(slug=slug, state="published", **{**values, **fields})


def snapshot() -> Any:
    """Everything the index holds, by the things' own keys."""
    entries = SearchEntry.objects.order_by("kind", "object_id")
    rows = entries.values_list(
        *("kind", "object_id", "title", "url", "summary", "category_ids", "offer_ids", "priority", "length_mm"),
        *("words__text", "words__vector", "words__names", "words__vocabulary"),
    )
    terms = dict(engine_terms())
    named = {(e.kind, e.object_id): sorted(terms[key] for key in e.terms) for e in entries}
    words = sorted(SearchWord.objects.values_list("shown", "word", "documents"))
    return list(rows), named, words


def engine_terms() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, group_code || ':' || value || ':' || name FROM search_searchterm")
        return cursor.fetchall()


def is_true() -> bool:
    """Nothing changes when all is written anew."""
    before = snapshot()
    call_command("rebuild_search", verbosity=0)
    return bool(before == snapshot())


# ---- every path that changes a product ----


def rename(tool: Product) -> None:
    tool.title = "Renamed"
    tool.save()


def _update_rows(tool: Product) -> None:
    Product.objects.filter(pk=tool.pk).update(title="Updated", summary="New words", priority=7)


def _update_bulk(tool: Product) -> None:
    tool.title = "In bulk"
    Product.objects.bulk_update([tool], ["title"])


def _unpublish_rows(tool: Product) -> None:
    Product.objects.filter(pk=tool.pk).update(is_public=False)


def _delete_rows(tool: Product) -> None:
    Product.objects.filter(pk=tool.pk).delete()


def _save_attribute(tool: Product) -> None:
    tool.attr.length_mm = 77
    tool.save()


def _set_options(tool: Product) -> None:
    value = tool.attribute_values.get(attribute__code="material")
    value.value_multi_option.set([AttributeOption.objects.create(group=value.attribute.option_group, option="walnut")])


def _clear_options(tool: Product) -> None:
    tool.attribute_values.get(attribute__code="material").value_multi_option.clear()


def _delete_attributes(tool: Product) -> None:
    tool.attribute_values.all().delete()


def _rename_option(tool: Product) -> None:
    option = AttributeOption.objects.get(option="beech")
    option.option = "oiled beech"
    option.save()


def _delete_option(tool: Product) -> None:
    AttributeOption.objects.get(option="beech").delete()


def _add_category(tool: Product) -> None:
    tool.categories.add(Category.objects.get(slug="sets"))


def _clear_categories(tool: Product) -> None:
    tool.categories.clear()


def _delete_link(tool: Product) -> None:
    ProductCategory.objects.filter(product=tool).delete()


def _show_on_technique(tool: Product) -> None:
    Category.objects.get(slug="deep").technique_products.add(tool, through_defaults={"position": 1})


def _save_tool_of_technique(tool: Product) -> None:
    TechniqueProduct.objects.create(category=Category.objects.get(slug="deep"), product=tool)


def _rename_range(tool: Product) -> None:
    category = Category.objects.get(slug="rollers")
    category.name = "Things that roll"
    category.save()


def _hide_range(tool: Product) -> None:
    category = Category.objects.get(slug="tools")
    category.is_public = False
    category.save()


def _move_range(tool: Product) -> None:
    hidden = make_range("hidden", is_public=False)
    Category.objects.move(Category.objects.get(slug="rollers"), hidden, "first-child")


def _delete_range(tool: Product) -> None:
    Category.objects.get(slug="tools").delete()


def _delete_range_rows(tool: Product) -> None:
    Category.objects.filter(slug="rollers").delete()


def _new_variant(tool: Product) -> None:
    make_variant(tool, "jumbo")


def _delete_variant(tool: Product) -> None:
    tool.children.get(variant_label="firm").delete()


def _delete_variant_rows(tool: Product) -> None:
    tool.children.filter(variant_label="firm").delete()


def _hide_variant(tool: Product) -> None:
    tool.children.filter(variant_label="firm").update(is_public=False)


def _variants_in_bulk(tool: Product) -> None:
    Product.objects.bulk_create(
        [Product(structure="child", parent=tool, title="v", upc="BULK-1", variant_label="velvet", slug="v")]
    )


CHANGES = [
    *(rename, _update_rows, _update_bulk, _unpublish_rows, _delete_rows, _save_attribute, _set_options),
    *(_clear_options, _delete_attributes, _rename_option, _delete_option, _add_category, _clear_categories),
    *(_delete_link, _show_on_technique, _save_tool_of_technique, _rename_range, _hide_range, _move_range),
    *(_delete_range, _delete_range_rows, _new_variant, _delete_variant, _delete_variant_rows, _hide_variant),
    _variants_in_bulk,
]


@pytest.fixture
def shelf() -> Product:
    """A product with variants, facts, a range below another one, and a technique."""
    tools = make_range("tools")
    rollers = make_range("rollers", parent=tools)
    make_range("sets")
    make_technique("deep")
    parent = make_parent(summary="Spikes", description="A **long** text.")
    put_into(rollers, parent)
    give_facts(parent, material=["beech", "cork"], hand_area=["palm"], length_mm=72)
    make_tool("OTHER", title="Other tool")
    return Product.objects.get(pk=parent.pk)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_change_of_a_product_is_in_the_index_at_once(shelf: Product, change: Any) -> None:
    assert is_true()
    before = snapshot()
    change(shelf)
    assert snapshot() != before
    assert is_true()


def test_change_of_price_or_stock_writes_nothing(shelf: Product) -> None:
    before = snapshot()
    record = StockRecord.objects.order_by("pk").last()
    assert record
    with CaptureQueriesContext(connection) as queries:
        record.allocate(1)
        record.price += 1
        record.save()
    assert not [query for query in queries if "search_" in query["sql"]]
    assert snapshot() == before


# ---- techniques, articles, pages ----


def test_renamed_technique_is_renamed_in_every_choice(shelf: Product) -> None:
    technique = make_technique("gentle")
    put_into(technique, shelf)
    ArticleTechnique.objects.create(article=make_article("rest"), technique=technique)
    technique.refresh_from_db()
    technique.name, technique.slug = "Very gentle", "very-gentle"
    technique.save()
    assert is_true()
    assert titles(technique=("very-gentle",)) == ["Very gentle", "Spiky Palm Ball", "Rest"]
    technique.is_public = False
    technique.save()
    assert is_true()


def test_changes_of_an_article_are_in_the_index_at_once() -> None:
    article = make_article("sleep")
    tag = Tag.objects.create(name="evening", slug="evening")
    article.tags.add(tag)
    assert titles("evening") == ["Sleep"]
    tag.name = "night"
    tag.save()
    assert titles("night") == ["Sleep"]
    tag.delete()
    assert titles("night") == []
    article.state = "archived"
    article.save()
    assert titles("sleep") == []
    article.state = "published"
    article.save()
    assert is_true()
    Article.objects.all().delete()
    assert titles("sleep") == []
    assert not SearchWord.objects.exists()


def test_changes_of_a_page_are_in_the_index_at_once() -> None:
    Page.objects.all().delete()
    page = Page.objects.create(title="Terms", slug="terms", description="D", updated_on="2026-03-01", source="Text.")
    page.title = "Conditions"
    page.save()
    assert titles("conditions") == ["Conditions"]
    Page.objects.all().delete()
    assert titles("conditions") == []


# ---- transactions ----


def rename_and_fail(tool: Product) -> None:
    with one_write():
        rename(tool)
        raise RuntimeError


def test_changes_of_many_rows_are_in_the_index_at_once(shelf: Product) -> None:
    """Django sends no signals for them."""
    article = make_article("sleep")
    page = Page.objects.create(title="About us", slug="about", description="D", updated_on="2026-03-01", source="T")
    technique = make_technique("deep-hand-massage")
    technique.technique_products.add(shelf)
    Article.objects.update(title="Rest")
    Page.objects.update(title="Contact")
    Category.objects.filter(pk=technique.pk).update(name="Slow pressure")
    assert is_true()
    article.title, page.title = "Nap", "Imprint"
    Article.objects.bulk_update([article], ["title"])
    Page.objects.bulk_update([page], ["title"])
    assert (titles("nap"), titles("imprint"), titles("slow")[:1]) == (["Nap"], ["Imprint"], ["Slow pressure"])
    Article.objects.update(state="archived")
    assert titles("nap") == []
    assert is_true()


def test_rolled_back_change_leaves_no_trace(shelf: Product) -> None:
    before = snapshot()
    with pytest.raises(RuntimeError):
        rename_and_fail(shelf)
    assert snapshot() == before
    rename(shelf)
    assert titles("renamed") == ["Renamed"]


def test_change_rolled_back_inside_another_is_not_written(shelf: Product) -> None:
    with one_write(), pytest.raises(RuntimeError):
        rename_and_fail(shelf)
    assert titles("spiky") == ["Spiky Palm Ball"]
    assert is_true()


def test_many_changes_are_written_once(shelf: Product, django_assert_max_num_queries: Any) -> None:
    keys = [make_tool(f"M{number}").pk for number in range(30)]
    with django_assert_max_num_queries(25), one_write():
        note("product", *keys)


def test_rebuilding_mends_what_was_changed_by_hand(shelf: Product) -> None:
    true = snapshot()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_searchtext")
        cursor.execute("UPDATE search_searchentry SET title = 'x'")
        cursor.execute("INSERT INTO search_searchword VALUES ('ghost', 'ghost', 3)")
    engine().remove("product", shelf.pk)
    assert snapshot() != true
    assert not is_true()
    assert snapshot() == true
    assert is_true()


def test_migrating_writes_anew_what_an_older_version_wrote(shelf: Product) -> None:
    true = snapshot()
    SearchIndex.objects.update(version=0)
    SearchEntry.objects.filter(kind="product").delete()
    call_command("migrate", verbosity=0)
    assert snapshot() == true
    SearchEntry.objects.filter(kind="product").delete()
    call_command("migrate", verbosity=0)
    assert snapshot() != true, "what this version wrote is left as it is"


@pytest.mark.django_db(transaction=True)
def test_people_who_save_at_the_same_time_do_not_stop_each_other() -> None:
    tools = [make_tool(f"T{number}", title=f"Roller {number}") for number in range(2)]

    def save_often(tool: Product) -> None:
        for number in range(12):
            tool.title = f"Roller {number} alpha beta" if number % 2 else f"Stone {number} gamma"
            tool.save()

    assert at_once(*(partial(save_often, tool) for tool in tools)) == [None, None]
    assert is_true()


@pytest.mark.django_db(transaction=True)
def test_two_changes_of_one_thing_at_once_are_both_found() -> None:
    """One renames it while another puts it into a category: whoever writes later knows of both."""
    tool, rollers = make_tool("SH-1", title="Spiky Palm Ball"), make_range("rollers")
    has_read, may_write = threading.Event(), threading.Event()

    def put_in() -> None:
        try:
            with transaction.atomic():
                ProductCategory.objects.create(product_id=tool.pk, category=rollers)  # notes, and holds its lock
                has_read.set()
                may_write.wait(timeout=10)
        finally:
            connection.close()

    other = threading.Thread(target=put_in)
    other.start()
    has_read.wait(timeout=10)
    threading.Timer(0.5, may_write.set).start()
    rename(tool)
    other.join()
    assert is_true()
    assert SearchEntry.objects.get(kind="product").category_ids == [rollers.pk]


@pytest.mark.django_db(transaction=True)
def test_large_change_and_small_ones_do_not_stop_each_other(monkeypatch: Any) -> None:
    """A large one is written in steps; its words come in no common order with those of the others."""
    monkeypatch.setattr(changes, "AT_ONCE", 1)
    tools = [make_tool(f"T{number}", title=f"Roller {number}") for number in range(4)]
    words = ["Alpha stone", "Zeta roller", "Mid ball"]

    def write_often(keys: list[int]) -> None:
        for number in range(8):
            with one_write():
                for key in keys:
                    Product.objects.filter(pk=key).update(title=words[(key + number) % len(words)])

    keys = [tool.pk for tool in tools]
    assert at_once(partial(write_often, keys[:2]), partial(write_often, keys[2:])) == [None, None]
    assert is_true()


def test_staff_change_of_a_product_page_is_written(client: Client, owner: Any, shelf: Product) -> None:
    client.force_login(owner)
    group = AttributeOption.objects.get(option="beech").group
    options = list(group.options.order_by("pk"))
    data: dict[str, Any] = {"name": group.name}
    data |= {"options-TOTAL_FORMS": len(options), "options-INITIAL_FORMS": len(options)}
    for place, option in enumerate(options):
        name = "smoked beech" if option.option == "beech" else option.option
        data |= {f"options-{place}-id": option.pk, f"options-{place}-option": name, f"options-{place}-group": group.pk}
    response = client.post(f"/admin/catalogue/attributeoptiongroup/{group.pk}/change/", data)
    assert response.status_code == 302
    assert titles(material=("smoked-beech",)) == ["Spiky Palm Ball"]
    assert is_true()


def test_every_entry_has_its_words(shelf: Product) -> None:
    assert SearchText.objects.count() == SearchEntry.objects.count() > 0
