"""Oscar's customer pages in our frame, the account's first page, and where one lands after signing in."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

PASSWORD = "a-long-password-9"
PAGES = [
    "summary",
    "profile-view",
    "profile-update",
    "profile-delete",
    "change-password",
    "order-list",
    "address-list",
    "address-create",
    "notifications-inbox",
    "notifications-archive",
    "wishlists-list",
    "wishlists-create",
    "alerts-list",
]


def sign_in(client: Client, email: str, **more: str) -> Any:
    data = {"login-username": email, "login-password": PASSWORD, "login_submit": "1", **more}
    return client.post(reverse("customer:login"), data)


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_account_pages_stand_in_our_frame(client: Client, clinic_buyer: Any, name: str) -> None:
    client.force_login(clinic_buyer)
    html = client.get(reverse(f"customer:{name}")).content.decode()
    assert "header__mark" in html
    assert "css/tokens" in html
    assert len(re.findall(r"<h1\b", html)) == 1
    assert not re.search(r"jquery|bootstrap|onclick=|<script(?! type)", html)


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_account_pages_ask_visitors_to_sign_in(client: Client, name: str) -> None:
    url = reverse(f"customer:{name}")
    response = client.get(url)
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('customer:login')}?next={url}"


@pytest.mark.django_db
def test_customer_lands_on_the_account_after_signing_in(client: Client, clinic_buyer: Any) -> None:
    response = sign_in(client, "Buyer@Clinic.example")
    assert response["Location"] == reverse("customer:summary")
    assert "Hello, Rosa Whitlock" in client.get(response["Location"]).content.decode()


@pytest.mark.django_db
def test_staff_land_on_the_desk_after_signing_in(client: Client, sales_clerk: Any) -> None:
    assert sign_in(client, "clerk@stillhand.example")["Location"] == "/desk/"


@pytest.mark.django_db
def test_signing_in_leads_back_to_where_one_was_going(client: Client, sales_clerk: Any) -> None:
    response = sign_in(client, "clerk@stillhand.example", **{"login-redirect_url": "/checkout/"})
    assert response["Location"] == "/checkout/"


@pytest.mark.django_db
def test_wrong_password_keeps_the_address_and_says_what_is_wrong(client: Client, clinic_buyer: Any) -> None:
    data = {"login-username": "buyer@clinic.example", "login-password": "no", "login_submit": "1"}
    html = client.post(reverse("customer:login"), data).content.decode()
    assert 'value="buyer@clinic.example"' in html
    assert 'role="alert"' in html


@pytest.mark.django_db
def test_visitor_opens_an_account_and_is_signed_in(client: Client) -> None:
    names = ("email", "password1", "password2")
    values = ("new@post.example", PASSWORD, PASSWORD)
    data = {f"registration-{name}": value for name, value in zip(names, values, strict=True)}
    response = client.post(reverse("customer:login"), data | {"registration_submit": "1"}, follow=True)
    assert "Your account is open" in response.content.decode()
    assert "new@post.example" in response.content.decode()


@pytest.mark.django_db
def test_page_for_new_accounts_opens_one_too(client: Client, mailoutbox: list[Any]) -> None:
    data = {"email": "new@post.example", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("customer:register"), data)
    assert client.get(reverse("customer:summary")).status_code == 200
    assert [letter.to for letter in mailoutbox] == [["new@post.example"]]


@pytest.mark.django_db
def test_guest_order_addresses_of_oscar_are_gone(client: Client) -> None:
    assert client.get("/accounts/order-status/100001/abc/").status_code == 404
