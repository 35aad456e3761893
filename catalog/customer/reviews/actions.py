"""What buyers say: who may, writing, taking back; and what staff decide about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from oscar.apps.catalogue.reviews.models import ProductReview

from catalog.catalogue.models import Product
from catalog.order import states
from catalog.order.models import Line
from supplier.accounts.models import User

from . import letters

#: An order in one of these states was paid.
BOUGHT = (states.PAID, states.PACKED, states.SHIPPED, states.DELIVERED)


def has_bought(user: User, product: Product) -> bool:
    """The product, or one of its variants, with this account."""
    return _bought_lines(user).filter(Q(product=product) | Q(product__parent=product)).exists()


def bought_products(user: User) -> QuerySet[Product]:
    """What the user may review: products, not variants."""
    lines = _bought_lines(user)
    keys = Q(pk__in=lines.values("product_id")) | Q(pk__in=lines.values("product__parent_id"))
    products: QuerySet[Product] = Product.objects.filter(keys, parent=None, is_public=True)
    return products


def _bought_lines(user: User) -> QuerySet[Line]:
    lines: QuerySet[Line] = Line.objects.filter(order__user=user, order__status__in=BOUGHT)
    return lines


@transaction.atomic
def write_review(product: Product, *, by: User, fields: Mapping[str, Any]) -> ProductReview:
    """One a person and product: writing again changes it. Either way somebody reads it before it is shown."""
    review = ProductReview.objects.select_for_update().filter(product=product, user=by).first()
    review = review or ProductReview(product=product, user=by)
    for name in ("score", "title", "body", "name"):
        setattr(review, name, fields[name])
    review.status, review.date_created = ProductReview.FOR_MODERATION, timezone.now()
    _save(review)
    return review


def _save(review: ProductReview) -> None:
    try:
        with transaction.atomic():
            review.save()
    except IntegrityError:
        # Pressed twice: the other request was first, with the same words.
        if not ProductReview.objects.filter(product=review.product_id, user=review.user_id).exists():
            raise


@transaction.atomic
def withdraw(product: Product, *, by: User) -> bool:
    review = ProductReview.objects.filter(product=product, user=by).first()
    if review:
        review.delete()
    return review is not None


@transaction.atomic
def refuse(review: ProductReview, *, reason: str) -> None:
    """It is not shown, or no longer; its writer is told why."""
    review.status = ProductReview.REJECTED
    review.save()
    letters.send_refusal(review, reason=reason)
