"""What the address page already knows."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from oscar.apps.address.models import UserAddress

from supplier.accounts.models import User

from .forms import ADDRESS_FIELDS
from .state import CheckoutState


def known_address(user: User | AnonymousUser, state: CheckoutState) -> dict[str, Any]:
    """Told a moment ago; else a signed-in customer's usual address; else nothing but their name."""
    if state.address_data:
        return {"email": state.email, **state.address_data}
    if not isinstance(user, User):
        return {"country": "GB"}
    usual = UserAddress.objects.filter(user=user, country__is_shipping_country=True)
    found = usual.order_by("-is_default_for_shipping", "-num_orders_as_shipping_address", "-pk").first()
    if found is None:
        return {"country": "GB", "first_name": user.first_name, "last_name": user.last_name}
    return {name: getattr(found, name) for name in ADDRESS_FIELDS} | {"country": found.country_id}
