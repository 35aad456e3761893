"""The address book."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from oscar.apps.address.models import Country, UserAddress

pytestmark = pytest.mark.django_db


def make_address(user: Any, country: str = "GB", **fields: Any) -> UserAddress:
    values = {
        "first_name": "Maureen",
        "last_name": "Tadworth",
        "line1": "8 Example Terrace",
        "line4": "Sampleton",
        "postcode": {"GB": "SX4 6DQ", "US": "62701"}[country],
        **fields,
    }
    return UserAddress.objects.create(user=user, country=Country.objects.get(pk=country), **values)


def press(client: Client, address: UserAddress, action: str, *, method: str = "post") -> Any:
    url = reverse("customer:address-change-status", kwargs={"pk": address.pk, "action": action})
    return getattr(client, method)(url, follow=True)


def test_default_address_is_changed_by_a_press_only(client: Client, clinic_buyer: Any) -> None:
    client.force_login(clinic_buyer)
    before = make_address(clinic_buyer, is_default_for_shipping=True)
    other = make_address(clinic_buyer, line1="1 Other Street")
    assert press(client, other, "default_for_shipping", method="get").status_code == 405
    press(client, other, "default_for_shipping")
    assert list(UserAddress.objects.filter(is_default_for_shipping=True)) == [other]
    press(client, before, "default_for_billing")
    assert list(UserAddress.objects.filter(is_default_for_billing=True)) == [before]


def test_parcels_go_to_no_country_that_we_do_not_send_to(client: Client, clinic_buyer: Any) -> None:
    client.force_login(clinic_buyer)
    abroad = make_address(clinic_buyer, "US")
    page = press(client, abroad, "default_for_shipping").content.decode()
    assert "We send no parcels to this country." in page
    assert not UserAddress.objects.filter(is_default_for_shipping=True).exists()


def test_address_of_somebody_else_is_not_found(client: Client, clinic_buyer: Any, make_user: Any) -> None:
    theirs = make_address(make_user("other@clinic.example"))
    client.force_login(clinic_buyer)
    assert press(client, theirs, "default_for_shipping").status_code == 404
    assert not UserAddress.objects.filter(is_default_for_shipping=True).exists()


def test_new_address_begins_at_home_and_without_an_empty_country(client: Client, clinic_buyer: Any) -> None:
    client.force_login(clinic_buyer)
    page = client.get(reverse("customer:address-create")).content.decode()
    assert '<option value="GB" selected>' in page
    assert "---------" not in page


def test_what_is_to_be_mended_is_told_in_the_order_of_the_page(client: Client, clinic_buyer: Any) -> None:
    client.force_login(clinic_buyer)
    page = client.post(reverse("customer:address-create"), {}).content.decode()
    told = [page.index(f'<a href="#id_{name}">') for name in ("first_name", "country", "line1", "line4", "postcode")]
    assert told == sorted(told)
