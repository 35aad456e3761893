"""Placing an order: one transaction that takes the basket and the stock, or changes nothing and says why."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
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

from . import states
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
    None: until its session has run out. Raises OutOfStock or BasketChanged.
    """
    with transaction.atomic():
        locked = Basket.objects.select_for_update().get(pk=basket.pk)
        if locked.status == Basket.SUBMITTED:
            return _order_of(locked)
        _prepare(locked, strategy=basket.strategy, user=user, with_offers=with_offers, request=request)
        _check_stock(locked)
        charge = shipping_method.calculate(locked)
        total = OrderTotalCalculator().calculate(locked, charge)
        if expected_total is not None and total.incl_tax != expected_total:
            raise BasketChanged(_("A price has changed. Look at the new sum before you pay."))
        shipping_address.save()
        order = _create(
            locked,
            user=user or AnonymousUser(),
            total=total,
            shipping_address=shipping_address,
            shipping_method=shipping_method,
            shipping_charge=charge,
            request=request,
            guest_email=email,
            pay_until=pay_until,
        )
        remember_address(user, shipping_address)
        locked.submit()
        _await_payment(order)
        return order


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
    if with_offers:
        Applicator().apply(basket, user or AnonymousUser(), request)


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


def _create(basket: Any, **values: Any) -> Order:
    try:
        return OrderCreator().place_order(
            basket, order_number=next_order_number(), status=states.AWAITING_PAYMENT, **values
        )
    except ValueError as error:  # a voucher that somebody used up in this moment
        raise BasketChanged(str(error)) from error
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
