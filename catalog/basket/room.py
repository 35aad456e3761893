"""How much of a thing still goes into a basket: what the stock, one line and one basket allow."""

from __future__ import annotations

from typing import Any

from django.conf import settings

#: Of one thing; whoever wants more is served better by a quote.
MOST = 1000


def room_for(basket: Any, product: Any, *, wanted: int) -> int:
    """As many of the wanted pieces as can be put in on top of what is there; 0 where it is not for sale."""
    info = basket.strategy.fetch_for_product(product)
    if not info.price.exists or not info.availability.is_purchase_permitted(1)[0]:
        return 0
    there = sum(line.quantity for line in basket.all_lines() if line.product_id == product.pk)
    limits = [wanted, MOST - there, settings.OSCAR_MAX_BASKET_QUANTITY_THRESHOLD - basket.num_items]  # type: ignore[misc]
    available = getattr(info.availability, "num_available", None)
    if available is not None:
        limits.append(available - there)
    return max(0, min(limits))
