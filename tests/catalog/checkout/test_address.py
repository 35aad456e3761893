"""The address as its country writes it: fields, names, errors; nothing that was typed is lost on the way."""

import re
from typing import Any

import pytest
from django.test import Client
from oscar.apps.address.models import Country

from catalog.basket.models import Basket
from catalog.catalogue.models import Product
from catalog.order.address_formats import address_lines
from catalog.order.models import Order, ShippingAddress
from catalog.order.unpaid import MOST
from tests.catalog.checkout.test_checkout import BERLIN, WHO, press_pay, to_pay, with_basket
from tests.catalog.customer.test_addresses import make_address
from tests.servers import StripeStandIn
from tests.shop import make_basket, make_method, make_product, order_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def product() -> Product:
    make_method("uk-standard", price="3.95")
    make_method("eu-standard", countries="DE IE HU IT", price="12.90")
    return make_product("Spiky Palm Ball", price="8.90", stock=50)


@pytest.fixture
def shopper(client: Client, product: Product) -> Client:
    with_basket(client, make_basket(product, quantity=2))
    return client


def switch(client: Client, country: str, **typed: str) -> Any:
    return client.post("/checkout/", {**typed, "country": country, "then": "country"}, follow=True)


def order_of_fields(response: Any) -> list[str]:
    names = re.findall(r'<(?:input|select|textarea)[^>]*\bid="id_(\w+)"', response.content.decode())
    return [name for name in names if name not in ("email", "country", "first_name", "last_name", "phone_number")]


def labels(response: Any) -> str:
    return " ".join(re.findall(r'<label class="field__label"[^>]*>([^<]*)', response.content.decode()))


@pytest.mark.parametrize(
    ("country", "fields", "named"),
    [
        ("GB", ["line1", "line2", "line4", "postcode"], ["Town", "Postcode"]),
        ("DE", ["line1", "line2", "postcode", "line4"], ["Postcode", "Town"]),
        ("IE", ["line1", "line2", "line4", "state", "postcode"], ["Town", "County", "Eircode"]),
        ("HU", ["line4", "line1", "line2", "postcode"], ["Town", "Address", "Postcode"]),
        ("IT", ["line1", "line2", "postcode", "line4", "state"], ["Postcode", "Town", "Province"]),
    ],
)
def test_fields_stand_as_the_country_writes_them(
    shopper: Client, country: str, fields: list[str], named: list[str]
) -> None:
    page = switch(shopper, country)
    assert order_of_fields(page) == fields
    assert re.search(".*".join(named), labels(page))


def test_country_with_states_asks_for_one(shopper: Client) -> None:
    Country.objects.filter(pk="US").update(is_shipping_country=True)
    page = switch(shopper, "US")
    assert re.search("City.*State.*ZIP code", labels(page))
    who = WHO | {"country": "US", "line4": "Portland", "postcode": "97201"}
    assert list(shopper.post("/checkout/", who).context["form"].errors) == ["state"]
    assert shopper.post("/checkout/", who | {"state": "OR"}).headers["location"] == "/checkout/delivery/"


def test_every_field_says_what_a_browser_may_fill_in(shopper: Client) -> None:
    html = switch(shopper, "IE").content.decode()
    for name, token in {
        "email": "email",
        "first_name": "shipping given-name",
        "last_name": "shipping family-name",
        "country": "shipping country",
        "line1": "shipping address-line1",
        "line4": "shipping address-level2",
        "state": "shipping address-level1",
        "postcode": "shipping postal-code",
        "phone_number": "shipping tel",
    }.items():
        [field] = re.findall(rf'<(?:input|select)[^>]*\bname="{name}"[^>]*>', html)
        assert f'autocomplete="{token}"' in field, name


