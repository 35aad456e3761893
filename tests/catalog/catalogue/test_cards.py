"""What lists show of products, and how few questions they ask."""

from typing import Any

import pytest

from catalog.catalogue.cards import Card, product_cards
from catalog.catalogue.facts import Fact, of_all
from catalog.catalogue.models import Product
from catalog.partner.strategy import PublicStrategy
from tests.factories.catalogue import make_image, make_parent, set_stock
from tests.factories.texts import make_tool

pytestmark = pytest.mark.django_db


def card(product: Product) -> Card:
    return product_cards(Product.objects.for_cards().filter(pk=product.pk), PublicStrategy())[0]


def test_card_of_a_product_says_its_price_and_nothing_of_plenty() -> None:
    shown = card(make_tool("SH-1", price="29.00"))
    assert shown.price.incl_tax == 29
    assert (shown.is_from, shown.availability, shown.stock_state) == (False, "", "in")


def test_card_of_a_parent_says_from_when_variants_differ_in_price() -> None:
    shown = card(make_parent())
    assert str(shown.price.incl_tax) == "8.90"
    assert shown.is_from
    assert shown.facts == "Soft, medium or firm"


def test_card_ignores_variants_that_are_not_published() -> None:
    parent = make_parent()
    parent.children.filter(variant_label="firm").update(is_public=False)
    shown = card(parent)
    assert not shown.is_from
    assert shown.facts == "Soft or medium"


@pytest.mark.parametrize(("pieces", "words"), [(0, "Sold out"), (1, "Last one"), (4, "Last 4"), (6, "")])
def test_card_tells_the_last_pieces(pieces: int, words: str) -> None:
    product = make_tool("SH-1")
    set_stock(product, pieces)
    assert card(product).availability == words


def test_card_of_a_variant_without_a_photograph_shows_its_parents() -> None:
    parent = make_parent()
    image = make_image(parent)
    assert card(parent.children.first()).image == image


def test_card_without_a_price_is_not_for_sale() -> None:
    product = make_tool("SH-1")
    product.stockrecords.all().delete()
    shown = card(product)
    assert shown.price is None
    assert shown.availability == "Not for sale just now"


def test_cards_ask_as_often_for_three_as_for_thirty(django_assert_num_queries: Any) -> None:
    for number in range(30):
        make_parent(f"P-{number}") if number % 2 else make_tool(f"S-{number}")
    for amount in (3, 30):
        with django_assert_num_queries(4):
            product_cards(Product.objects.listed().for_cards().order_by("pk")[:amount], PublicStrategy())


def test_facts_of_variants_are_told_once_where_they_agree() -> None:
    soft = [Fact("Weight", "105 g"), Fact("For", "Palm"), Fact("Power", "Mains"), Fact("Firmness", "Soft")]
    firm = [Fact("Weight", "155 g"), Fact("For", "Palm"), Fact("Firmness", "Firm"), Fact("Part number", "SH-F")]
    assert of_all([("soft", soft), ("firm", firm)]) == [
        Fact("Weight", "Soft: 105 g; firm: 155 g"),
        Fact("For", "Palm"),
        Fact("Power", "Soft: mains"),
        Fact("Firmness", "Soft and firm"),
        Fact("Part number", "Firm: SH-F"),
    ]
