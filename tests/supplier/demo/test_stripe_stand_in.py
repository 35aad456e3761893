"""The stand-in, asked by the real `stripe` client."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import stripe

from tests.servers import API_KEY, WEBHOOK_SECRET, StripeStandIn, running

RETURN = "http://127.0.0.1:9/checkout/return/?session_id={CHECKOUT_SESSION_ID}"
CANCEL = "http://127.0.0.1:9/o/token/"


def order_params(**changes: Any) -> Any:
    price = {"currency": "gbp", "unit_amount": 1250, "product_data": {"name": "Spiky Palm Ball <medium>"}}
    return {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "client_reference_id": "100123",
        "customer_email": "maureen@tadworth.example",
        "line_items": [{"price_data": price, "quantity": 2}],
        "metadata": {"attempt": "a1"},
        "payment_intent_data": {"metadata": {"attempt": "a1"}},
        "success_url": RETURN,
        "cancel_url": CANCEL,
        "expires_at": int(time.time()) + 1860,
        **changes,
    }


def create(client: stripe.StripeClient, key: str | None = None, **changes: Any) -> Any:
    return client.v1.checkout.sessions.create(order_params(**changes), {"idempotency_key": key} if key else {})


@pytest.fixture
def shop(stripe_stand_in: StripeStandIn) -> Iterator["Shop"]:
    shop = Shop()
    stripe_stand_in.control(webhook_url=shop.url)
    yield shop
    shop.server.shutdown()
    shop.server.server_close()


class Shop:
    """Takes webhooks as the shop does; `answers` are the statuses that it gives first."""

    def __init__(self) -> None:
        self.events: list[stripe.Event] = []
        self.answers: list[int] = []
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = shop.answers.pop(0) if shop.answers else 200
                if status == 200:
                    event = stripe.Webhook.construct_event(body, self.headers["Stripe-Signature"], WEBHOOK_SECRET)
                    shop.events.append(event)
                self.send_response(status)
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/webhooks/stripe/"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def wait_for(self, count: int) -> list[str]:
        deadline = time.monotonic() + 10
        while len(self.events) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        return [event.type for event in self.events]


def test_session_is_shown_as_stripe_shows_it(client: stripe.StripeClient, stripe_stand_in: StripeStandIn) -> None:
    session = create(client)
    found: Any = client.v1.checkout.sessions.retrieve(session.id)
    assert found.status == "open"
    assert found.payment_status == "unpaid"
    assert found.amount_total == 2500
    assert found.currency == "gbp"
    assert found.payment_intent is None
    assert found.client_reference_id == "100123"
    assert found.metadata["attempt"] == "a1"
    assert found.url == f"{stripe_stand_in.url}/pay/{session.id}"
    assert [line.description for line in client.v1.checkout.sessions.line_items.list(session.id)] == [
        "Spiky Palm Ball <medium>"
    ]


def test_delivery_option_counts_in_the_total(client: stripe.StripeClient) -> None:
    rate = {
        "type": "fixed_amount",
        "display_name": "Tracked",
        "fixed_amount": {"amount": 395, "currency": "gbp"},
    }
    session = create(client, shipping_options=[{"shipping_rate_data": rate}])
    assert session.amount_total == 2895
    assert session.total_details.amount_shipping == 395


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"success_url": ""}, "success_url"),
        ({"success_url": "javascript:alert(1)"}, "success_url"),
        ({"line_items": []}, "line_items"),
        ({"expires_at": int(time.time()) + 600}, "expires_at"),
        ({"expires_at": int(time.time()) + 90000}, "expires_at"),
        ({"ui_mode": "hosted"}, "ui_mode"),
        ({"mode": "subscription"}, "mode"),
        ({"customer_email": "maureen"}, "customer_email"),
        ({"sucess_url": RETURN}, "sucess_url"),
        ({"payment_intent_data": {"metdata": {}, "mistake": "x"}}, "payment_intent_data[mistake]"),
        ({"metadata": {"note": "x" * 501}}, "metadata[note]"),
    ],
)
def test_session_with_bad_parameters_is_refused(client: stripe.StripeClient, changes: Any, param: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as error:
        create(client, **changes)
    assert error.value.param == param
    assert error.value.http_status == 400


@pytest.mark.parametrize(("unit", "quantity"), [(0, 1), (29, 1), (-5, 1), (100, 0), (100, -1)])
def test_session_without_a_chargeable_amount_is_refused(client: stripe.StripeClient, unit: int, quantity: int) -> None:
    price = {"currency": "gbp", "unit_amount": unit, "product_data": {"name": "Ball"}}
    with pytest.raises(stripe.InvalidRequestError):
        create(client, line_items=[{"price_data": price, "quantity": quantity}])


def test_request_without_key_gets_401(stripe_stand_in: StripeStandIn) -> None:
    status, _headers, text = stripe_stand_in.ask("/v1/checkout/sessions")
    assert status == 401
    assert json.loads(text)["error"]["type"] == "invalid_request_error"
    with pytest.raises(stripe.AuthenticationError):
        stripe.StripeClient("sk_live_x", base_addresses={"api": stripe_stand_in.url}).v1.events.list()


def test_unknown_session_is_told_as_missing(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError) as error:
        client.v1.checkout.sessions.retrieve("cs_test_nothing")
    assert error.value.code == "resource_missing"
    assert error.value.http_status == 404


def test_same_key_and_parameters_give_the_same_session(client: stripe.StripeClient) -> None:
    expires = int(time.time()) + 1860
    assert create(client, "k1", expires_at=expires).id == create(client, "k1", expires_at=expires).id
    assert create(client, "k2", expires_at=expires).id != create(client, "k1", expires_at=expires).id


def test_same_key_and_other_parameters_are_refused(client: stripe.StripeClient) -> None:
    create(client, "k3")
    with pytest.raises(stripe.IdempotencyError):
        create(client, "k3", client_reference_id="other")


def test_key_of_a_refused_request_may_be_used_again(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        create(client, "k4", mode="setup")
    assert create(client, "k4").status == "open"


def test_paid_session_sends_signed_event_and_customer_home(
    client: stripe.StripeClient, stripe_stand_in: StripeStandIn, shop: Shop
) -> None:
    session = create(client)
    assert stripe_stand_in.press(session.id, "pay") == RETURN.replace("{CHECKOUT_SESSION_ID}", session.id)
    assert shop.wait_for(1) == ["checkout.session.completed"]
    paid = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    assert paid.status == "complete"
    assert paid.payment_status == "paid"
    assert paid.url is None
    intent: Any = paid.payment_intent
    assert intent.amount_received == 2500
    assert intent.metadata["attempt"] == "a1"
    assert intent.latest_charge.payment_method_details.card.last4 == "4242"


def test_pay_pressed_twice_charges_once(
    client: stripe.StripeClient, stripe_stand_in: StripeStandIn, shop: Shop
) -> None:
    session = create(client)
    stripe_stand_in.press(session.id, "pay")
    assert stripe_stand_in.press(session.id, "pay") == f"/pay/{session.id}"
    assert shop.wait_for(1) == ["checkout.session.completed"]
    assert "It is paid." in stripe_stand_in.ask(f"/pay/{session.id}")[2]


def test_declined_card_says_so_and_lets_one_try_again(
    client: stripe.StripeClient, stripe_stand_in: StripeStandIn
) -> None:
    session = create(client)
    stripe_stand_in.press(session.id, "decline")
    assert "Your card was declined." in stripe_stand_in.ask(f"/pay/{session.id}")[2]
    assert client.v1.checkout.sessions.retrieve(session.id).status == "open"
    stripe_stand_in.press(session.id, "pay")
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"


def test_3d_secure_asks_first(client: stripe.StripeClient, stripe_stand_in: StripeStandIn) -> None:
    session = create(client)
    check = stripe_stand_in.press(session.id, "3ds")
    assert "Confirm it is you" in stripe_stand_in.ask(check)[2]
    assert stripe_stand_in.press(session.id, "fail") == f"/pay/{session.id}"
    assert client.v1.checkout.sessions.retrieve(session.id).status == "open"
    assert stripe_stand_in.press(session.id, "confirm").startswith("http://127.0.0.1:9/checkout/return/")
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"


@pytest.mark.parametrize(("outcome", "status"), [("paid", "paid"), ("failed", "unpaid")])
def test_delayed_payment_is_complete_before_it_is_paid(
    client: stripe.StripeClient, stripe_stand_in: StripeStandIn, shop: Shop, outcome: str, status: str
) -> None:
    session = create(client)
    stripe_stand_in.press(session.id, "later")
    found = client.v1.checkout.sessions.retrieve(session.id)
    assert (found.status, found.payment_status) == ("complete", "unpaid")
    assert shop.wait_for(1) == ["checkout.session.completed"]
    stripe_stand_in.control(**{f"{outcome}_later": session.id})
    name = "async_payment_succeeded" if outcome == "paid" else "async_payment_failed"
    assert shop.wait_for(2)[1] == f"checkout.session.{name}"
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == status


def test_expired_session_cannot_be_paid(
    client: stripe.StripeClient, stripe_stand_in: StripeStandIn, shop: Shop
) -> None:
    session = create(client)
    assert client.v1.checkout.sessions.expire(session.id).status == "expired"
    assert shop.wait_for(1) == ["checkout.session.expired"]
    stripe_stand_in.press(session.id, "pay")
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "unpaid"
    assert "has run out" in stripe_stand_in.ask(f"/pay/{session.id}")[2]


def test_paid_session_cannot_be_expired(client: stripe.StripeClient, stripe_stand_in: StripeStandIn) -> None:
    session = create(client)
    stripe_stand_in.press(session.id, "pay")
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.checkout.sessions.expire(session.id)


def test_open_session_runs_out_when_its_time_comes(client: stripe.StripeClient, stripe_stand_in: StripeStandIn) -> None:
    session = create(client)
    stripe_stand_in.control(advance=1700)
    assert client.v1.checkout.sessions.retrieve(session.id).status == "open"
    stripe_stand_in.control(advance=200)
    assert client.v1.checkout.sessions.retrieve(session.id).status == "expired"


def test_refunds_never_exceed_the_payment(client: stripe.StripeClient, stripe_stand_in: StripeStandIn) -> None:
    session = create(client)
    stripe_stand_in.press(session.id, "pay")
    intent: Any = client.v1.checkout.sessions.retrieve(session.id).payment_intent
    assert client.v1.refunds.create({"payment_intent": intent, "amount": 2000}).status == "succeeded"
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.refunds.create({"payment_intent": intent, "amount": 501})
    client.v1.refunds.create({"payment_intent": intent})
    with pytest.raises(stripe.InvalidRequestError) as error:
        client.v1.refunds.create({"payment_intent": intent})
    assert error.value.code == "charge_already_refunded"


def test_lists_are_newest_first_and_paged(client: stripe.StripeClient) -> None:
    made = [create(client).id for _ in range(3)]
    page = client.v1.checkout.sessions.list({"limit": 2})
    assert [session.id for session in page.data] == made[:0:-1]
    assert page.has_more
    rest = client.v1.checkout.sessions.list({"limit": 1, "starting_after": made[1]})
    assert [session.id for session in rest.data] == [made[0]]


def test_events_can_be_listed_when_webhooks_were_dropped(
    client: stripe.StripeClient, stripe_stand_in: StripeStandIn, shop: Shop
) -> None:
    stripe_stand_in.control(webhooks="drop")
    session = create(client)
    stripe_stand_in.press(session.id, "pay")
    events = client.v1.events.list({"type": "checkout.session.completed", "limit": 1})
    assert events.data[0].data.object["id"] == session.id
    assert shop.events == []


def test_webhooks_can_be_doubled_and_delayed(
    client: stripe.StripeClient, stripe_stand_in: StripeStandIn, shop: Shop
) -> None:
    stripe_stand_in.control(webhooks="double,delay:0.3")
    stripe_stand_in.press(create(client).id, "pay")
    assert shop.events == []
    shop.wait_for(2)
    assert len({event.id for event in shop.events}) == 1
    assert len(shop.events) == 2


def test_held_webhooks_can_be_reordered(
    client: stripe.StripeClient, stripe_stand_in: StripeStandIn, shop: Shop
) -> None:
    stripe_stand_in.control(webhooks="hold")
    session = create(client)
    stripe_stand_in.press(session.id, "later")
    stripe_stand_in.control(paid_later=session.id)
    assert stripe_stand_in.release(reverse=True) == 2
    assert shop.wait_for(2) == ["checkout.session.async_payment_succeeded", "checkout.session.completed"]


def test_early_webhook_arrives_before_the_redirect(
    client: stripe.StripeClient, stripe_stand_in: StripeStandIn, shop: Shop
) -> None:
    stripe_stand_in.control(webhooks="early")
    stripe_stand_in.press(create(client).id, "pay")
    assert [event.type for event in shop.events] == ["checkout.session.completed"]


def test_refused_webhook_is_tried_again(
    client: stripe.StripeClient, stripe_stand_in: StripeStandIn, shop: Shop
) -> None:
    shop.answers = [500, 503]
    stripe_stand_in.press(create(client).id, "pay")
    shop.wait_for(1)
    time.sleep(0.05)
    assert [line["status"] for line in stripe_stand_in.log()] == [500, 503, 200]


def test_api_can_be_down_and_can_lose_its_answer(client: stripe.StripeClient, stripe_stand_in: StripeStandIn) -> None:
    stripe_stand_in.control(api="down")
    with pytest.raises(stripe.APIError):
        create(client, "k5")
    stripe_stand_in.control(api="lost")
    expires = int(time.time()) + 1860
    with pytest.raises(stripe.APIConnectionError):
        create(client, "k5", expires_at=expires)
    stripe_stand_in.control(api="ok")
    newest = client.v1.checkout.sessions.list({"limit": 1}).data[0]
    assert create(client, "k5", expires_at=expires).id == newest.id


def test_hosted_page_names_itself_and_escapes(client: stripe.StripeClient, stripe_stand_in: StripeStandIn) -> None:
    session = create(client)
    status, headers, text = stripe_stand_in.ask(f"/pay/{session.id}")
    assert status == 200
    assert "no real card, no money" in text
    assert "Spiky Palm Ball &lt;medium&gt; × 2" in text
    assert "£25.00" in text
    assert f'href="{CANCEL}"' in text
    assert "<script" not in text
    assert "form-action 'self' http://127.0.0.1:9;" in headers["content-security-policy"]


def test_unknown_page_is_404(stripe_stand_in: StripeStandIn) -> None:
    assert stripe_stand_in.ask("/pay/cs_test_nothing")[0] == 404


def test_foreign_host_names_and_foreign_forms_are_refused(stripe_stand_in: StripeStandIn) -> None:
    assert stripe_stand_in.ask("/_control", Host="evil.example")[0] == 403
    assert stripe_stand_in.ask("/_control", b"webhooks=drop")[0] == 415


def test_state_outlives_a_restart(tmp_path: Path) -> None:
    options = ("--state", str(tmp_path / "stripe.json"))
    with running("stripe_stand_in", *options) as ports:
        url = f"http://127.0.0.1:{ports[0]}"
        session = create(stripe.StripeClient(API_KEY, base_addresses={"api": url}))
    with running("stripe_stand_in", *options) as ports:
        url = f"http://127.0.0.1:{ports[0]}"
        found = stripe.StripeClient(API_KEY, base_addresses={"api": url}).v1.checkout.sessions.retrieve(session.id)
    assert found.status == "open"
    assert found.url == f"{url}/pay/{session.id}"
