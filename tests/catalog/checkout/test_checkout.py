"""From the basket to Stripe's page and back, as a visitor's browser does it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.signing import Signer
from django.db import connections
from django.test import Client
from django.utils import timezone

from catalog.basket.models import Basket
from catalog.catalogue.models import Product
from catalog.order import states
from catalog.order.links import new_order_path
from catalog.order.models import Order, OrderLink
from catalog.partner.models import StockRecord
from catalog.payment import actions
from tests.servers import StripeStandIn
from tests.shop import GUEST, make_basket, make_method, make_product, order_of, stock_of

WHO = {
    "email": GUEST,
    "first_name": "Maureen",
    "last_name": "Tadworth",
    "country": "GB",
    "line1": "8 Example Terrace",
    "line2": "",
    "line4": "Sampleton",
    "postcode": "SX4 6DQ",
    "phone_number": "",
}
BERLIN = WHO | {"country": "DE", "postcode": "10117", "line4": "Berlin", "phone_number": "+49 30 901820"}

QUERIES = {"/checkout/": 20, "/checkout/delivery/": 20, "/checkout/pay/": 20, "order": 20}

pytestmark = pytest.mark.django_db


@pytest.fixture
def methods() -> None:
    make_method("uk-standard", price="3.95", free_from=Decimal("45"), position=1)
    make_method("uk-express", price="7.95", position=2)
    make_method("eu-standard", countries="DE IE", price="12.90", max_weight_g=10000)


@pytest.fixture
def product(methods: None) -> Product:
    return make_product("Spiky Palm Ball", price="8.90", stock=5)


def with_basket(client: Client, basket: Any) -> Any:
    client.cookies[django_settings.OSCAR_BASKET_COOKIE_OPEN] = Signer().sign(basket.pk)
    return basket


def to_pay(client: Client, who: dict[str, str] = WHO, method: str = "uk-standard") -> Any:
    """As far as the pay page; returns its context."""
    assert client.post("/checkout/", who).headers["location"] == "/checkout/delivery/"
    assert client.post("/checkout/delivery/", {"method": method}).headers["location"] == "/checkout/pay/"
    response = client.get("/checkout/pay/")
    assert response.status_code == 200
    return response.context


def press_pay(client: Client, total: Any) -> Any:
    return client.post("/checkout/pay/", {"total": str(total.incl_tax)})


def test_guest_orders_in_three_pages_and_pays(client: Client, stripe: StripeStandIn, product: Product) -> None:
    with_basket(client, make_basket(product, quantity=2))
    context = to_pay(client)
    assert [(row.name, row.value) for row in context["rows"]] == [
        ("2 × Spiky Palm Ball", "£17.80"),
        ("Delivery, uk-standard", "£3.95"),
        ("To pay, with VAT", "£21.75"),
    ]
    response = press_pay(client, context["total"])
    assert response.status_code == 303
    url = response.headers["location"]
    assert url.startswith(f"{stripe.url}/pay/")
    assert mail.outbox == []
    back = stripe.press(url.rsplit("/", 1)[1], "pay")
    response = client.get(back.replace("http://testserver", ""), follow=True)
    order = Order.objects.get()
    assert order.status == states.PAID
    assert response.redirect_chain[0][0].startswith("/o/")
    assert f"Order {order.number}" in response.content.decode()
    assert "Paid by card ending 4242" in response.content.decode()
    assert [letter.to for letter in mail.outbox] == [[GUEST]]


def test_letter_leads_to_the_order_from_any_browser(client: Client, stripe: StripeStandIn, product: Product) -> None:
    with_basket(client, make_basket(product))
    url = press_pay(client, to_pay(client)["total"]).headers["location"]
    stripe.press(url.rsplit("/", 1)[1], "pay")
    actions.settle(url.rsplit("/", 1)[1])
    [line] = [line for line in mail.outbox[0].body.splitlines() if "/o/" in line]
    response = Client().get(line.strip().replace("http://testserver", ""))
    assert response.status_code == 200
    assert response.headers["x-robots-tag"] == "noindex, nofollow"
    assert response.headers["cache-control"].startswith("no-store, private")


def test_customer_who_cancels_can_pay_later_or_change(client: Client, stripe: StripeStandIn, product: Product) -> None:
    with_basket(client, make_basket(product, quantity=2))
    url = press_pay(client, to_pay(client)["total"]).headers["location"]
    page = cancel_url(stripe, url)
    shown = client.get(page).content.decode()
    assert "Not paid yet" in shown
    assert "Pay now" in shown
    assert client.post(f"{page}payment/").headers["location"] == url
    response = client.post(f"{page}change/")
    assert response.headers["location"] == "/basket/"
    assert Order.objects.get().status == states.CANCELLED
    assert stock_of(product) == (5, 0)
    basket = Basket.open.get()
    assert list(basket.lines.values_list("product", "quantity")) == [(product.pk, 2)]
    assert "has run out" in stripe.ask(url.removeprefix(stripe.url))[2]


def cancel_url(stripe: StripeStandIn, url: str) -> str:
    page = stripe.ask(url.removeprefix(stripe.url))[2]
    return "/o/" + page.split("/o/")[1].split('"')[0]


def test_pay_pressed_again_later_makes_no_second_order(client: Client, stripe: StripeStandIn, product: Product) -> None:
    with_basket(client, make_basket(product))
    total = to_pay(client)["total"]
    first = press_pay(client, total).headers["location"]
    assert press_pay(client, total).headers["location"] == first
    assert Order.objects.count() == 1
    assert stock_of(product) == (5, 1)


@pytest.mark.django_db(transaction=True)
def test_pay_double_clicked_makes_one_order(client: Client, stripe: StripeStandIn) -> None:
    make_method("uk-standard")
    product = make_product(stock=5)
    with_basket(client, make_basket(product))
    total = to_pay(client)["total"]
    browsers = [Client() for _ in range(6)]
    for browser in browsers:
        browser.cookies.update(client.cookies)

    def press(browser: Client) -> str:
        try:
            return str(press_pay(browser, total).headers["location"])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        urls = set(pool.map(press, browsers))
    assert len(urls) == 1
    assert Order.objects.count() == 1
    assert stock_of(product) == (5, 1)


def test_back_button_after_paying_leads_to_the_order(client: Client, stripe: StripeStandIn, product: Product) -> None:
    with_basket(client, make_basket(product))
    total = to_pay(client)["total"]
    session_id = press_pay(client, total).headers["location"].rsplit("/", 1)[1]
    stripe.press(session_id, "pay")
    actions.settle(session_id)
    for response in (client.get("/checkout/pay/"), press_pay(client, total), client.get("/checkout/")):
        assert response.headers["location"].startswith("/o/")
    assert Order.objects.count() == 1


def test_sold_out_meanwhile_says_what_to_do(client: Client, stripe: StripeStandIn, product: Product) -> None:
    basket = with_basket(client, make_basket(product, quantity=3))
    total = to_pay(client)["total"]
    StockRecord.objects.update(num_in_stock=2)
    response = press_pay(client, total)
    assert response.status_code == 409
    assert "you want 3, we have 2" in response.content.decode()
    assert not Order.objects.exists()
    basket.refresh_from_db()
    assert basket.status == Basket.OPEN
    basket.lines.update(quantity=2)
    assert press_pay(client, client.get("/checkout/pay/").context["total"]).status_code == 303


@pytest.mark.parametrize("total", ["17.00", "", "abc", "NaN", "sNaN", "1e999", "-1"])
def test_another_sum_than_shown_is_never_charged(
    client: Client, stripe: StripeStandIn, product: Product, total: str
) -> None:
    with_basket(client, make_basket(product))
    to_pay(client)
    response = client.post("/checkout/pay/", {"total": total})
    assert response.headers["location"] == "/checkout/pay/"
    assert not Order.objects.exists()


def test_stripe_down_keeps_the_order_and_says_so(client: Client, stripe: StripeStandIn, product: Product) -> None:
    with_basket(client, make_basket(product))
    total = to_pay(client)["total"]
    stripe.control(api="down")
    response = client.post("/checkout/pay/", {"total": str(total.incl_tax)}, follow=True)
    shown = response.content.decode()
    assert "Your order is kept" in shown
    assert "Pay now" in shown
    page = response.redirect_chain[-1][0]
    assert "try again soon" in client.post(f"{page}payment/", follow=True).content.decode()
    stripe.control(api="ok")
    assert client.post(f"{page}payment/").headers["location"].startswith(stripe.url)
    assert Order.objects.get().status == states.AWAITING_PAYMENT


def test_parcel_out_of_the_country_is_net(client: Client, stripe: StripeStandIn, product: Product) -> None:
    with_basket(client, make_basket(product, quantity=2))
    context = to_pay(client, BERLIN, "eu-standard")
    assert [row.value for row in context["rows"]] == ["£14.83", "£10.75", "£25.58"]
    assert "carrier collects import VAT" in client.get("/checkout/pay/").content.decode()
    url = press_pay(client, context["total"]).headers["location"]
    assert "£25.58" in stripe.ask(url.removeprefix(stripe.url))[2]
    order = Order.objects.get()
    assert order.total_incl_tax == order.total_excl_tax == Decimal("25.58")


def test_delivery_is_free_from_its_amount(client: Client, methods: None) -> None:
    with_basket(client, make_basket(make_product(price="22.50"), quantity=2))
    client.post("/checkout/", WHO)
    page = client.get("/checkout/delivery/")
    offers = {offer.code: (offer.price, offer.total) for offer in page.context["offers"]}
    assert offers == {"uk-standard": ("Free", "£45.00"), "uk-express": ("£7.95", "£52.95")}
    assert "£52.95 to pay now" in page.content.decode()


def test_sum_with_each_delivery_is_what_is_to_pay_for_it(client: Client, product: Product) -> None:
    with_basket(client, make_basket(product, quantity=2))
    client.post("/checkout/", WHO | BERLIN)
    [offer] = client.get("/checkout/delivery/").context["offers"]
    client.post("/checkout/delivery/", {"method": offer.code})
    assert offer.total == client.get("/checkout/pay/").context["rows"][-1].value


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "maureen.tadworth.example"}, "email"),
        ({"postcode": "SX4 6D"}, "postcode"),
        ({"country": "US"}, "country"),
        ({"country": "DE", "postcode": "SX4 6DQ"}, "postcode"),
        ({"last_name": ""}, "last_name"),
        ({"line1": "x\x00y"}, "line1"),
        ({"line1": "x" * 201}, "line1"),
        ({"phone_number": "12"}, "phone_number"),
    ],
)
def test_bad_address_says_where_and_keeps_what_was_typed(
    client: Client, product: Product, changes: dict[str, str], field: str
) -> None:
    with_basket(client, make_basket(product))
    response = client.post("/checkout/", WHO | {"line4": "Sampleton-on-Sea"} | changes)
    assert response.status_code == 400
    assert list(response.context["form"].errors) == [field]
    assert "Sampleton-on-Sea" in response.content.decode()


@pytest.mark.parametrize("method", ["", "nonsense", "eu-standard", "\x00"])
def test_unknown_delivery_is_asked_again(client: Client, product: Product, method: str) -> None:
    with_basket(client, make_basket(product))
    client.post("/checkout/", WHO)
    response = client.post("/checkout/delivery/", {"method": method})
    assert response.status_code == 400
    assert "method" in response.context["form"].errors


@pytest.mark.parametrize("path", ["/checkout/", "/checkout/delivery/", "/checkout/pay/"])
def test_checkout_without_basket_leads_to_the_basket(client: Client, path: str) -> None:
    assert client.get(path).headers["location"] == "/basket/"
    assert client.post(path, WHO).headers["location"] == "/basket/"


def test_session_lost_on_the_way_leads_back_to_the_right_page(client: Client, product: Product) -> None:
    with_basket(client, make_basket(product))
    total = to_pay(client)["total"]
    del client.cookies[django_settings.SESSION_COOKIE_NAME]
    assert press_pay(client, total).headers["location"] == "/checkout/"
    client.post("/checkout/", WHO)
    assert press_pay(client, total).headers["location"] == "/checkout/delivery/"
    assert not Order.objects.exists()


def test_signed_in_customer_is_not_asked_for_an_address_twice(
    client: Client, stripe: StripeStandIn, product: Product, clinic_buyer: Any
) -> None:
    client.force_login(clinic_buyer, "django.contrib.auth.backends.ModelBackend")
    make_basket(product, owner=clinic_buyer)
    assert "email" not in client.get("/checkout/").context["form"].fields
    press_pay(client, to_pay(client)["total"])
    assert Order.objects.get().user == clinic_buyer
    client.session.flush()
    later = Client()
    later.force_login(clinic_buyer, "django.contrib.auth.backends.ModelBackend")
    make_basket(product, owner=clinic_buyer)
    assert later.get("/checkout/").context["form"]["line1"].value() == "8 Example Terrace"


@pytest.mark.parametrize("session_id", ["", "cs_test_unknown", "\x00", "x" * 1000])
def test_return_of_an_unknown_session_is_not_found(client: Client, stripe: StripeStandIn, session_id: str) -> None:
    assert client.get("/checkout/return/", {"session_id": session_id}).status_code == 404


@pytest.mark.parametrize("path", ["", "payment/", "change/", "basket/"])
def test_order_page_is_closed_to_guesses(client: Client, path: str) -> None:
    for token in ("x", "x" * 43, "%00", "é"):
        response = client.post(f"/o/{token}/{path}") if path else client.get(f"/o/{token}/")
        assert response.status_code == 404


def test_revoked_link_is_closed(client: Client, stripe: StripeStandIn, product: Product) -> None:
    with_basket(client, make_basket(product))
    page = cancel_url(stripe, press_pay(client, to_pay(client)["total"]).headers["location"])
    assert client.get(page).status_code == 200
    for link in OrderLink.objects.all():
        link.revoke()
    assert client.get(page).status_code == 404


def test_expired_order_can_be_put_into_the_basket_again(
    client: Client, stripe: StripeStandIn, product: Product
) -> None:
    with_basket(client, make_basket(product, quantity=2))
    url = press_pay(client, to_pay(client)["total"]).headers["location"]
    page = cancel_url(stripe, url)
    stripe.control(run_out=url.rsplit("/", 1)[1])
    actions.settle(url.rsplit("/", 1)[1])
    assert "Put the things into my basket" in client.get(page).content.decode()
    assert client.post(f"{page}payment/").headers["location"] == page
    assert client.post(f"{page}basket/").headers["location"] == "/basket/"
    assert Basket.open.get().num_items == 2


def test_basket_shows_the_prices_of_the_country_that_was_told(client: Client, product: Product) -> None:
    with_basket(client, make_basket(product, quantity=2))
    client.post("/checkout/", BERLIN)
    assert basket_total(client) == "£25.58"
    client.post("/checkout/", WHO)
    assert basket_total(client) == "£21.75"


def basket_total(client: Client) -> str:
    [row] = [row for row in client.get("/basket/").context["rows"] if row.is_total]
    return str(row.value)


@pytest.mark.parametrize("path", ["/checkout/", "/checkout/delivery/", "/checkout/pay/"])
def test_queries_do_not_grow_with_the_basket(
    client: Client, methods: None, django_assert_max_num_queries: Any, path: str
) -> None:
    for count in (1, 5):
        visitor = Client()
        with_basket(visitor, make_basket(*(make_product(f"Ball {number}") for number in range(count))))
        to_pay(visitor)
        with django_assert_max_num_queries(QUERIES[path]):
            assert visitor.get(path).status_code == 200


def test_queries_of_the_order_page_do_not_grow(
    client: Client, stripe: StripeStandIn, methods: None, django_assert_max_num_queries: Any
) -> None:
    for count in (1, 5):
        visitor = Client()
        with_basket(visitor, make_basket(*(make_product(f"Ball {number}") for number in range(count))))
        page = cancel_url(stripe, press_pay(visitor, to_pay(visitor)["total"]).headers["location"])
        with django_assert_max_num_queries(QUERIES["order"]):
            assert Client().get(page).status_code == 200


def test_account_leads_to_the_page_of_the_order_and_no_other(
    client: Client, stripe: StripeStandIn, product: Product, clinic_buyer: Any, sales_clerk: Any
) -> None:
    client.force_login(clinic_buyer, "django.contrib.auth.backends.ModelBackend")
    make_basket(product, owner=clinic_buyer)
    press_pay(client, to_pay(client)["total"])
    number = Order.objects.get().number
    links = {client.get(f"/accounts/orders/{number}/").headers["location"] for _ in range(3)}
    assert len(links) == 1
    assert f"Order {number}" in client.get(links.pop()).content.decode()
    stranger = Client()
    assert "/accounts/login/" in stranger.get(f"/accounts/orders/{number}/").headers["location"]
    stranger.force_login(sales_clerk, "django.contrib.auth.backends.ModelBackend")
    assert stranger.get(f"/accounts/orders/{number}/").status_code == 404


def test_same_things_can_be_ordered_again(client: Client, stripe: StripeStandIn, product: Product) -> None:
    with_basket(client, make_basket(product, quantity=2))
    url = press_pay(client, to_pay(client)["total"]).headers["location"]
    page = cancel_url(stripe, url)
    assert client.post(f"{page}basket/").headers["location"] == page, "it waits for its payment"
    stripe.press(url.rsplit("/", 1)[1], "pay")
    actions.settle(url.rsplit("/", 1)[1])
    assert client.post(f"{page}basket/").headers["location"] == "/basket/"
    assert Basket.open.get().num_items == 2


def test_pay_pressed_in_an_old_tab_after_the_order_was_cancelled(
    client: Client, stripe: StripeStandIn, product: Product
) -> None:
    with_basket(client, make_basket(product))
    total = to_pay(client)["total"]
    page = cancel_url(stripe, press_pay(client, total).headers["location"])
    old_tab = Client()
    old_tab.cookies.update(client.cookies)
    client.post(f"{page}change/")
    Basket.open.all().delete()
    response = press_pay(old_tab, total)
    assert "Cancelled" in old_tab.get(response.headers["location"]).content.decode()
    assert stock_of(product) == (5, 0)
    assert Order.objects.count() == 1


def test_order_of_a_quote_is_not_changed_by_a_button(client: Client, stripe: StripeStandIn, product: Product) -> None:
    order = order_of(make_basket(product), pay_until=timezone.now() + timedelta(days=2))
    page = new_order_path(order)
    shown = client.get(page).content.decode()
    assert "Pay now" in shown
    assert "Change the order" not in shown
    assert "comes from a quote" in client.post(f"{page}change/", follow=True).content.decode()
    order.refresh_from_db()
    assert order.status == states.AWAITING_PAYMENT


def test_wrong_key_of_stripe_loses_no_order(client: Client, stripe: StripeStandIn, settings: Any) -> None:
    make_method("uk-standard")
    settings.STRIPE_SECRET_KEY = "sk_live_wrong"
    with_basket(client, make_basket(make_product()))
    response = client.post("/checkout/pay/", {"total": str(to_pay(client)["total"].incl_tax)}, follow=True)
    assert "Your order is kept" in response.content.decode()


def test_odd_names_stay_what_they_are(client: Client, stripe: StripeStandIn, methods: None) -> None:
    with_basket(client, make_basket(make_product('Ball "3/4" <b>& more')))
    hostile = WHO | {"first_name": "<script>alert(1)</script>", "last_name": "O'Brien\u202e & Söhne"}
    client.post("/checkout/", hostile)
    client.post("/checkout/delivery/", {"method": "uk-standard"})
    response = client.get("/checkout/pay/")
    assert "<script>alert" not in response.content.decode()
    url = press_pay(client, response.context["total"]).headers["location"]
    assert "<script>" not in stripe.ask(url.removeprefix(stripe.url))[2]
    stripe.press(url.rsplit("/", 1)[1], "pay")
    actions.settle(url.rsplit("/", 1)[1])
    [letter] = mail.outbox
    assert "Dear <script>alert(1)</script> O'Brien & Söhne," in letter.body
    assert 'Ball "3/4" <b>& more' in letter.body
    html = letter.alternatives[0][0]
    assert "<script>" not in html
    assert "<b>&" not in html
