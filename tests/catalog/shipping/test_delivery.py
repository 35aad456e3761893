"""Which delivery methods are open, and what they cost."""

from decimal import Decimal
from typing import Any

import pytest
from oscar.apps.catalogue.models import ProductAttribute  # noqa: TID251

from catalog.catalogue.models import Product
from catalog.shipping.repository import Repository, weight_of
from tests.shop import make_address, make_basket, make_method, make_product

pytestmark = pytest.mark.django_db


def weigh(product: Product, grams: int) -> Product:
    kind = product.get_product_class()
    attribute, _ = ProductAttribute.objects.get_or_create(
        product_class=kind, code="weight_g", defaults={"name": "Weight", "type": ProductAttribute.INTEGER}
    )
    attribute.save_value(product, grams)
    return product


def variant_of(parent: Product, title: str) -> Product:
    child = make_product(title)
    parent.structure = Product.PARENT
    parent.save()
    parent.stockrecords.all().delete()
    child.structure, child.parent, child.product_class = Product.CHILD, parent, None
    child.save()
    return child


def codes(basket: Any, country: str = "GB") -> list[str]:
    return [method.code for method in Repository().get_shipping_methods(basket, shipping_addr=make_address(country))]


def test_methods_follow_the_country() -> None:
    make_method("uk", position=1)
    make_method("eu", countries="DE IE")
    make_method("off", is_active=False)
    basket = make_basket(make_product())
    assert codes(basket, "GB") == ["uk"]
    assert codes(basket, "DE") == ["eu"]


def test_heavy_parcel_has_fewer_methods() -> None:
    make_method("light", max_weight_g=1000, position=1)
    make_method("heavy", max_weight_g=20000, position=2)
    product = weigh(make_product(), 400)
    assert codes(make_basket(product, quantity=2)) == ["light", "heavy"]
    assert codes(make_basket(product, quantity=3)) == ["heavy"]
    assert codes(make_basket(weigh(make_product(stock=99), 5000), quantity=5)) == []


def test_variant_weighs_what_its_parent_says_or_itself() -> None:
    parent = weigh(make_product("Ball"), 300)
    small, large = variant_of(parent, "small"), weigh(variant_of(parent, "large"), 500)
    assert weight_of(make_basket(small, large)) == 800


@pytest.mark.parametrize(("quantity", "charge"), [(1, "3.95"), (4, "3.95"), (5, "0.00")])
def test_delivery_is_free_from_its_amount(quantity: int, charge: str) -> None:
    make_method("uk", price="3.95", free_from=Decimal("44.50"))
    basket = make_basket(make_product(price="8.90"), quantity=quantity)
    [method] = Repository().get_shipping_methods(basket, shipping_addr=make_address())
    assert method.calculate(basket).incl_tax == Decimal(charge)


def test_delivery_abroad_is_net_and_free_from_the_same_goods() -> None:
    make_method("eu", countries="DE", price="12.90", free_from=Decimal("17.80"))
    one, two = (make_basket(make_product(price="8.90"), quantity=n, export=True) for n in (1, 2))
    [method] = Repository().get_shipping_methods(one, shipping_addr=make_address("DE"))
    charge = method.calculate(one)
    assert (charge.excl_tax, charge.tax, charge.incl_tax) == (Decimal("10.75"), Decimal("0.00"), Decimal("10.75"))
    assert method.calculate(two).incl_tax == Decimal("0.00")


def test_queries_do_not_grow_with_the_basket(django_assert_max_num_queries: Any) -> None:
    make_method("uk")
    for count in (1, 4):
        basket = make_basket(*(weigh(make_product(), 100) for _ in range(count)))
        list(basket.all_lines())
        address = make_address()
        with django_assert_max_num_queries(4):
            Repository().get_available_shipping_methods(basket, shipping_addr=address)
