"""The account's addresses and lists, told in our words."""

from typing import Any

import pytest
from django.test import Client
from oscar.apps.address.models import UserAddress
from oscar.apps.wishlists.models import WishList

from .test_addresses import make_address

pytestmark = pytest.mark.django_db

WHERE = {"first_name": "Inês", "last_name": "de Sá", "line1": "3 Example Row", "line4": "Sampleton"}
NO_FORMS = {
    f"shared_emails-{name}": number
    for name, number in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"), ("MIN_NUM_FORMS", "0"), ("MAX_NUM_FORMS", "9"))
}


@pytest.fixture
def buyer(client: Client, clinic_buyer: Any) -> Client:
    client.force_login(clinic_buyer)
    return client


@pytest.fixture
def address(clinic_buyer: Any) -> UserAddress:
    return make_address(clinic_buyer, **WHERE)


@pytest.mark.parametrize("page", ["99", "0", "zz", "9" * 90])
@pytest.mark.parametrize("path", ["orders/", "wishlists/", "addresses/", "notifications/inbox/"])
def test_page_beyond_the_last_is_the_last(buyer: Client, path: str, page: str) -> None:
    assert buyer.get(f"/accounts/{path}", {"page": page}).status_code == 200


def test_list_is_made_in_our_words(buyer: Client) -> None:
    made = buyer.post(
        "/accounts/wishlists/create/", {"name": "100% wool", "visibility": "Private", **NO_FORMS}, follow=True
    )

    assert "The list is made." in made.content.decode()
    key = WishList.objects.get().key
    gone = buyer.post(f"/accounts/wishlists/{key}/delete/", follow=True).content.decode()
    assert "“100% wool” is deleted." in gone


def test_address_is_kept_in_our_words(buyer: Client, address: UserAddress) -> None:
    page = buyer.post(f"/accounts/addresses/{address.pk}/delete/", follow=True).content.decode()

    assert "The address is deleted: Inês de Sá" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"postcode": "ZZ"}, "A British one is written like S1 0EX."),
        ({"phone_number": "call me"}, "We can’t read this number."),
        ({"first_name": "x" * 999}, "At most 255 characters fit here."),
    ],
)
def test_slip_in_an_address_is_told_in_our_words(
    buyer: Client, address: UserAddress, typed: dict[str, str], words: str
) -> None:
    page = buyer.post("/accounts/addresses/add/", {**WHERE, "postcode": "S1 0EX", "country": "GB", **typed})

    assert words in page.content.decode()
    assert next(iter(typed.values())) in page.content.decode()
