"""What a product's page shows to one visitor only. Nothing is asked for visitors without a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import Context
from oscar.apps.wishlists.models import Line

from catalog.catalogue.models import Product
from catalog.catalogue.offers import Offer
from catalog.catalogue.opinions import word
from catalog.customer.alerts.forms import AlertForm
from catalog.customer.models import ProductAlert
from supplier.accounts.models import User
from supplier.accounts.origin import has_session

register = template.Library()
register.filter("review_word", word)


@dataclass(frozen=True, slots=True)
class Known:
    """`waits_for`: keys of what the visitor will be told about."""

    is_signed_in: bool = False
    is_kept: bool = False
    waits_for: frozenset[int] = field(default_factory=frozenset)


@register.simple_tag(takes_context=True)
def known_visitor(context: Context, product: Product, sold_out: Sequence[Offer]) -> Known:
    user = _user(context.get("request"))
    if not isinstance(user, User):
        return Known()
    kept = Line.objects.filter(wishlist__owner=user, product=product).exists()
    keys = [offer.product.pk for offer in sold_out]
    alerts = ProductAlert.objects.open().filter(user=user, product__in=keys) if keys else ProductAlert.objects.none()
    return Known(True, kept, frozenset(alerts.values_list("product_id", flat=True)))


@register.simple_tag(takes_context=True)
def alert_form(context: Context, sold_out: Sequence[Offer], chosen: int | None) -> Any:
    """The form that came back, or a fresh one; None where nothing is sold out."""
    if not sold_out:
        return None
    return context.get("alert_form") or AlertForm(offers=sold_out, user=_user(context.get("request")), chosen=chosen)


def _user(request: HttpRequest | None) -> User | AnonymousUser:
    if request is None or not has_session(request) or not isinstance(request.user, User):
        return AnonymousUser()
    return request.user
