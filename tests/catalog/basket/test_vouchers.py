"""Oscar's vouchers on our prices: VAT stays right to the penny."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from oscar.apps.offer.models import Benefit, Condition, ConditionalOffer, Range
from oscar.apps.voucher.models import Voucher

from catalog.partner.strategy import ExportStrategy
from tests.factories.texts import make_tool
from tests.shop import make_basket

pytestmark = pytest.mark.django_db


@pytest.fixture
def ten_per_cent() -> Voucher:
    everything = Range.objects.create(name="Everything", includes_all_products=True)
    offer = ConditionalOffer.objects.create(
        name="Ten per cent off",
        offer_type=ConditionalOffer.VOUCHER,
        condition=Condition.objects.create(range=everything, type=Condition.COUNT, value=1),
        benefit=Benefit.objects.create(range=everything, type=Benefit.PERCENTAGE, value=10),
    )
    now = timezone.now()
    voucher = Voucher.objects.create(
        name="Spring",
        code="SPRING",
        start_datetime=now - timezone.timedelta(1),
        end_datetime=now + timezone.timedelta(1),
    )
    voucher.offers.add(offer)
    return voucher


def apply(basket: Any) -> Any:
    from oscar.apps.offer.applicator import Applicator

    basket.reset_offer_applications()
    Applicator().apply(basket, user=None, request=None)
    return basket


def test_voucher_takes_its_share_and_vat_follows(client: Client, ten_per_cent: Voucher) -> None:
    tool = make_tool("SH-1", price="8.90")
    client.post(f"/basket/add/{tool.pk}/", {"quantity": 3}, headers={"origin": "http://testserver"})
    client.post("/basket/vouchers/add/", {"code": "spring"})
    page = client.get("/basket/").content.decode()
    assert "−£2.67" in page
    assert "£24.03" in page


@pytest.mark.parametrize(("strategy", "net", "tax", "gross"), [(None, "20.03", "4.00", "24.03")])
def test_lines_after_a_voucher_add_up(ten_per_cent: Voucher, strategy: Any, net: str, tax: str, gross: str) -> None:
    from oscar.apps.offer.applicator import Applicator

    from supplier.accounts.models import User

    basket = make_basket(make_tool("SH-1", price="8.90"), quantity=3)
    basket.vouchers.add(ten_per_cent)
    basket.reset_offer_applications()
    Applicator().apply(basket, user=User(), request=None)
    assert (basket.total_excl_tax, basket.total_tax, basket.total_incl_tax) == (
        Decimal(net),
        Decimal(tax),
        Decimal(gross),
    )


def test_voucher_on_export_prices_takes_from_the_net(ten_per_cent: Voucher) -> None:
    from oscar.apps.offer.applicator import Applicator

    from supplier.accounts.models import User

    basket = make_basket(make_tool("SH-1", price="8.90"), quantity=3)
    basket.strategy = ExportStrategy()
    basket.vouchers.add(ten_per_cent)
    basket.reset_offer_applications()
    Applicator().apply(basket, user=User(), request=None)
    assert basket.total_incl_tax == basket.total_excl_tax
    assert basket.total_tax == 0


@pytest.mark.parametrize("code", ["", "NOPE", "\x00", "x" * 5000])
def test_unknown_voucher_is_answered(client: Client, code: str) -> None:
    tool = make_tool("SH-1")
    client.post(f"/basket/add/{tool.pk}/", {"quantity": 1}, headers={"origin": "http://testserver"})
    response = client.post("/basket/vouchers/add/", {"code": code}, follow=True)
    assert response.status_code == 200
    assert "oucher" in response.content.decode()
