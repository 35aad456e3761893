"""Paying an order. Stripe is the truth: whoever hears of a payment calls `settle`, which asks and writes it down once.

No question to Stripe is asked while a transaction of ours is open. Rows are locked order first, attempt second.
"""

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.order import states
from catalog.order.actions import mark_paid
from catalog.order.letters import send_payment_failed
from catalog.order.models import Order
from catalog.order.releasing import open_basket_of, put_back, release

from . import stripe_client
from .models import PaymentAttempt, Source, SourceType
from .sessions import session_params
from .stripe_client import Session, StripeRefused, StripeUnavailable

log = logging.getLogger(__name__)
State = PaymentAttempt.State
TRIES = 3
#: After a bank debit failed, the customer has this long to pay another way.
GRACE = timedelta(days=1)
STRIPE_SHORTEST = timedelta(minutes=30)


class NotPayable(Exception):
    """The order does not wait for a payment: it is paid, under way, or given up. Its page says which."""


def open_session(order: Order) -> str:
    """The address of Stripe's page for this order: that of the open session if there is one, never of a second.

    Raises NotPayable, or StripeUnavailable when Stripe could not be asked; the order is kept.
    """
    for _try in range(TRIES):
        attempt = _attempt_to_use(order)
        session = _session_of(attempt)
        if session and session.status == "open":
            return session.url
        if session:
            _write_down(session)
    raise StripeUnavailable(f"no open session for order {order.number}")


@transaction.atomic
def _attempt_to_use(order: Order) -> PaymentAttempt:
    locked = Order.objects.select_for_update().get(pk=order.pk)
    attempt = locked.payment_attempts.live().first()
    if locked.status != states.AWAITING_PAYMENT or (attempt and attempt.state == State.PROCESSING):
        raise NotPayable(locked.status)
    if locked.pay_until and locked.pay_until <= timezone.now():
        raise NotPayable(states.EXPIRED)
    return attempt or PaymentAttempt.objects.create(
        order=locked, amount=locked.total_incl_tax, currency=locked.currency
    )


def _session_of(attempt: PaymentAttempt) -> Session | None:
    """Its session as Stripe has it now, made if need be; None when there is none and none can be made any more."""
    if attempt.session_id:
        return stripe_client.retrieve_session(attempt.session_id)
    try:
        session = stripe_client.create_session(session_params(attempt), key=str(attempt.key))
    except StripeRefused as error:
        _note_refusal(attempt, error)
        return None
    PaymentAttempt.objects.filter(pk=attempt.pk, session_id=None).update(
        session_id=session.id, state=State.OPEN, changed_at=timezone.now()
    )
    return session


def _note_refusal(attempt: PaymentAttempt, error: StripeRefused) -> None:
    """An attempt too old for a new session never had one: with its key Stripe would have shown the old one."""
    if error.param == "expires_at":
        attempt.move(State.EXPIRED)
        return
    attempt.move(State(attempt.state), attention=f"Stripe refused to open a payment page: {error}")
    log.error("Stripe refused a session for attempt %s: %s", attempt.key, error)
    raise StripeUnavailable(str(error)) from error


def find_session(attempt: PaymentAttempt) -> str | None:
    """The session of an attempt that never learned it. Too late to make a new one, so none is made by asking."""
    if attempt.expires_at - timezone.now() >= STRIPE_SHORTEST:
        return None
    session = _session_of(attempt)
    return session.id if session else None


def settle(session_id: str) -> PaymentAttempt | None:
    """Writes down what has become of a session. Safe to call at any time, by anybody, as often as one likes.

    None when the session is not about an order of ours. Raises StripeUnavailable or StripeRefused.
    """
    attempt = _write_down(stripe_client.retrieve_session(session_id))
    if attempt and attempt.state == State.EXPIRED:
        expire(attempt.order)
    return attempt


@transaction.atomic
def _write_down(session: Session) -> PaymentAttempt | None:
    found = _find_attempt(session)
    if found is None:
        log.warning("Stripe session %s belongs to no order here", session.id)
        return None
    order = Order.objects.select_for_update().get(pk=found.order_id)
    attempt = PaymentAttempt.objects.select_for_update().get(pk=found.pk)
    attempt.order = order
    if attempt.state != State.PAID and not _is_mismatch(attempt, session):
        _move(attempt, session)
    return attempt


def _find_attempt(session: Session) -> PaymentAttempt | None:
    """By the session; or by the key that we sent along, when we died before we could write the session down."""
    known = PaymentAttempt.objects.filter(session_id=session.id).first()
    if known or not session.attempt_key:
        return known
    return PaymentAttempt.objects.filter(key=session.attempt_key, session_id=None).first()


