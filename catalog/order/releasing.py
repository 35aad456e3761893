"""Undoes an order that was never paid: stock and vouchers are free again, the lines lie in the basket again."""

from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from oscar.apps.offer.models import ConditionalOffer
from oscar.apps.voucher.models import Voucher

from catalog.basket.models import Basket
from catalog.partner.strategy import PublicStrategy

from .models import Order


@transaction.atomic
def release(order: Order, *, state: str) -> None:
    """The caller holds the order's row lock and knows that no money can come any more."""
    order.set_status(state)
    for line in order.lines.exclude(stockrecord=None).order_by("stockrecord_id", "pk"):
        if line.num_allocated and not line.allocation_cancelled:
            line.cancel_allocation(line.num_allocated)
    _give_back_vouchers(order)
    _forget_offers(order)


def _give_back_vouchers(order: Order) -> None:
    """As if the voucher had not been used: it may be used again."""
    for application in order.voucherapplication_set.all():
        given = order.discounts.filter(voucher_id=application.voucher_id).aggregate(sum=Sum("amount", default=0))["sum"]
        Voucher.objects.filter(pk=application.voucher_id).update(
            num_orders=F("num_orders") - 1, total_discount=F("total_discount") - given
        )
        application.delete()


def _forget_offers(order: Order) -> None:
    for discount in order.discounts.exclude(offer_id=None):
        ConditionalOffer.objects.filter(pk=discount.offer_id).update(
            num_applications=F("num_applications") - discount.frequency,
            num_orders=F("num_orders") - 1,
            total_discount=F("total_discount") - discount.amount,
        )


@transaction.atomic
def put_back(order: Order, basket: Any) -> None:
    """Copies the lines into an open basket, without what has no price now; the order's own basket stays as it was."""
    if not basket.has_strategy:
        basket.strategy = PublicStrategy(None)
    for line in order.lines.exclude(product=None).select_related("product").order_by("pk"):
        if basket.strategy.fetch_for_product(line.product).price.exists:
            basket.add_product(line.product, line.quantity)
    if order.basket:
        basket.vouchers.add(*order.basket.vouchers.all())


def open_basket_of(order: Order) -> Any | None:
    """A signed-in customer's open basket. A guest's is known only to their browser: see the order's page."""
    if not order.user:
        return None
    return Basket.open.filter(owner=order.user).order_by("pk").first() or Basket.open.create(
        owner=order.user, status=Basket.OPEN
    )
