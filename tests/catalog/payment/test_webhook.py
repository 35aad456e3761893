"""Stripe's events: kept before they are handled, thanked for twice, believed only when signed."""

import hashlib
import hmac
import json
import time
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from catalog.order import states
from catalog.order.models import Order
from catalog.payment import actions, tasks
from catalog.payment.models import PaymentAttempt, StripeEvent
from catalog.payment.stripe_client import StripeUnavailable
from tests.servers import WEBHOOK_SECRET, StripeStandIn
from tests.shop import handle_events, make_basket, make_product, order_of

ADDRESS = "/webhooks/stripe/"


def signed(body: bytes, *, secret: str = WEBHOOK_SECRET, at: float | None = None) -> str:
    moment = int(at or time.time())
    mac = hmac.new(secret.encode(), b"%d.%s" % (moment, body), hashlib.sha256)
    return f"t={moment},v1={mac.hexdigest()}"


def event(session_id: str = "cs_test_1", *, event_id: str = "evt_1", kind: str = "checkout.session.completed") -> bytes:
    about = {"id": session_id, "object": "checkout.session", "payment_status": "paid", "amount_total": 1}
    return json.dumps({"id": event_id, "object": "event", "type": kind, "data": {"object": about}}).encode()


def tell(client: Client, body: bytes, signature: str | None = None) -> int:
    header = signed(body) if signature is None else signature
    response = client.post(ADDRESS, body, content_type="application/json", headers={"Stripe-Signature": header})
    return response.status_code


def opened() -> tuple[Order, str]:
    order = order_of(make_basket(make_product()))
    return order, actions.open_session(order).rsplit("/", 1)[1]


@pytest.mark.django_db
def test_event_is_kept_and_a_job_is_deferred(client: Client, stripe: StripeStandIn) -> None:
    assert reverse("payment:stripe-webhook") == ADDRESS
    assert tell(client, event()) == 200
    kept = StripeEvent.objects.get()
    assert (kept.event_id, kept.type, kept.handled_at) == ("evt_1", "checkout.session.completed", None)
    assert ProcrastinateJob.objects.get(task_name="catalog.payment.tasks.handle_event").args == {"pk": kept.pk}


@pytest.mark.django_db
def test_event_told_twice_is_kept_once(client: Client, stripe: StripeStandIn) -> None:
    assert [tell(client, event()), tell(client, event())] == [200, 200]
    assert StripeEvent.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name="catalog.payment.tasks.handle_event").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "signature",
    [
        "",
        "nonsense",
        "t=1,v1=",
        "t=abc,v1=abc",
        signed(event(), secret="whsec_other"),
        signed(event(), at=time.time() - 3600),
        signed(b"{}"),
    ],
)
def test_bad_signature_gets_400_and_nothing_is_kept(client: Client, stripe: StripeStandIn, signature: str) -> None:
    assert tell(client, event(), signature) == 400
    assert not StripeEvent.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[]", b'"x"', b"{}", b'{"id": 1, "type": "x"}'])
def test_signed_nonsense_gets_400(client: Client, stripe: StripeStandIn, body: bytes) -> None:
    assert tell(client, body) == 400


@pytest.mark.django_db
def test_both_secrets_are_good_while_one_is_rotated(client: Client, stripe: StripeStandIn, settings: Any) -> None:
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_new", WEBHOOK_SECRET]
    assert tell(client, event()) == 200
    body = event(event_id="evt_2")
    assert tell(client, body, signed(body, secret="whsec_new")) == 200


@pytest.mark.django_db
def test_webhook_takes_only_post(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 405


@pytest.mark.django_db
def test_event_settles_by_asking_stripe(client: Client, stripe: StripeStandIn) -> None:
    order, session_id = opened()
    tell(client, event(session_id))
    handle_events()
    order.refresh_from_db()
    assert order.status == states.AWAITING_PAYMENT, "the event says paid, Stripe does not"
    stripe.press(session_id, "pay")
    tell(client, event(session_id, event_id="evt_2"))
    assert handle_events() == 1
    order.refresh_from_db()
    assert order.status == states.PAID
    assert StripeEvent.objects.waiting().count() == 0


@pytest.mark.django_db
def test_events_about_strangers_and_other_things_are_just_kept(client: Client, stripe: StripeStandIn) -> None:
    tell(client, event("cs_test_stranger"))
    refund = {"id": "evt_3", "type": "charge.refunded", "data": {"object": {"id": "ch_1", "object": "charge"}}}
    tell(client, json.dumps(refund).encode())
    handle_events()
    assert StripeEvent.objects.waiting().count() == 0


@pytest.mark.django_db
def test_event_waits_while_stripe_is_down(client: Client, stripe: StripeStandIn) -> None:
    _order, session_id = opened()
    stripe.press(session_id, "pay")
    tell(client, event(session_id))
    kept = StripeEvent.objects.get()
    stripe.control(api="down")
    with pytest.raises(StripeUnavailable):
        tasks.handle_event(pk=kept.pk)
    kept.refresh_from_db()
    assert kept.handled_at is None
    assert "StripeUnavailable" in kept.error
    stripe.control(api="ok")
    tasks.handle_event(pk=kept.pk)
    kept.refresh_from_db()
    assert kept.handled_at
    assert kept.error == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("webhooks", ["deliver", "double", "delay:0.3", "early", "drop"])
@pytest.mark.parametrize("who", ["webhook first", "return first"])
def test_every_way_of_hearing_ends_in_one_paid_order(
    live_server: Any, client: Client, stripe: StripeStandIn, webhooks: str, who: str
) -> None:
    stripe.control(webhooks=webhooks, webhook_url=live_server.url + ADDRESS)
    order, session_id = opened()
    stripe.press(session_id, "pay")
    if who == "webhook first" and webhooks != "drop":
        wait_for_event()
        handle_events()
    response = client.get("/checkout/return/", {"session_id": session_id})
    assert response.status_code == 302
    if webhooks != "drop":
        wait_for_event()
    handle_events()
    order.refresh_from_db()
    assert order.status == states.PAID
    assert order.sources.count() == 1
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_events_in_the_wrong_order_end_right(live_server: Any, stripe: StripeStandIn) -> None:
    stripe.control(webhooks="hold", webhook_url=live_server.url + ADDRESS)
    order, session_id = opened()
    stripe.press(session_id, "later")
    stripe.control(paid_later=session_id)
    assert stripe.release(reverse=True) == 2
    kinds = list(StripeEvent.objects.values_list("type", flat=True))
    assert kinds == ["checkout.session.async_payment_succeeded", "checkout.session.completed"]
    handle_events()
    order.refresh_from_db()
    assert order.status == states.PAID
    assert PaymentAttempt.objects.get().state == "paid"
    assert len(mail.outbox) == 1


def wait_for_event() -> None:
    deadline = time.monotonic() + 5
    while not StripeEvent.objects.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert StripeEvent.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        event(event_id="evt_\x00"),
        event("cs_\x00"),
        event(event_id="e" * 300),
        event(kind="k" * 200),
        b"[" * 100_000,
    ],
    ids=["nul-in-id", "nul-in-session", "long-id", "long-kind", "deep"],
)
def test_signed_event_that_cannot_be_kept_is_refused(client: Client, body: bytes) -> None:
    assert tell(client, body) == 400
    assert not StripeEvent.objects.exists()
