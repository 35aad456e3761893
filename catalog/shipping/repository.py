"""Which delivery methods are open to a basket: by country and by weight."""

from typing import Any

from django.db.models import Q
from oscar.apps.catalogue.models import ProductAttributeValue  # noqa: TID251  (not forked)
from oscar.apps.shipping.repository import Repository as OscarRepository

from .methods import RowMethod
from .models import DeliveryMethod

HOME = "GB"
WEIGHT = "weight_g"


class Repository(OscarRepository):
    """Oscar's, with methods from our rows. An empty list means: too heavy, or not to this country."""

    def get_available_shipping_methods(self, basket: Any, shipping_addr: Any = None, **kwargs: Any) -> list[RowMethod]:
        country = shipping_addr.country_id if shipping_addr else HOME
        return [RowMethod(row) for row in rows_for(country=country, weight_g=weight_of(basket))]


def rows_for(*, country: str, weight_g: int) -> list[DeliveryMethod]:
    light_enough = Q(max_weight_g=None) | Q(max_weight_g__gte=weight_g)
    return list(DeliveryMethod.objects.filter(light_enough, is_active=True, countries=country).distinct())


def weight_of(basket: Any) -> int:
    """Grams. A variant without a weight of its own weighs what its parent says; unknown weighs nothing."""
    lines = [(line.product, line.quantity) for line in basket.all_lines()]
    owners = {key for product, _quantity in lines for key in (product.pk, product.parent_id) if key}
    values = ProductAttributeValue.objects.filter(product__in=owners, attribute__code=WEIGHT)
    weights = {value.product_id: int(value.value or 0) for value in values.select_related("attribute")}
    return sum(weights.get(product.pk, weights.get(product.parent_id, 0)) * quantity for product, quantity in lines)
