"""What happens by itself: events are handled, and what a lost event left is found and settled."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from . import actions, stripe_client
from .models import PaymentAttempt, StripeEvent
from .stripe_client import StripeRefused, StripeUnavailable

log = logging.getLogger(__name__)
QUIET = timedelta(minutes=5)
AT_ONCE = 200


@app.task(queue="default", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def handle_event(pk: int) -> None:
    event = StripeEvent.objects.get(pk=pk)
    if event.handled_at:
        return
    try:
        _handle(event)
    except Exception as error:
        event.mark_failed(error)
        raise


def _handle(event: StripeEvent) -> None:
    """Only its session's id is used: events come doubled, late and in any order, but Stripe knows how things stand."""
    if event.session_id:
        try:
            actions.settle(event.session_id)
        except StripeRefused as error:  # a session of another shop, or long gone
            log.warning("Event %s: %s", event.event_id, error)
    event.mark_handled()


@app.periodic(cron="*/5 * * * *")
@app.task(queue="default", queueing_lock="payment-reconcile")
def reconcile(timestamp: int) -> None:
    """Whatever was lost on the way, an event or a job, is made good here."""
    before = timezone.now() - QUIET
    _each(StripeEvent.objects.waiting().filter(received_at__lt=before)[:AT_ONCE], _handle)
    _each(PaymentAttempt.objects.live().quiet_since(before).select_related("order")[:AT_ONCE], settle_attempt)
    _each(actions.late_orders()[:AT_ONCE], actions.expire)


def settle_attempt(attempt: PaymentAttempt) -> None:
    """One without a session died before it was written down, if Stripe ever made it: ask with the same key."""
    session_id = attempt.session_id or actions.find_session(attempt)
    if session_id:
        actions.settle(session_id)


@app.periodic(cron="17 4 * * *")
@app.task(queue="default", queueing_lock="payment-look-back")
def look_back(timestamp: int) -> None:
    """Once a day: is there a payment of the last three days that we know nothing of?"""
    since = int((timezone.now() - timedelta(days=3)).timestamp())
    paid = PaymentAttempt.objects.filter(state=PaymentAttempt.State.PAID).values_list("session_id", flat=True)
    known = set(paid.filter(created_at__gte=timezone.now() - timedelta(days=5)))
    _each([sid for sid in stripe_client.recent_session_ids(since=since) if sid not in known], actions.settle)


def _each(things: Iterable[Any], work: Callable[[Any], Any]) -> None:
    """One that fails must not keep the others waiting; the next round tries it again."""
    for thing in things:
        try:
            work(thing)
        except StripeUnavailable:
            log.warning("Stripe cannot be asked now; the next round goes on")
            return
        except Exception:
            log.exception("Could not settle %s", thing)
