from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from oscar.apps.address.models import Country

from catalog.catalogue.models import Product
from catalog.order.models import ShippingAddress
from supplier.quotes import actions, offering
from supplier.quotes.accepting import Buyer
from supplier.quotes.models import Quote, QuoteVersion
from supplier.quotes.requests import Asked, AskedLine
from tests.factories.texts import make_tool

COUNTRIES = {"GB": "United Kingdom", "IE": "Ireland", "DE": "Germany", "US": "United States", "NZ": "New Zealand"}
ZONES = {"US": "America/New_York", "NZ": "Pacific/Auckland", "IE": "Europe/Dublin", "DE": "Europe/Berlin"}


@pytest.fixture(autouse=True)
def _letters_go_to_the_outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "supplier.outbox.backend.EmailBackend"


@pytest.fixture
def countries(db: None) -> None:
    for code, name in COUNTRIES.items():
        Country.objects.get_or_create(
            iso_3166_1_a2=code, defaults={"name": name, "printable_name": name, "is_shipping_country": True}
        )


@pytest.fixture
def make_product(countries: None) -> Callable[..., Product]:
    def make(sku: str, price: str = "29.00", stock: int = 500, **fields: Any) -> Product:
        return make_tool(sku, price=price, stock=stock, **{"cost": Decimal("9.50"), **fields})

    return make


@pytest.fixture
def roller(make_product: Callable[..., Product]) -> Product:
    return make_product("SH-DHM-01", title="Deep Hand Massage Roller")


@pytest.fixture
def cradle(make_product: Callable[..., Product]) -> Product:
    return make_product("SH-DTT-03-M", price="16.50", title="Thumb Saver Cradle, M", cost=Decimal("6.00"))


@pytest.fixture
def ask(roller: Product, cradle: Product) -> Callable[..., Quote]:
    """A request for 24 rollers and 7 cradles."""

    def make(country: str = "GB", *, user: Any = None, lines: tuple[AskedLine, ...] = (), **fields: Any) -> Quote:
        told = {"name": "Rosa Whitlock", "email": "rosa@clinic.example", "company": "Whitlock Hand Clinic", **fields}
        asked = Asked(
            country_code=country,
            time_zone=ZONES.get(country, "Europe/London"),
            lines=lines
            or (
                AskedLine(text=roller.title, quantity=24, product=roller),
                AskedLine(text=cradle.title, quantity=7, product=cradle),
            ),
            **told,
        )
        return actions.request_quote(asked, user=user, with_letters=False).quote

    return make


@pytest.fixture
def offer(ask: Callable[..., Quote], sales_clerk: Any) -> Callable[..., QuoteVersion]:
    """A sent version: rollers at 18.90, cradles at 11.03, delivery 12.50, all net."""

    def make(quote: Quote | None = None, *, country: str = "GB", valid_until: date | None = None) -> QuoteVersion:
        quote = quote or ask(country)
        prices = dict(zip((1, 2), (Decimal("18.90"), Decimal("11.03")), strict=True))
        lines = [
            offering.OfferedLine(line.position, line.product, line.quantity, prices[line.position])
            for line in quote.lines.all()
            if line.product
        ]
        draft = offering.write_draft(
            quote,
            lines=lines,
            delivery_name="One pallet box",
            delivery_price=Decimal("12.50"),
            valid_until=valid_until or timezone.localdate() + timedelta(days=14),
        )
        return offering.send_version(quote, number=draft.number, by=sales_clerk)

    return make


@pytest.fixture
def buyer() -> Callable[..., Buyer]:
    return make_buyer


def make_buyer(quote: Quote, name: str = "Rosa Whitlock") -> Buyer:
    address = ShippingAddress(
        first_name="Rosa", last_name="Whitlock", line1="2 Mill Lane", line4="Sampleton", country=quote.country
    )
    return Buyer(name=name, po_number="PO-77", address=address)


@pytest.fixture
def form_data() -> Callable[..., dict[str, str]]:
    """What a browser sends; `rows` are (what, quantity, wished price, note)."""

    def make(*rows: tuple[str, ...], **fields: str) -> dict[str, str]:
        data = {
            "name": "Rosa Whitlock",
            "email": "rosa@clinic.example",
            "company": "Whitlock Hand Clinic",
            "country": "GB",
            "form_key": "7d8f5a4e-0f5f-4c0b-9f39-1f6d7f3d9c11",
            "lines-TOTAL_FORMS": str(len(rows)),
            "lines-INITIAL_FORMS": "0",
            **fields,
        }
        for number, row in enumerate(rows):
            names = ("what", "quantity", "wished_price", "note")
            data.update({f"lines-{number}-{name}": value for name, value in zip(names, row, strict=False)})
        return data

    return make
