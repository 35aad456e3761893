"""Oscar's vouchers on our prices: VAT stays right to the penny."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from oscar.apps.offer.models import Benefit, Condition, ConditionalOffer, Range
from oscar.apps.voucher.models import Voucher, VoucherApplication

from catalog.basket.models import Basket
from catalog.partner.strategy import ExportStrategy
from tests.factories.texts import make_tool
from tests.shop import make_basket, order_of

from .conftest import Visitor, words

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


@pytest.fixture
def shopper(visitor: Visitor) -> Visitor:
    visitor.add(make_tool("SH-1", price="8.90"), quantity=3)
    return visitor


def use(visitor: Visitor, code: str) -> Any:
    return visitor.client.post("/basket/vouchers/add/", {"code": code}, follow=True)


@pytest.mark.parametrize("code", ["spring", "SPRING", " Spring ", "spr ing"])
def test_voucher_is_found_however_it_is_written_and_taken_off_again(
    shopper: Visitor, ten_per_cent: Voucher, code: str
) -> None:
    page = words(use(shopper, code))
    assert "SPRING is in use: Spring." in page
    assert "Ten per cent off −£2.67" in page
    assert "takes £2.67 off" in page
    page = shopper.press(f"/basket/vouchers/{ten_per_cent.pk}/remove/")
    assert "SPRING is no longer in use." in page
    assert "−£" not in page
    ten_per_cent.refresh_from_db()
    assert ten_per_cent.num_basket_additions == 0


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "Write the code of your voucher"),
        ("NOPE", "We know no voucher “NOPE”."),
        ("\x00", "A code has only letters, figures and dashes."),
        ("x" * 5000, "No code of ours is so long."),
        ("<b>x</b>", "We know no voucher “&lt;B&gt;X&lt;/B&gt;”."),
    ],
)
def test_code_that_is_none_says_so_beside_its_field(shopper: Visitor, code: str, said: str) -> None:
    response = use(shopper, code)
    assert response.status_code == 422
    assert said in words(response)
    html = response.content.decode()
    assert 'aria-invalid="true" aria-describedby="voucher-error"' in html
    assert 'id="voucher-error" role="alert"' in html


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [(-9, -2, "SPRING could be used until"), (2, 9, "SPRING can be used from")],
)
def test_voucher_out_of_its_time_says_when(
    shopper: Visitor, ten_per_cent: Voucher, start: int, end: int, said: str
) -> None:
    now = timezone.now()
    Voucher.objects.update(start_datetime=now + timedelta(start), end_datetime=now + timedelta(end))
    assert said in words(use(shopper, "SPRING"))
    assert not Basket.objects.get().vouchers.exists()


def test_voucher_for_accounts_says_how(shopper: Visitor, ten_per_cent: Voucher) -> None:
    Voucher.objects.update(usage=Voucher.ONCE_PER_CUSTOMER)
    assert "is for customers with an account. Sign in, then use it." in words(use(shopper, "SPRING"))


def test_voucher_that_was_used_says_so(shopper: Visitor, ten_per_cent: Voucher) -> None:
    Voucher.objects.update(usage=Voucher.SINGLE_USE)
    VoucherApplication.objects.create(voucher=ten_per_cent, order=order_of(make_basket(make_tool("SH-9"))))
    assert "SPRING has been used already; it can be used once." in words(use(shopper, "SPRING"))


def test_voucher_that_takes_nothing_off_is_not_kept(shopper: Visitor, ten_per_cent: Voucher) -> None:
    Condition.objects.update(value=50)
    response = use(shopper, "SPRING")
    assert "SPRING takes nothing off what is in your basket now." in words(response)
    assert 'value="SPRING"' in response.content.decode()
    assert not Basket.objects.get().vouchers.exists()


def test_voucher_used_twice_is_used_once(shopper: Visitor, ten_per_cent: Voucher) -> None:
    use(shopper, "SPRING")
    assert "SPRING is in use already." in words(use(shopper, "spring"))
    assert Basket.objects.get().vouchers.count() == 1


def test_voucher_that_ran_out_in_the_basket_says_so(shopper: Visitor, ten_per_cent: Voucher) -> None:
    use(shopper, "SPRING")
    Voucher.objects.update(end_datetime=timezone.now() - timedelta(hours=1))
    page = shopper.read()
    assert "SPRING could be used until" in page
    assert "−£" not in page


def test_guessing_codes_is_slowed_down(shopper: Visitor, ten_per_cent: Voucher) -> None:
    answers = [use(shopper, f"GUESS{number}").status_code for number in range(14)]
    assert answers[:12] == [422] * 12
    assert answers[12:] == [429, 429]
    assert "Try again in ten minutes." in words(use(shopper, "SPRING"))


@pytest.mark.parametrize(
    "language", ["voucher has expired", "does not qualify", "added to basket", "removed from basket"]
)
def test_words_of_oscar_are_not_met(shopper: Visitor, ten_per_cent: Voucher, language: str) -> None:
    pages = [words(use(shopper, code)) for code in ("SPRING", "SPRING", "NOPE")]
    pages.append(shopper.press(f"/basket/vouchers/{ten_per_cent.pk}/remove/"))
    assert all(language not in page for page in pages)


def test_anothers_voucher_can_not_be_taken_off(shopper: Visitor, ten_per_cent: Voucher) -> None:
    use(shopper, "SPRING")
    stranger = Visitor(Client())
    stranger.add(make_tool("SH-2"))
    stranger.press(f"/basket/vouchers/{ten_per_cent.pk}/remove/")
    assert Basket.objects.order_by("pk")[0].vouchers.count() == 1
