"""Keeping a tool for later: one press, on the list that is there or on a new one."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from oscar.apps.wishlists.models import Line, WishList

from catalog.catalogue.models import Product
from supplier.accounts.models import User

#: What a visitor wanted to keep before signing in; it is kept as soon as they have.
SESSION_KEY = "keep_for_later"


@transaction.atomic
def keep(product: Product, *, user: User) -> WishList:
    """On the oldest list of the user. Keeping it twice leaves it there once."""
    # Two presses at once find the first one's list.
    User.objects.select_for_update().get(pk=user.pk)
    wishlist = user.wishlists.order_by("date_created", "pk").first()
    wishlist = wishlist or user.wishlists.create(name=_("Kept for later"))
    wishlist.lines.get_or_create(product=product, defaults={"title": product.get_title()})
    return wishlist


@transaction.atomic
def take_off(product: Product, *, user: User) -> None:
    Line.objects.filter(wishlist__owner=user, product=product).delete()


@transaction.atomic
def move(line: Line, *, to: WishList) -> None:
    """What lies on the other list already is there once."""
    if to.lines.filter(product=line.product_id).exclude(product=None).exists():
        line.delete()
    else:
        line.wishlist = to
        line.save(update_fields=["wishlist"])


def remember(request: HttpRequest, product: Product) -> None:
    request.session[SESSION_KEY] = product.pk


def keep_remembered(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """On `user_logged_in`: whoever pressed "Keep for later" and was asked to sign in need not press again."""
    key = getattr(request, "session", {}).pop(SESSION_KEY, None)
    product = Product.objects.filter(pk=key, is_public=True).first() if key else None
    if product:
        keep(product, user=user)
