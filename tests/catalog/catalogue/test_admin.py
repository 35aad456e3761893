"""Products and categories on one page each: what staff type is what the shop sells."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.catalogue.facts import values_of
from catalog.catalogue.models import Category, Product, ProductClass
from catalog.partner.models import StockRecord
from catalog.search.models import SearchEntry
from tests.factories.catalogue import give_facts, make_parent, picture, put_into, set_stock
from tests.factories.texts import make_range, make_technique, make_tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client: Client, make_user: Any) -> Client:
    """Signed in as somebody who keeps the catalogue."""
    user = make_user("keeper@stillhand.example")
    user.is_staff = True
    user.save()
    user.groups.set(Group.objects.filter(name="Catalogue"))
    client.force_login(user)
    return client


def posted(response: Any, **changes: Any) -> dict[str, Any]:
    """What the browser would send back of an admin page, with some of it changed."""
    data: dict[str, Any] = {}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is None or value is False or value == "":
                continue
            data[bound.html_name] = [getattr(one, "pk", one) for one in value] if isinstance(value, list) else value
    data = {name: getattr(value, "pk", value) for name, value in data.items() if not hasattr(value, "url")}
    return {name: value for name, value in (data | changes).items() if value is not None}


def errors_of(response: Any) -> list[str]:
    context = response.context or {}
    return [str(error) for error in context.get("errors", [])]


def page_of(product: Product) -> str:
    return f"/admin/catalogue/product/{product.pk}/change/"


def with_attributes(product: Product) -> Product:
    give_facts(product, material=["beech"], length_mm=190, sealed_hygiene_good=False, firmness="firm", warnings="Mind.")
    return product


def test_staff_add_a_product_and_go_on_to_its_facts(keeper: Client) -> None:
    kind = ProductClass.objects.create(name="Massage tool")
    oils = make_range("oils")
    page = keeper.get("/admin/catalogue/product/add/")
    data = posted(page, title="Hand balm", upc="SH-9", product_class=kind.pk, price="8.50", num_in_stock="12")
    response = keeper.post("/admin/catalogue/product/add/", {**data, "is_public": "on", "categories": [oils.pk]})
    product = Product.objects.get(upc="SH-9")
    assert response["Location"] == page_of(product)
    assert list(product.categories.all()) == [oils]
    record = StockRecord.objects.get(product=product)
    assert (record.price, record.num_in_stock, record.partner_sku) == (Decimal("8.50"), 12, "SH-9")
    assert SearchEntry.objects.filter(kind="product", object_id=product.pk, title="Hand balm").exists()


def test_staff_edit_facts_as_typed_fields(keeper: Client) -> None:
    tool = with_attributes(make_tool("SH-1"))
    page = keeper.get(page_of(tool))
    fields = page.context["adminform"].form.fields
    assert [
        type(fields[f"attr_{code}"]).__name__ for code in ("material", "length_mm", "firmness", "sealed_hygiene_good")
    ] == [
        "ModelMultipleChoiceField",
        "IntegerField",
        "ModelChoiceField",
        "NullBooleanField",
    ]
    data = posted(page, attr_length_mm="205", attr_firmness=None, attr_material=None, attr_warnings="Not a toy.")
    response = keeper.post(page_of(tool), {**data, "attr_sealed_hygiene_good": "true"})
    assert response.status_code == 302, errors_of(response)
    assert values_of([tool.pk])[tool.pk] == {"length_mm": 205, "sealed_hygiene_good": True, "warnings": "Not a toy."}


def test_saving_a_page_unchanged_changes_nothing(keeper: Client) -> None:
    tool = with_attributes(make_tool("SH-1", summary="A roller"))
    put_into(make_range("rollers"), tool)
    before = (
        values_of([tool.pk]),
        StockRecord.objects.values().get(),
        Product.objects.values("title", "summary").get(),
    )
    data = posted(keeper.get(page_of(tool)))
    data["attr_sealed_hygiene_good"] = "false"
    assert keeper.post(page_of(tool), data).status_code == 302
    record = StockRecord.objects.values().get()
    record["date_updated"] = before[1]["date_updated"]
    after = (values_of([tool.pk]), record, Product.objects.values("title", "summary").get())
    assert after == before
    assert tool.categories.count() == 1


def test_staff_edit_variants_with_their_stock_in_one_list(keeper: Client) -> None:
    parent = make_parent()
    page = keeper.get(page_of(parent))
    data = posted(page, **{"children-0-price": "9.90", "children-1-num_in_stock": "44", "children-2-is_public": None})
    data |= {
        "children-TOTAL_FORMS": "4",
        "children-3-variant_label": "very firm",
        "children-3-upc": "SH-DHM-03-X",
        "children-3-price": "10.20",
        "children-3-num_in_stock": "5",
        "children-3-low_stock_threshold": "2",
        "children-3-parent": parent.pk,
    }
    response = keeper.post(page_of(parent), data)
    assert response.status_code == 302, errors_of(response)
    rows = parent.children.order_by("pk").values_list(
        "variant_label", "is_public", "stockrecords__price", "stockrecords__num_in_stock"
    )
    assert list(rows) == [
        ("soft", True, Decimal("9.90"), 132),
        ("medium", True, Decimal("8.90"), 44),
        ("firm", False, Decimal("9.40"), 7),
        ("very firm", False, Decimal("10.20"), 5),
    ]
    new = Product.objects.get(upc="SH-DHM-03-X")
    assert (new.title, new.structure) == ("Spiky Palm Ball, very firm", Product.CHILD)


def test_first_variant_makes_the_product_a_parent_and_the_last_one_ends_it(keeper: Client) -> None:
    tool = make_tool("SH-1")
    data = posted(keeper.get(page_of(tool)))
    variant = {"variant_label": "soft", "upc": "SH-1-S", "price": "8.90", "num_in_stock": "3", "is_public": "on"}
    data |= {"children-TOTAL_FORMS": "1", **{f"children-0-{name}": value for name, value in variant.items()}}
    response = keeper.post(page_of(tool), data)
    assert response.status_code == 302, errors_of(response)
    tool.refresh_from_db()
    assert (tool.structure, tool.stockrecords.count()) == (Product.PARENT, 0)
    data = posted(keeper.get(page_of(tool)), **{"children-0-DELETE": "on"})
    assert keeper.post(page_of(tool), data).status_code == 302
    tool.refresh_from_db()
    assert (tool.structure, Product.objects.count()) == (Product.STANDALONE, 1)


def test_a_sku_that_is_taken_is_refused_and_nothing_is_saved(keeper: Client) -> None:
    parent = make_parent()
    make_tool("TAKEN")
    data = posted(keeper.get(page_of(parent)), **{"children-0-upc": "TAKEN", "title": "Other"})
    response = keeper.post(page_of(parent), data)
    assert "Another product or variant has this SKU." in response.content.decode()
    assert not Product.objects.filter(title="Other").exists()


def test_pieces_sold_while_the_page_lay_open_are_not_brought_back(keeper: Client) -> None:
    tool = make_tool("SH-1")
    data = posted(keeper.get(page_of(tool)), price="31.00")
    set_stock(tool, 2)
    keeper.post(page_of(tool), data)
    record = StockRecord.objects.get()
    assert (record.price, record.num_in_stock) == (Decimal("31.00"), 10)


def test_stock_below_what_is_promised_is_refused(keeper: Client) -> None:
    tool = make_tool("SH-1")
    tool.stockrecords.get().allocate(4)
    response = keeper.post(page_of(tool), posted(keeper.get(page_of(tool)), num_in_stock="3"))
    assert "4 are promised to orders" in response.content.decode()


def test_staff_add_a_photograph_with_words(keeper: Client) -> None:
    tool = make_tool("SH-1")
    data = posted(keeper.get(page_of(tool))) | {"images-TOTAL_FORMS": "1", "images-0-display_order": "0"}
    response = keeper.post(page_of(tool), {**data, "images-0-original": picture()})
    assert response.status_code == 200
    assert errors_of(response)
    response = keeper.post(page_of(tool), {**data, "images-0-original": picture(), "images-0-alt": "A beech roller"})
    assert response.status_code == 302, errors_of(response)
    image = tool.images.get()
    assert (image.alt, image.width, image.height) == ("A beech roller", 40, 30)


def test_a_variants_own_page_edits_what_only_it_has(keeper: Client) -> None:
    parent = make_parent()
    with_attributes(parent)
    variant = parent.children.get(variant_label="soft")
    page = keeper.get(page_of(variant))
    assert "as for all variants (beech)" in page.content.decode()
    data = posted(page, attr_length_mm="72", price="7.00")
    response = keeper.post(page_of(variant), data)
    assert response.status_code == 302, errors_of(response)
    assert values_of([variant.pk])[variant.pk] == {"length_mm": 72}
    assert variant.stockrecords.get().price == Decimal("7.00")
    parent.refresh_from_db()
    assert parent.structure == Product.PARENT


def test_unpublishing_takes_it_out_of_the_search(keeper: Client) -> None:
    tool = make_tool("SH-1")
    assert SearchEntry.objects.filter(kind="product").exists()
    keeper.post(page_of(tool), posted(keeper.get(page_of(tool)), is_public=None))
    assert not SearchEntry.objects.filter(kind="product").exists()


def test_product_list_shows_prices_and_pieces_in_few_queries(keeper: Client) -> None:
    make_parent()
    make_tool("SH-1", price="29.00")
    with CaptureQueriesContext(connection) as few:
        html = keeper.get("/admin/catalogue/product/").content.decode()
    assert "from £8.90" in html
    assert "£29.00" in html
    assert "297" in html
    assert "Spiky Palm Ball, soft" not in html
    for number in range(30):
        make_parent(f"P-{number}")
    with CaptureQueriesContext(connection) as many:
        keeper.get("/admin/catalogue/product/")
    assert len(few) == len(many)
    assert len(many) <= 20


@pytest.mark.parametrize("query", ["?stock=low", "?q=SH-1", "?q=%00", "?stock=nonsense", "?is_public__exact=1"])
def test_product_list_can_be_narrowed(keeper: Client, query: str) -> None:
    tool = make_tool("SH-1")
    set_stock(tool, 1, low_at=5)
    response = keeper.get(f"/admin/catalogue/product/{query}", follow=True)
    assert response.status_code == 200
    assert "Tool SH-1" in response.content.decode()


def test_staff_edit_a_technique_with_its_tools_on_one_page(keeper: Client) -> None:
    technique, tool = make_technique("deep-hand-massage"), make_tool("SH-1")
    address = f"/admin/catalogue/category/{technique.pk}/change/"
    data = posted(keeper.get(address), summary="Slow and firm", description="## What it is\nSlow work.")
    rows = {"TOTAL_FORMS": "1", "0-product": tool.pk, "0-position": "1"}
    data |= {f"techniqueproduct_set-{name}": value for name, value in rows.items()}
    response = keeper.post(address, data)
    assert response.status_code == 302, errors_of(response)
    technique = Category.objects.get(pk=technique.pk)
    assert list(technique.technique_products.all()) == [tool]
    assert SearchEntry.objects.get(kind="technique").summary == "Slow and firm"
    assert "Slow work." in keeper.get("/techniques/deep-hand-massage/").content.decode()


def test_moved_range_has_its_new_address_at_once(keeper: Client) -> None:
    tools, oils = make_range("tools"), make_range("oils")
    balm = make_range("balm", parent=tools)
    assert balm.get_absolute_url() == f"/categories/tools/balm_{balm.pk}/"
    address = f"/admin/catalogue/category/{balm.pk}/change/"
    data = posted(keeper.get(address))
    names = {
        name for name in keeper.get(address).context["adminform"].form.fields if "position" in name or "ref" in name
    }
    position, reference = sorted(names - {"position"}, key=lambda name: "ref" in name)
    data |= {position: "first-child", reference: oils.pk}
    response = keeper.post(address, data)
    assert response.status_code == 302, errors_of(response)
    assert Category.objects.get(pk=balm.pk).get_absolute_url() == f"/categories/oils/balm_{balm.pk}/"


def test_sales_clerks_see_products_but_change_none(client: Client, sales_clerk: Any) -> None:
    client.force_login(sales_clerk)
    tool = make_tool("SH-1")
    assert client.get(page_of(tool)).status_code == 200
    assert client.post(page_of(tool), {"title": "Other"}).status_code == 403


def test_what_is_promised_to_orders_is_not_deleted(keeper: Client) -> None:
    parent = make_parent()
    variant = parent.children.get(variant_label="soft")
    variant.stockrecords.get().allocate(2)
    data = posted(keeper.get(page_of(parent)), **{"children-0-DELETE": "on"})
    assert "2 pieces are promised to orders" in keeper.post(page_of(parent), data).content.decode()
    keeper.post(f"/admin/catalogue/product/{parent.pk}/delete/", {"post": "yes"})
    assert Product.objects.filter(pk=variant.pk).exists()
    keeper.post(
        "/admin/catalogue/product/",
        {"action": "delete_selected", "_selected_action": [parent.pk], "post": "yes"},
    )
    assert Product.objects.filter(pk=variant.pk).exists()


def test_a_product_with_promised_stock_does_not_become_a_parent(keeper: Client) -> None:
    tool = make_tool("SH-1")
    tool.stockrecords.get().allocate(1)
    data = posted(keeper.get(page_of(tool)))
    variant = {"variant_label": "soft", "upc": "SH-1-S", "price": "8.90"}
    data |= {"children-TOTAL_FORMS": "1", **{f"children-0-{name}": value for name, value in variant.items()}}
    assert "1 pieces are promised" in keeper.post(page_of(tool), data).content.decode()
    assert tool.stockrecords.exists()


def test_a_product_without_orders_can_be_deleted(keeper: Client) -> None:
    parent = make_parent()
    keeper.post(f"/admin/catalogue/product/{parent.pk}/delete/", {"post": "yes"})
    assert not Product.objects.exists()
    assert not SearchEntry.objects.exists()


@pytest.mark.parametrize("kind", ["product", "category"])
def test_deleting_several_takes_their_search_entries_along(keeper: Client, kind: str) -> None:
    make_tool("SH-1"), make_parent()
    make_technique("deep-hand-massage")
    rows: Any = Product if kind == "product" else Category
    keys = [row.pk for row in rows.objects.all()]
    keeper.post(
        f"/admin/catalogue/{kind}/", {"action": "delete_selected", "_selected_action": keys, "post": "yes"}, follow=True
    )
    assert not rows.objects.exists()
    assert not SearchEntry.objects.filter(kind={"category": "technique"}.get(kind, kind)).exists()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"name": "!!!", "treebeard_position": "first-child"}, "in Latin letters"),
        ({"name": "Deep hand massage", "kind": "technique"}, "Another technique has this address"),
        ({"name": "x" * 300}, "at most 255 characters"),
    ],
)
def test_a_category_without_an_address_of_its_own_is_refused(
    keeper: Client, changes: dict[str, str], reason: str
) -> None:
    make_technique("deep-hand-massage")
    data = posted(keeper.get("/admin/catalogue/category/add/"), kind="range", position="1", slug=None)
    response = keeper.post("/admin/catalogue/category/add/", data | changes)
    assert response.status_code == 200
    assert reason in " ".join(errors_of(response))
    assert Category.objects.count() == 1


def test_staff_add_a_range_below_another(keeper: Client) -> None:
    tools = make_range("tools")
    data = posted(keeper.get("/admin/catalogue/category/add/"), name="Wooden balls", kind="range", position="1")
    data |= {"is_public": "on", "treebeard_position": "first-child", "treebeard_ref_node": tools.pk}
    response = keeper.post("/admin/catalogue/category/add/", data)
    assert response.status_code == 302, errors_of(response)
    balls = Category.objects.get(name="Wooden balls")
    assert keeper.get(f"/categories/tools/wooden-balls_{balls.pk}/").status_code == 200
