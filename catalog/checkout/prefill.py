"""What the address page already knows."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from oscar.apps.address.models import UserAddress

from supplier.accounts.models import User

from .forms import ADDRESS_FIELDS
from .state import CheckoutState

#: More than anybody wants to look through; the rest is in the account.
MOST_SHOWN = 8


def known_address(user: User | AnonymousUser, state: CheckoutState) -> dict[str, Any]:
    """Typed or told a moment ago; else a signed-in customer's usual address; else nothing but their name."""
    country = {"country": state.country}
    if state.draft or state.address_data:
        return {"email": state.email, **state.address_data, **state.draft, **country}
    if not isinstance(user, User):
        return country
    found = next(iter(saved_addresses(user)), None)
    return as_typed(found) if found else country | {"first_name": user.first_name, "last_name": user.last_name}


def saved_addresses(user: User | AnonymousUser) -> list[UserAddress]:
    """A signed-in customer's addresses that we deliver to, the usual one first."""
    if not isinstance(user, User):
        return []
    known = UserAddress.objects.filter(user=user, country__is_shipping_country=True).select_related("country")
    order = ("-is_default_for_shipping", "-num_orders_as_shipping_address", "-pk")
    return list(known.order_by(*order)[:MOST_SHOWN])


def as_typed(address: UserAddress) -> dict[str, Any]:
    """As the form takes it."""
    data = {name: str(getattr(address, name) or "") for name in ADDRESS_FIELDS}
    return data | {"country": address.country_id}
