"""Placing an order: one transaction that takes the basket and the stock, or changes nothing and says why."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext as _
from oscar.apps.checkout.calculators import OrderTotalCalculator
from oscar.apps.offer.applicator import Applicator
from oscar.apps.order.exceptions import UnableToPlaceOrder
from oscar.apps.order.utils import OrderCreator

from catalog.basket.models import Basket
from catalog.order.models import Order
from catalog.partner.models import StockRecord
from catalog.payment.models import PaymentAttempt
from supplier.accounts.models import User

from . import states, unpaid
from .addresses import remember_address
from .letters import send_confirmation
from .numbers import next_order_number

Buyer = User | AnonymousUser | None


@dataclass(frozen=True)
class ShortLine:
    """`available` pieces can be had of the `wanted`."""

    title: str
    sku: str
    wanted: int
    available: int


class OutOfStock(Exception):
    """Something in the basket is no longer there; nothing was changed."""

    def __init__(self, lines: list[ShortLine]) -> None:
        super().__init__(", ".join(line.title for line in lines))
        self.lines = lines


class BasketChanged(Exception):
    """The basket, its price or a voucher is not what the customer saw; nothing was changed. Show it again."""


def place_order(
    basket: Any,
    *,
    user: Buyer,
    email: str,
    shipping_address: Any,
    shipping_method: Any,
    expected_total: Decimal | None = None,
    pay_until: datetime | None = None,
    with_offers: bool = True,
    request: HttpRequest | None = None,
) -> Order:
    """The order of this basket, awaiting payment. The same basket again gives the same order: a button pressed twice.

    `basket` brings its strategy. `pay_until`: the order waits until then, whatever happens to single payment sessions;
    None: until its session has run out. Raises OutOfStock, BasketChanged or TooManyUnpaid.
    """
    with transaction.atomic():
        locked = Basket.objects.select_for_update().get(pk=basket.pk)
        if locked.status == Basket.SUBMITTED:
            return _order_of(locked)
        if pay_until is None:
            unpaid.refuse_too_many(user=user, email=email)
        _prepare(locked, strategy=basket.strategy, user=user, with_offers=with_offers, request=request)
        _check_stock(locked)
        order = _create(
            locked,
            user=user or AnonymousUser(),
            shipping_address=shipping_address,
            shipping_method=shipping_method,
            request=request,
            guest_email=email,
            pay_until=pay_until,
            expected_total=expected_total,
        )
        _finish(locked, order, user=user)
        return order


def _finish(basket: Any, order: Order, *, user: Buyer) -> None:
    remember_address(user, order.shipping_address)
    basket.submit()
    _await_payment(order)


def _order_of(basket: Any) -> Order:
    order = Order.objects.filter(basket=basket).order_by("pk").last()
    if order is None:
        raise BasketChanged(_("Your basket is empty. Put something into it first."))
    return order


def _prepare(basket: Any, *, strategy: Any, user: Buyer, with_offers: bool, request: HttpRequest | None) -> None:
    if basket.status not in Basket.editable_statuses or not basket.lines.exists():
        raise BasketChanged(_("Your basket is empty. Put something into it first."))
    _lock_stock(basket)
    basket.strategy = strategy
    prefetch_related_objects(list(basket.all_lines()), "attributes")  # Oscar copies them line by line
    if with_offers:
        Applicator().apply(basket, user or AnonymousUser(), request)
        _leave_unused_vouchers(basket)


def _leave_unused_vouchers(basket: Any) -> None:
    """A voucher that takes nothing off, since it has run out or fits nothing here, is neither in the way nor used."""
    used = {found["voucher"].pk for found in basket.offer_applications if found["voucher"]}
    basket.vouchers.remove(*basket.vouchers.exclude(pk__in=used))


def _lock_stock(basket: Any) -> None:
    """In key order, so that two customers never wait for each other. Prices and stock are read after this."""
    keys = basket.lines.values_list("stockrecord_id", flat=True)
    list(StockRecord.objects.select_for_update().filter(pk__in=list(keys)).order_by("pk").values_list("pk"))
    basket.reset_offer_applications()  # forgets lines that were read before the lock


def _check_stock(basket: Any) -> None:
    wanted: dict[int, int] = defaultdict(int)
    for line in basket.all_lines():
        wanted[line.stockrecord_id] += line.quantity
    short = [line for line in basket.all_lines() if not _is_available(line, wanted[line.stockrecord_id], basket)]
    if short:
        raise OutOfStock([_short_line(line, wanted[line.stockrecord_id], basket) for line in short])


def _is_available(line: Any, wanted: int, basket: Any) -> bool:
    if not line.purchase_info.price.exists or not _may_be_sold(line, basket):
        return False
    permitted, _reason = line.purchase_info.availability.is_purchase_permitted(wanted)
    return bool(permitted)


def _may_be_sold(line: Any, basket: Any) -> bool:
    """A quote may sell what the shop does not show."""
    return bool(line.product.is_public or getattr(basket.strategy, "sells_unpublished", False))


def _short_line(line: Any, wanted: int, basket: Any) -> ShortLine:
    left = line.stockrecord.net_stock_level if _may_be_sold(line, basket) else 0
    return ShortLine(line.product.get_title(), line.stockrecord.partner_sku, wanted, max(0, left))


def _create(
    basket: Any, *, shipping_address: Any, shipping_method: Any, expected_total: Decimal | None, **values: Any
) -> Order:
    charge = shipping_method.calculate(basket)
    total = OrderTotalCalculator().calculate(basket, charge)
    if expected_total is not None and total.incl_tax != expected_total:
        raise BasketChanged(_("A price has changed. Look at the new sum before you pay."))
    shipping_address.save()
    try:
        return OrderCreator().place_order(
            basket,
            total=total,
            shipping_address=shipping_address,
            shipping_method=shipping_method,
            shipping_charge=charge,
            order_number=next_order_number(),
            status=states.AWAITING_PAYMENT,
            **values,
        )
    except ValueError as error:  # a voucher that somebody used up in this moment
        raise BasketChanged(_("A voucher can no longer be used. Look at the new sum before you pay.")) from error
    except UnableToPlaceOrder as error:  # stock that was counted anew in this moment
        raise BasketChanged(_("Something in your basket was sold in this moment. Look at it again.")) from error


def _await_payment(order: Order) -> None:
    """Nothing is to be paid for an order that a voucher pays whole; it is paid from the start."""
    if order.total_incl_tax > 0:
        PaymentAttempt.objects.create(order=order, amount=order.total_incl_tax, currency=order.currency)
    else:
        mark_paid(order)


def mark_paid(order: Order) -> None:
    """The order is paid, and its confirmation goes out in the same transaction."""
    order.set_status(states.PAID)
    send_confirmation(order)
