"""A signed-in customer's address book grows with each order."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from oscar.apps.address.models import UserAddress

from supplier.accounts.models import User


def remember_address(user: User | AnonymousUser | None, address: Any) -> None:
    """Guests leave nothing behind."""
    if not isinstance(user, User):
        return
    known = UserAddress.objects.filter(user=user, hash=address.generate_hash()).first()
    if known is None:
        known = UserAddress(user=user)
        address.populate_alternative_model(known)
    known.num_orders_as_shipping_address += 1
    known.save()
