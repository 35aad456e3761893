"""Every country exists; orders go to the United Kingdom and the European Union."""

import pytest
from oscar.apps.address.models import Country

from catalog.shipping.countries import DELIVERED


@pytest.mark.django_db
def test_orders_go_to_the_united_kingdom_and_the_union() -> None:
    shipping = Country.objects.filter(is_shipping_country=True)
    assert set(shipping.values_list("pk", flat=True)) == DELIVERED
    assert len(DELIVERED) == 28
    assert Country.objects.count() == 249
    assert Country.objects.get(pk="IE").printable_name == "Ireland"


@pytest.mark.django_db
def test_home_stands_first_in_lists() -> None:
    assert Country.objects.filter(is_shipping_country=True).first() == Country.objects.get(pk="GB")
