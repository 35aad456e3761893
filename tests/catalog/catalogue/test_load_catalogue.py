"""The loader: whole files or nothing, every bad cell named, safe to repeat."""

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from catalog.catalogue.facts import values_of
from catalog.catalogue.models import Category, Product, ProductImage
from catalog.partner.models import StockRecord
from catalog.search.models import SearchEntry
from catalog.shipping.models import DeliveryMethod

pytestmark = pytest.mark.django_db

CONTENT = Path(__file__).resolve().parents[3] / "supplier" / "demo" / "content"
FILES = ("categories.csv", "products.csv", "images.csv", "delivery.csv")

CATEGORIES = [
    {"slug": "deep", "name": "Deep", "kind": "technique", "position": "1", "body_file": "deep.md", "parent_slug": ""},
    {"slug": "tools", "name": "Tools", "kind": "range", "position": "2", "body_file": "", "parent_slug": ""},
    {"slug": "balls", "name": "Balls", "kind": "range", "position": "1", "body_file": "", "parent_slug": "tools"},
]
PARENT = {
    "sku": "B", "parent_sku": "", "title": "Ball", "variant_label": "", "product_class": "Tool",
    "categories": "balls;deep", "summary": "Round", "body_file": "ball.md",
    "price_gbp": "", "stock": "", "low_stock_at": "", "published": "yes",
    "hand_area": "palm;fingers", "firmness": "", "length_mm": "", "sealed_hygiene_good": "no", "gtin": "",
    "country_of_origin": "DE", "related_skus": "R", "cost_gbp": "",
}  # fmt: skip
VARIANT = PARENT | {
    "sku": "B-S", "parent_sku": "B", "title": "Ball, soft", "variant_label": "soft", "product_class": "",
    "categories": "", "summary": "", "body_file": "", "price_gbp": "8.90", "stock": "12", "low_stock_at": "3",
    "firmness": "soft", "length_mm": "72", "gtin": "2900426000036", "related_skus": "", "cost_gbp": "2.90",
}  # fmt: skip
ROLLER = VARIANT | {
    "sku": "R", "parent_sku": "", "title": "Roller", "variant_label": "", "product_class": "Tool",
    "categories": "tools", "gtin": "", "published": "no",
}  # fmt: skip
DELIVERY = {
    "code": "eu", "name": "EU", "countries": "EU", "price_gbp": "12.90", "free_from_gbp": "", "max_weight_g": "10000",
    "days_min": "4", "days_max": "8", "note": "",
}  # fmt: skip


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with a small and sound catalogue."""
    write(tmp_path / "categories.csv", CATEGORIES)
    write(tmp_path / "products.csv", [PARENT, VARIANT, ROLLER])
    write(tmp_path / "delivery.csv", [DELIVERY])
    images = [
        {"file": "ball.jpg", "used_by": "B;article:x", "position": "1", "alt": "A ball", "credit": "", "licence": ""}
    ]
    write(tmp_path / "images.csv", images)
    (tmp_path / "ball.md").write_text("## What it is for\nRolling.\n")
    (tmp_path / "deep.md").write_text(
        "---\ntitle: Deep hand massage\nsummary: Slow\nrelated_products:\n- R\n- B\n---\n## What it is\nSlow.\n"
    )
    (tmp_path / "images").mkdir()
    Image.new("RGB", (500, 300), "tan").save(tmp_path / "images" / "ball.jpg")
    return tmp_path


def load(folder: Path, *names: str, **options: Any) -> str:
    out = io.StringIO()
    paths = [str(folder / name) for name in names or FILES]
    call_command("load_catalogue", *paths, stdout=out, stderr=out, **{"later": True, **options})
    return out.getvalue()


def complaints(folder: Path, *names: str) -> str:
    out = io.StringIO()
    paths = [str(folder / name) for name in names or FILES]
    with pytest.raises(CommandError, match="were not loaded"):
        call_command("load_catalogue", *paths, stdout=out, stderr=out, later=True)
    return out.getvalue()


def test_everything_arrives_where_it_belongs(shop: Path) -> None:
    load(shop)
    parent, variant, roller = (Product.objects.get(upc=sku) for sku in ("B", "B-S", "R"))
    assert (parent.structure, variant.structure, variant.parent, roller.structure) == (
        Product.PARENT, Product.CHILD, parent, Product.STANDALONE,
    )  # fmt: skip
    record = variant.stockrecords.get()
    assert (record.partner.name, record.partner_sku, record.price, record.num_in_stock, record.low_stock_threshold) == (
        "Stillhand", "B-S", Decimal("8.90"), 12, 3,
    )  # fmt: skip
    assert not parent.stockrecords.exists()
    assert {category.slug for category in parent.categories.all()} == {"balls", "deep"}
    assert [product.upc for product in parent.sorted_recommended_products] == ["R"]
    assert (variant.cost, roller.is_public) == (Decimal("2.90"), False)
    assert values_of([variant.pk])[variant.pk]["length_mm"] == 72
    assert values_of([parent.pk])[parent.pk]["hand_area"] == ["palm", "fingers"]
    assert "Rolling." in str(parent.body)


def test_a_technique_takes_its_words_from_its_own_file(shop: Path) -> None:
    load(shop)
    technique = Category.objects.get(slug="deep")
    assert (technique.name, technique.summary, technique.position) == ("Deep hand massage", "Slow", 1)
    tools = technique.techniqueproduct_set.values_list("product__upc", flat=True)
    assert list(tools) == ["R", "B"]
    assert SearchEntry.objects.get(kind="technique").title == "Deep hand massage"


def test_photographs_come_with_words_and_size(shop: Path) -> None:
    load(shop)
    image = ProductImage.objects.get()
    assert (image.product.upc, image.alt, image.width, image.height) == ("B", "A ball", 500, 300)


def test_delivery_goes_to_all_of_the_union(shop: Path) -> None:
    load(shop)
    assert DeliveryMethod.objects.get().countries.count() == 27


def test_smaller_pictures_are_made_at_once_when_asked(shop: Path) -> None:
    load(shop, later=False)
    assert ProductImage.objects.get().has_renditions


def test_second_run_changes_nothing_and_says_so(shop: Path) -> None:
    load(shop)
    before = [list(model.objects.order_by("pk").values()) for model in (Product, StockRecord, Category, ProductImage)]
    words = load(shop)
    assert "products.csv: 0 new, 0 changed, 3 unchanged." in words
    assert "Everything was there already; nothing was changed." in words
    after = [list(model.objects.order_by("pk").values()) for model in (Product, StockRecord, Category, ProductImage)]
    assert after == before


def test_a_changed_row_is_counted_and_written(shop: Path) -> None:
    load(shop)
    write(shop / "products.csv", [PARENT, VARIANT | {"price_gbp": "9.10", "firmness": "", "length_mm": "73"}, ROLLER])
    assert "products.csv: 0 new, 1 changed, 2 unchanged." in load(shop)
    variant = Product.objects.get(upc="B-S")
    assert variant.stockrecords.get().price == Decimal("9.10")
    values = values_of([variant.pk])[variant.pk]
    assert values["length_mm"] == 73
    assert "firmness" not in values


def test_stock_that_was_sold_is_not_brought_back(shop: Path) -> None:
    load(shop)
    StockRecord.objects.filter(partner_sku="B-S").update(num_in_stock=2)
    load(shop)
    assert StockRecord.objects.get(partner_sku="B-S").num_in_stock == 2


def test_new_only_leaves_what_staff_changed(shop: Path) -> None:
    load(shop)
    Product.objects.filter(upc="R").update(title="Better roller")
    assert "nothing was changed" in load(shop, new_only=True)
    assert Product.objects.get(upc="R").title == "Better roller"


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"sku": ""}, "sku", "must not be empty"),
        ({"sku": "B"}, "sku", "stands in line 2 already"),
        ({"sku": "a b"}, "sku", "is no SKU"),
        ({"title": ""}, "title", "must not be empty"),
        ({"title": "x" * 256}, "title", "At most 255 characters"),
        ({"title": "NUL \x01"}, "title", "control character"),
        ({"parent_sku": "NOPE"}, "parent_sku", "There is no product “NOPE” above"),
        ({"parent_sku": "B-S"}, "parent_sku", "is itself a variant"),
        ({"product_class": ""}, "product_class", "must not be empty"),
        ({"categories": "tools;nope"}, "categories", "There is no category “nope”"),
        ({"price_gbp": "-1"}, "price_gbp", "is not an amount like 8.90"),
        ({"price_gbp": "8,90"}, "price_gbp", "is not an amount like 8.90"),
        ({"price_gbp": "1e3"}, "price_gbp", "is not an amount like 8.90"),
        ({"price_gbp": "8.905"}, "price_gbp", "is not an amount like 8.90"),
        ({"price_gbp": "0"}, "price_gbp", "more than 0"),
        ({"price_gbp": ""}, "price_gbp", "must not be empty"),
        ({"stock": "many"}, "stock", "is not a whole number"),
        ({"published": "maybe"}, "published", "is none of: no, yes"),
        ({"sealed_hygiene_good": "perhaps"}, "sealed_hygiene_good", "neither yes nor no"),
        ({"length_mm": "7.2"}, "length_mm", "is not a whole number"),
        ({"gtin": "2900426000037"}, "gtin", "is no EAN-13"),
        ({"country_of_origin": "XX"}, "country_of_origin", "is no country code"),
        ({"related_skus": "NOPE"}, "related_skus", "There is no product “NOPE”"),
        ({"body_file": "nope.md"}, "body_file", "There is no file “nope.md”"),
        ({"body_file": "../../etc/passwd"}, "body_file", "There is no file"),
    ],
)
def test_a_bad_cell_is_named_and_its_file_left_out(shop: Path, cells: dict[str, str], column: str, reason: str) -> None:
    write(shop / "products.csv", [PARENT, VARIANT, ROLLER | cells])
    words = complaints(shop, "categories.csv", "products.csv")
    assert f"products.csv, line 4, column {column}: " in words
    assert reason in words
    assert not Product.objects.exists()
    assert Category.objects.count() == 3  # the sound file was loaded


def test_all_bad_cells_are_named_at_once(shop: Path) -> None:
    write(shop / "products.csv", [PARENT | {"price_gbp": "5"}, VARIANT | {"stock": "x"}, ROLLER | {"title": ""}])
    words = complaints(shop, "categories.csv", "products.csv")
    assert [part in words for part in ("line 2, column price_gbp", "line 3, column stock", "line 4, column title")] == [
        True, True, True,
    ]  # fmt: skip


def test_lines_are_those_of_the_file_even_after_a_cell_of_several_lines(shop: Path) -> None:
    write(shop / "products.csv", [PARENT | {"summary": "one\ntwo\nthree"}, VARIANT, ROLLER | {"stock": "x"}])
    assert "products.csv, line 6, column stock" in complaints(shop, "categories.csv", "products.csv")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b"a,b\n1,2\n", "columns are missing"),
        (b"sku,title\n\xff\xfe,x\n", "line 2: This is not UTF-8"),
        (b'sku,title\n"open,x\n', "quotes or commas"),
        (b"code,name,countries,price_gbp,days_min,days_max\nx,y\n", "2 cells, but the header has 6"),
    ],
)
def test_a_broken_file_is_explained(shop: Path, content: bytes, reason: str) -> None:
    (shop / "broken.csv").write_bytes(content)
    assert reason in complaints(shop, "broken.csv")


def test_a_missing_file_is_explained(shop: Path) -> None:
    assert "nope.csv, line 1: The file can’t be read" in complaints(shop, "nope.csv")


def test_a_technique_that_names_an_unknown_tool_is_named_with_its_line(shop: Path) -> None:
    text = (shop / "deep.md").read_text().replace("- B\n", "- NOPE\n")
    (shop / "deep.md").write_text(text)
    assert "deep.md, line 6, column related_products: There is no product “NOPE”." in complaints(shop)


def test_a_picture_that_is_none_is_refused(shop: Path) -> None:
    (shop / "images" / "ball.jpg").write_bytes(b"no picture")
    assert "images.csv, line 2, column file: “ball.jpg” is not a picture" in complaints(shop)
    assert not ProductImage.objects.exists()


def test_the_demos_own_files_are_sound() -> None:
    words = load(CONTENT)
    assert "Products: 10/35" in words
    assert "products.csv: 35 new" in words
    assert Product.objects.filter(structure=Product.CHILD).count() == 15
    assert ProductImage.objects.count() == 43
    assert not Product.objects.filter(is_public=True, body__blocks=[]).exclude(structure=Product.CHILD).exists()
