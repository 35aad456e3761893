"""What product pages say of delivery; the whole of it stands on the page "delivery" and in the checkout."""

from django import template

from catalog.shipping.models import DeliveryMethod

register = template.Library()


@register.simple_tag
def home_delivery() -> DeliveryMethod | None:
    """The cheapest; most customers live here, others see what it costs in the checkout."""
    return DeliveryMethod.objects.to_homes().first()
