"""The countries that orders can go to."""

from typing import Any

from oscar.apps.address.models import Country


def served_countries() -> Any:
    """Home first, then by name."""
    return Country.objects.filter(is_shipping_country=True).order_by("-display_order", "printable_name")
