"""Who waits for what: asking to be told, saying yes, and telling them when it is back."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from catalog.catalogue.models import Product
from catalog.customer.models import ProductAlert
from catalog.partner.models import StockRecord, pieces_left
from catalog.partner.strategy import PublicStrategy
from supplier.accounts.models import User

from . import letters

#: How long those who were told first have the pieces to themselves, before the next in the queue hear of them.
HEAD_START = timedelta(hours=24)
#: A "yes" that never came, and what a guest no longer waits for, are forgotten after this time.
UNCONFIRMED_FOR, CLOSED_FOR = timedelta(days=7), timedelta(days=30)


@transaction.atomic
def ask_as_guest(product: Product, *, email: str) -> None:
    """Their letter asks for a yes; whoever waits already gets a letter that says so, and can end it."""
    alerts = ProductAlert.objects.open().filter(email__iexact=email)
    alert, _is_new = alerts.get_or_create(product=product, user=None, defaults={"email": email})
    letters.send_confirmation(alert)


def ask_as_customer(product: Product, *, user: User) -> ProductAlert:
    """Once is enough, however often the button is pressed."""
    alert, _is_new = ProductAlert.objects.open().get_or_create(product=product, user=user)
    return alert


@transaction.atomic
def confirm(alert: ProductAlert) -> ProductAlert:
    alert = ProductAlert.objects.select_for_update().get(pk=alert.pk)
    if alert.can_be_confirmed:
        alert.confirm()
    return alert


@transaction.atomic
def cancel(alert: ProductAlert) -> ProductAlert:
    alert = ProductAlert.objects.select_for_update().get(pk=alert.pk)
    if alert.can_be_cancelled:
        alert.cancel()
    return alert


def records_to_tell_of() -> QuerySet[StockRecord]:
    """Stock that somebody waits for and that may be there again, whatever brought it back."""
    waited_for = ProductAlert.objects.filter(status=ProductAlert.ACTIVE).values("product_id")
    records: QuerySet[StockRecord] = StockRecord.objects.annotate(left=pieces_left())
    return records.filter(Q(left__gt=0) | Q(num_in_stock=None), product__in=waited_for).order_by("pk")


@transaction.atomic
def tell_waiting(record_pk: int) -> int:
    """Write to as many as there are pieces, who waits longest first; the number of letters.

    A letter and the end of its alert are one transaction, under the stock record's lock: two rounds at once can't
    tell more people than there are pieces, and a killed one has told nobody. A record that is locked by a checkout
    is left to the next round.
    """
    locked = StockRecord.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
    record = locked.select_related("product__product_class", "product__parent__product_class").filter(pk=record_pk)
    if (stock := record.first()) is None:
        return 0
    waiting = ProductAlert.objects.waiting().filter(product=stock.product_id).select_related("user")
    alerts = list(waiting.select_for_update(of=("self",))[: _room(stock)])
    return sum(_tell(alert, stock.product) for alert in alerts)


def _room(record: StockRecord) -> int | None:
    """How many may be told now: the free pieces, less those that others heard of lately; None: as many as wait."""
    product = record.product
    if not product.is_in_shop:
        return 0
    found = PublicStrategy(None).fetch_for_product(product, record)
    if not (found.price.exists and found.availability.is_available_to_buy):
        return 0
    pieces = getattr(found.availability, "num_available", None)
    return None if pieces is None else max(0, pieces - _told_lately(product))


def _told_lately(product: Product) -> int:
    since = timezone.now() - HEAD_START
    return ProductAlert.objects.filter(product=product, status=ProductAlert.CLOSED, date_closed__gt=since).count()


def _tell(alert: ProductAlert, product: Product) -> bool:
    """False: that address was told in this round already, as a guest and as a customer."""
    alert.refresh_from_db(fields=["status"])
    if alert.status != ProductAlert.ACTIVE:
        return False
    email = alert.get_email_address()
    if email:
        letters.send_back_again(alert, product=product, email=email)
        doubles = ProductAlert.objects.open().of_address(email).filter(product=product).exclude(pk=alert.pk)
        doubles.update(status=ProductAlert.CANCELLED, date_cancelled=timezone.now())
    alert.close()
    return bool(email)


def forget_old() -> int:
    """Addresses of guests are kept no longer than they serve; the number of alerts that went."""
    now = timezone.now()
    unconfirmed = Q(status=ProductAlert.UNCONFIRMED, date_created__lt=now - UNCONFIRMED_FOR)
    over = Q(date_closed__lt=now - CLOSED_FOR) | Q(date_cancelled__lt=now - CLOSED_FOR)
    number, _each = ProductAlert.objects.filter(unconfirmed | over).exclude(status=ProductAlert.ACTIVE).delete()
    return number
