"""Every cookie that the shop sets, and who gets it: a visitor who only reads gets none."""

import pytest
from django.test import Client
from django.urls import reverse

from catalog.basket.models import Line
from tests.factories.texts import make_tool

pytestmark = pytest.mark.django_db

US = {"origin": "http://testserver"}
#: name → who gets it, and why
KNOWN = {
    "oscar_open_basket": "whoever puts something into the basket",
    "saved_basket": "whoever keeps something for later without an account",
    "sessionid": "whoever signs in or checks out",
    "csrftoken": "whoever sees a form that needs a session",
    "messages": "whoever is told something on the next page",
}


def test_reading_sets_no_cookie(client: Client):
    product = make_tool("SH-DHM-02")
    paths = ["/", "/products/", product.get_absolute_url(), "/search/?q=cork", "/journal/", "/techniques/", "/basket/"]
    for path in paths:
        response = client.get(path)
        assert response.status_code == 200, path
        assert not response.cookies, path
    assert not client.cookies


def test_basket_sets_its_cookie_only_when_something_is_put_in(client: Client):
    product = make_tool("SH-DHM-02")
    response = client.post(reverse("basket:add", args=[product.pk]), {"quantity": "1"}, headers=US)
    assert set(response.cookies) <= {"oscar_open_basket", "messages"}
    assert "oscar_open_basket" in response.cookies
    assert response.cookies["oscar_open_basket"]["httponly"]
    assert response.cookies["oscar_open_basket"]["samesite"] == "Lax"


def test_keeping_for_later_sets_its_cookie(client: Client):
    product = make_tool("SH-DHM-02")
    client.post(reverse("basket:add", args=[product.pk]), {"quantity": "1"}, headers=US)
    response = client.post(reverse("basket:save", args=[Line.objects.get().pk]), headers=US)
    assert "saved_basket" in response.cookies
    assert response.cookies["saved_basket"]["httponly"]
    assert set(client.cookies) <= set(KNOWN)


def test_signing_in_and_checking_out_set_only_known_cookies(client: Client, clinic_buyer):
    product = make_tool("SH-DHM-02")
    client.post(reverse("basket:add", args=[product.pk]), {"quantity": "1"}, headers=US)
    client.get(reverse("checkout:index"))
    client.get(reverse("customer:login"))
    client.post(
        reverse("customer:login"),
        {"login-username": clinic_buyer.email, "login-password": "a-long-password-9", "login_submit": "Log In"},
    )
    client.get("/wholesale/")
    assert set(client.cookies) <= set(KNOWN)
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["csrftoken"]["httponly"]
