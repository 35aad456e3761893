"""What product pages say of delivery; the whole of it stands on the page "delivery" and in the checkout."""

from django import template

from catalog.shipping.models import DeliveryMethod

register = template.Library()

#: Most customers live here; others see what it costs in the checkout.
HOME = "GB"


@register.simple_tag
def home_delivery() -> DeliveryMethod | None:
    """The cheapest way to have it brought to an address at home; collection is not one."""
    methods = DeliveryMethod.objects.filter(is_active=True, countries=HOME, price__gt=0)
    return methods.order_by("price", "position", "pk").first()