def test_switching_the_country_keeps_what_was_typed_and_shows_its_prices(shopper: Client) -> None:
    page = switch(shopper, "DE", email="half an addr", first_name="Ma\x00ureen", line1="Weg <1>", postcode="SX4")
    form = page.context["form"]
    assert [form[name].value() for name in ("email", "first_name", "line1", "postcode", "country")] == [
        "half an addr", "Maureen", "Weg <1>", "SX4", "DE",
    ]  # fmt: skip
    assert not form.errors
    assert "£14.83" in page.content.decode(), "the sum is net now"
    assert "Weg <1>" not in page.content.decode()


def test_switching_to_where_we_do_not_deliver_changes_nothing(shopper: Client) -> None:
    for country in ("US", "XX", "", "\x00", "d" * 900):
        assert switch(shopper, country, line1="Weg 1").context["form"]["country"].value() == "GB"


def test_another_country_without_the_switch_is_judged_by_its_own_rules(shopper: Client) -> None:
    page = shopper.post("/checkout/", WHO | {"country": "DE"})
    assert list(page.context["form"].errors) == ["postcode"]
    assert "A postcode in Germany is written like 10117." in page.content.decode()
    assert order_of_fields(page) == ["line1", "line2", "postcode", "line4"]


def test_errors_are_tied_to_their_fields_and_listed_above(shopper: Client) -> None:
    html = shopper.post("/checkout/", WHO | {"email": "no", "postcode": "SX4 6D"}).content.decode()
    assert "<title>2 things to mend – Checkout" in html
    assert 'role="alert" tabindex="-1" autofocus' in html
    for name in ("email", "postcode"):
        [field] = re.findall(rf'<input[^>]*\bname="{name}"[^>]*>', html)
        assert 'aria-invalid="true"' in field
        described = re.search(r'aria-describedby="([^"]+)"', field)
        assert described
        assert all(f'id="{key}"' in html for key in described[1].split())
        assert f"id_{name}_error" in described[1]
        assert f'href="#id_{name}"' in html


def test_going_back_to_the_basket_keeps_what_was_typed(shopper: Client) -> None:
    typed = {"email": "ma", "line1": "8 Exam", "country": "GB", "then": "basket"}
    assert shopper.post("/checkout/", typed).headers["location"] == "/basket/"
    form = shopper.get("/checkout/").context["form"]
    assert (form["email"].value(), form["line1"].value()) == ("ma", "8 Exam")


def test_change_leads_back_without_loss(shopper: Client) -> None:
    to_pay(shopper)
    form = shopper.get("/checkout/").context["form"]
    assert {name: form[name].value() for name in ("email", "line1", "postcode")} == {
        "email": WHO["email"],
        "line1": WHO["line1"],
        "postcode": WHO["postcode"],
    }
    assert shopper.get("/checkout/delivery/").context["chosen"] == "uk-standard"


def test_postcode_is_kept_as_its_country_writes_it(shopper: Client, stripe: StripeStandIn) -> None:
    press_pay(shopper, to_pay(shopper, BERLIN | {"postcode": "d-10117"}, "eu-standard")["total"])
    assert ShippingAddress.objects.get().postcode == "10117"
    assert address_lines(ShippingAddress.objects.get())[2] == "10117 Berlin"


def test_eircode_may_be_left_out(shopper: Client) -> None:
    who = WHO | {"country": "IE", "line4": "Dublin", "postcode": "", "state": "County Dublin"}
    assert shopper.post("/checkout/", who).headers["location"] == "/checkout/delivery/"
    assert "Dublin, County Dublin, Ireland" in shopper.get("/checkout/delivery/").content.decode()


@pytest.mark.parametrize("path", ["/checkout/", "/checkout/delivery/", "/checkout/pay/"])
def test_sum_and_true_words_stand_on_every_page(shopper: Client, path: str) -> None:
    to_pay(shopper)
    html = shopper.get(path).content.decode()
    assert "2 × Spiky Palm Ball" in html
    assert "14 days after it arrives" in html
    assert "a person answers within one working day" in html
    if path != "/checkout/pay/":
        assert "In the parcel: 2 things, £17.80" in html, "on a phone in one line"