def _is_mismatch(attempt: PaymentAttempt, session: Session) -> bool:
    """Another sum, currency or order than we asked for is never taken as payment; staff are told."""
    asked = (attempt.pence, attempt.currency.lower(), attempt.order.number, str(attempt.key))
    told = (session.amount, session.currency.lower(), session.reference, session.attempt_key)
    if asked == told:
        return False
    words = _("Stripe's session %(id)s does not fit: asked %(asked)s, told %(told)s.") % {
        "id": session.id,
        "asked": asked,
        "told": told,
    }
    log.error(words)
    attempt.move(State(attempt.state), attention=words)
    return True


def _move(attempt: PaymentAttempt, session: Session) -> None:
    if session.is_paid:
        _take_money(attempt, session)
    elif session.failed:
        _note_failure(attempt, session)
    elif session.status == "complete":
        attempt.move(State.PROCESSING, session_id=session.id)
    elif session.status == "expired":
        attempt.move(State.EXPIRED, session_id=session.id)
    elif attempt.state == State.CREATED:
        attempt.move(State.OPEN, session_id=session.id)


def _take_money(attempt: PaymentAttempt, session: Session) -> None:
    attempt.move(State.PAID, session_id=session.id, attention="")
    _record(attempt, session)
    if attempt.order.status == states.AWAITING_PAYMENT:
        mark_paid(attempt.order)
    else:
        words = _("Paid although the order is %(state)s. Refund it, or make the order again.")
        attempt.move(State.PAID, attention=words % {"state": states.word(attempt.order.status)})
        log.error("Order %s was paid while %s", attempt.order.number, attempt.order.status)


def _record(attempt: PaymentAttempt, session: Session) -> None:
    """Oscar's own books: where the money came from, and how much."""
    kind, _is_new = SourceType.objects.get_or_create(code="stripe", defaults={"name": "Stripe"})
    source = Source.objects.create(
        order=attempt.order,
        source_type=kind,
        currency=attempt.currency,
        amount_allocated=attempt.amount,
        reference=session.payment_reference,
        label=session.method,
    )
    source.debit(attempt.amount, reference=session.payment_reference, status=session.payment_status)


def _note_failure(attempt: PaymentAttempt, session: Session) -> None:
    if attempt.state == State.FAILED:
        return
    attempt.move(State.FAILED, session_id=session.id)
    if attempt.order.status == states.AWAITING_PAYMENT:
        send_payment_failed(attempt.order)


def expire(order: Order) -> bool:
    """Gives up an order that was not paid in time; True if it did. It must be late, and Stripe must have confirmed
    that no session of it is open. The lines go back to a signed-in customer's basket."""
    if not is_late(order):
        return False
    return _give_up(order, state=states.EXPIRED, basket=None)


def cancel_unpaid(order: Order, *, basket: Any) -> bool:
    """The customer wants to change the order: it is cancelled, and its lines lie in `basket` again.
    False when it can't be: it is paid, or a bank is at work on it. Raises StripeUnavailable."""
    return _give_up(order, state=states.CANCELLED, basket=basket)


def _give_up(order: Order, *, state: str, basket: Any) -> bool:
    for attempt in order.payment_attempts.live():
        _end_session(attempt)
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        if locked.status != states.AWAITING_PAYMENT or locked.payment_attempts.live().exists():
            return False
        release(locked, state=state)
        basket = basket or open_basket_of(locked)
        if basket is not None and locked.pay_until is None:
            put_back(locked, basket)
    return True


def _end_session(attempt: PaymentAttempt) -> None:
    session = _session_of(attempt)
    if session and session.status == "open":
        try:
            session = stripe_client.expire_session(session.id)
        except StripeRefused:  # it was paid or ran out in this moment
            session = stripe_client.retrieve_session(session.id)
    if session:
        _write_down(session)


def is_late(order: Order) -> bool:
    """True when an unpaid order has waited long enough."""
    if order.pay_until:
        return order.pay_until <= timezone.now()
    last = order.payment_attempts.order_by("pk").last()
    if last is None or last.is_live:
        return False
    return last.state != State.FAILED or last.changed_at + GRACE <= timezone.now()


def late_orders() -> Any:
    """Unpaid orders that nothing can pay any more, or whose last day is over."""
    live = PaymentAttempt.objects.live().values("order")
    waiting = Order.objects.filter(status=states.AWAITING_PAYMENT)
    return waiting.filter(Q(pay_until__lte=timezone.now()) | Q(pay_until=None) & ~Q(pk__in=live)).order_by("pk")
