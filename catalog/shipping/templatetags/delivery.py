"""What product pages say of delivery; the whole of it stands on the page "delivery" and in the checkout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import template
from django.utils import timezone

from catalog.shipping.dates import delivery_window, in_words
from catalog.shipping.models import DeliveryMethod

register = template.Library()


@dataclass(frozen=True, slots=True)
class Promise:
    """A way to have something brought home, and when it arrives if it is ordered now."""

    method: DeliveryMethod
    first: date
    last: date

    @property
    def days(self) -> str:
        return in_words(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Promises:
    """`cheapest`, and `soonest` where another way is there before it."""

    cheapest: Promise
    soonest: Promise | None


@register.simple_tag
def home_delivery(methods: Sequence[DeliveryMethod]) -> Promises | None:
    """Of `DeliveryMethod.objects.to_homes()`; most customers live here, others see in the checkout what it costs."""
    now = timezone.now()
    ways = [Promise(method, *delivery_window(method, ordered_at=now)) for method in methods]
    if not ways:
        return None
    soonest = min(ways, key=lambda way: (way.last, way.method.price))
    return Promises(ways[0], soonest if soonest.last < ways[0].first else None)