def test_account_chooses_one_of_its_addresses(client: Client, product: Product, clinic_buyer: Any) -> None:
    client.force_login(clinic_buyer)
    make_basket(product, owner=clinic_buyer)
    here = make_address(clinic_buyer, line1="1 Usual Street", is_default_for_shipping=True)
    there = make_address(clinic_buyer, line1="2 Other Street")
    page = client.get("/checkout/").content.decode()
    assert page.index("1 Usual Street") < page.index("2 Other Street")
    assert client.post("/checkout/", {"saved": there.pk}).headers["location"] == "/checkout/delivery/"
    assert "2 Other Street" in client.get("/checkout/delivery/").content.decode()
    client.post("/checkout/", {"saved": here.pk})
    assert "1 Usual Street" in client.get("/checkout/delivery/").content.decode()


def test_address_that_lacks_something_comes_back_to_be_mended(
    client: Client, product: Product, clinic_buyer: Any
) -> None:
    client.force_login(clinic_buyer)
    make_basket(product, owner=clinic_buyer)
    old = make_address(clinic_buyer, line1="1 Old Street", postcode="NONE")
    page = client.post("/checkout/", {"saved": old.pk})
    assert list(page.context["form"].errors) == ["postcode"]
    assert page.context["form"]["line1"].value() == "1 Old Street"


def test_anothers_address_can_not_be_chosen(
    client: Client, product: Product, clinic_buyer: Any, sales_clerk: Any
) -> None:
    client.force_login(clinic_buyer)
    make_basket(product, owner=clinic_buyer)
    foreign = make_address(sales_clerk, line1="9 Secret Street")
    page = client.post("/checkout/", {"saved": foreign.pk})
    assert page.status_code == 400
    assert "Secret" not in page.content.decode()


def test_too_many_unpaid_orders_are_told_and_the_basket_stays(
    shopper: Client, product: Product, stripe: StripeStandIn
) -> None:
    for _number in range(MOST):
        order_of(make_basket(product))
    basket = Basket.open.latest("pk")
    total = to_pay(shopper)["total"]
    page = shopper.post("/checkout/pay/", {"total": str(total.incl_tax)}, follow=True)
    assert "3 orders of yours wait for their payment" in page.content.decode()
    basket.refresh_from_db()
    assert basket.status == Basket.OPEN
    assert Order.objects.count() == MOST


def test_many_orders_from_one_place_are_slowed_down(shopper: Client, product: Product, stripe: StripeStandIn) -> None:
    total = to_pay(shopper)["total"]
    for _press in range(20):
        shopper.post("/checkout/pay/", {"total": "1"})
    page = shopper.post("/checkout/pay/", {"total": str(total.incl_tax)}, follow=True)
    assert "That were many orders in a short time." in page.content.decode()
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("first_name", "x" * 300, "At most 200 characters fit here."),
        ("postcode", "x" * 300, "At most 64 characters fit here."),
        ("country", "KP", "Please choose one of those that are listed."),
        ("country", "\0", "There is an invisible character in it"),
        ("phone_number", "call me", "Write it like 0114 496 0000"),
        ("phone_number", "1", "Write it like 0114 496 0000"),
        ("email", "a\0@b.example", "There is an invisible character in it"),
    ],
)
def test_what_cannot_be_kept_is_told_in_our_words_and_stays(shopper: Client, name: str, typed: str, words: str) -> None:
    page = shopper.post("/checkout/", {**WHO, name: typed}).content.decode()

    assert words in page
    for foreign in ("Ensure this value", "Null characters", "Select a valid choice", "phone format"):
        assert foreign not in page


def test_way_that_is_not_offered_is_told_in_our_words(shopper: Client) -> None:
    shopper.post("/checkout/", WHO)

    page = shopper.post("/checkout/delivery/", {"method": "a-drone"}).content.decode()

    assert "Choose one of the ways that are listed." in page
    assert "a-drone" not in page
