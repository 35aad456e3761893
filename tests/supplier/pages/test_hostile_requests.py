"""Requests that no page of ours sends: too large, or with characters that no address has."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

TOO_LARGE = {"text": "a" * 3_000_000}
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("as_form", [True, False])
def test_large_body_to_an_address_that_is_not_there_gets_our_page(clinic_buyer: Any, as_form: bool) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(clinic_buyer)
    client.get("/accounts/profile/edit/")  # brings the token's cookie, so that Django reads the body
    if as_form:
        response = client.post("/nowhere/at-all/", "text=" + TOO_LARGE["text"], content_type=FORM)
    else:
        response = client.post("/nowhere/at-all/", TOO_LARGE)

    assert response.status_code == 400
    assert "Go back, make it shorter and send it again" in response.content.decode()


@pytest.mark.parametrize("path", ["wishlists/%00/", "accounts/wishlists/%00/", "accounts/orders/%00/", "o/a%00b/"])
def test_nul_in_an_address_is_not_found(client: Client, clinic_buyer: Any, path: str) -> None:
    client.force_login(clinic_buyer)

    assert client.get(f"/{path}").status_code == 404


@pytest.mark.parametrize(
    "path", ["products/x_{}/", "categories/x_{}/", "alerts/{}/", "accounts/addresses/{}/default_for_shipping/"]
)
def test_key_of_thousands_of_figures_is_not_found(client: Client, clinic_buyer: Any, path: str) -> None:
    client.force_login(clinic_buyer)

    assert client.get("/" + path.format("9" * 4400)).status_code == 404


def test_looking_at_an_address_that_only_takes_forms_is_no_dead_end(client: Client) -> None:
    response = client.get("/a/some-token/confirmation/")

    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert 'href="/"' in response.content.decode()
    assert "press the button there once more" in response.content.decode()
