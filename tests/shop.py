"""A small shop for tests: products with stock, delivery methods, baskets and addresses; and a Stripe that answers."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from oscar.apps.address.models import Country

from catalog.basket.models import Basket
from catalog.catalogue.models import Product
from catalog.order.actions import place_order
from catalog.order.models import Order, ShippingAddress
from catalog.partner.strategy import ExportStrategy, PublicStrategy
from catalog.payment.models import StripeEvent
from catalog.payment.tasks import handle_event
from catalog.shipping.methods import RowMethod
from catalog.shipping.models import DeliveryMethod
from tests.factories.texts import make_tool

GUEST = "maureen@tadworth.example"


def make_product(title: str = "Spiky Palm Ball", *, price: str = "8.90", stock: int = 10, sku: str = "") -> Product:
    return make_tool(sku or f"T-{Product.objects.count() + 1}", title=title, price=price, stock=stock)


def make_method(
    code: str = "uk-standard", *, countries: str = "GB", price: str = "3.95", **fields: Any
) -> DeliveryMethod:
    values = {"name": code, "price": Decimal(price), "days_min": 2, "days_max": 3, **fields}
    method = DeliveryMethod.objects.create(code=code, **values)
    method.countries.set(Country.objects.filter(pk__in=countries.split()))
    return method


def make_basket(*products: Product, quantity: int = 1, owner: Any = None, export: bool = False) -> Any:
    basket = Basket.objects.create(owner=owner)
    basket.strategy = ExportStrategy(None) if export else PublicStrategy(None)
    for product in products:
        basket.add_product(product, quantity)
    return basket


def make_address(country: str = "GB") -> ShippingAddress:
    postcode = {"GB": "SX4 6DQ", "DE": "10117", "IE": "D02 X285"}[country]
    return ShippingAddress(
        first_name="Maureen", last_name="Tadworth", line1="8 Example Terrace", line4="Sampleton", postcode=postcode,
        country=Country.objects.get(pk=country),
    )  # fmt: skip


def order_of(basket: Any, *, user: Any = None, email: str = GUEST, country: str = "GB", **options: Any) -> Order:
    method = DeliveryMethod.objects.filter(countries=country).first() or make_method(f"to-{country}", countries=country)
    return place_order(
        basket,
        user=user or AnonymousUser(),
        email=user.email if user else email,
        shipping_address=make_address(country),
        shipping_method=RowMethod(method),
        **options,
    )


def stock_of(product: Product) -> tuple[int, int]:
    """In stock, and allocated."""
    record = product.stockrecords.get()
    return record.num_in_stock, record.num_allocated or 0


def handle_events() -> int:
    """Does what the worker does for each stored event; returns how many there were."""
    keys = list(StripeEvent.objects.waiting().values_list("pk", flat=True))
    for pk in keys:
        handle_event(pk=pk)
    return len(keys)
