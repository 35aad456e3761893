"""How money moves, or does not: the ends of a session, payment intents, charges and refunds."""

from typing import Any

from . import params as check
from .errors import StripeError, invalid, missing
from .params import Params
from .store import Object, Store

CARDS = {"pay": "4242", "3ds": "3155", "decline": "0002"}
DECLINED = {
    "type": "card_error",
    "code": "card_declined",
    "decline_code": "generic_decline",
    "message": "Your card was declined.",
}


def pay(store: Store, session: Object, card: str = "pay") -> None:
    """The card is charged: the session is complete and paid."""
    intent = _intent(store, session)
    _succeed(store, intent, {"type": "card", "card": {"brand": "visa", "last4": CARDS[card]}})
    session["payment_status"] = "paid"
    _complete(store, session)


def decline(store: Store, session: Object, message: str = DECLINED["message"]) -> None:
    """The session stays open, the customer may try another card."""
    intent = _intent(store, session)
    error = DECLINED | {"message": message}
    intent.update(status="requires_payment_method", last_payment_error=error)
    session["_last_error"] = message
    store.emit("payment_intent.payment_failed", intent)


def promise(store: Store, session: Object) -> None:
    """A delayed method, such as a bank debit: complete, but not paid yet."""
    intent = _intent(store, session)
    intent["status"] = "processing"
    store.emit("payment_intent.processing", intent)
    _complete(store, session)


def keep_promise(store: Store, session: Object) -> None:
    _needs_promise(session)
    bank = {"type": "bacs_debit", "bacs_debit": {"last4": "2345"}}
    _succeed(store, store.get("payment_intent", session["payment_intent"]), bank)
    session["payment_status"] = "paid"
    store.emit("checkout.session.async_payment_succeeded", session)


def break_promise(store: Store, session: Object) -> None:
    _needs_promise(session)
    intent = store.get("payment_intent", session["payment_intent"])
    intent.update(status="requires_payment_method", last_payment_error=DECLINED)
    session["_broken"] = True
    store.emit("checkout.session.async_payment_failed", session)


def is_promised(session: Object) -> bool:
    return session["status"] == "complete" and session["payment_status"] == "unpaid" and not session.get("_broken")


def _needs_promise(session: Object) -> None:
    if not is_promised(session):
        raise invalid("session", "This session has no delayed payment under way.")


def _intent(store: Store, session: Object) -> Object:
    """One intent a session: a declined card leaves it for the next try. Shown on the session once that is complete."""
    if session.get("_intent_id"):
        return store.get("payment_intent", session["_intent_id"])
    data = session["_intent_data"]
    intent = store.add(
        "pi",
        object="payment_intent",
        amount=session["amount_total"],
        amount_received=0,
        currency=session["currency"],
        status="requires_payment_method",
        metadata=check.metadata(data, "payment_intent_data[metadata]"),
        description=data.get("description"),
        receipt_email=data.get("receipt_email"),
        shipping=data.get("shipping"),
        latest_charge=None,
        last_payment_error=None,
    )
    session["_intent_id"] = intent["id"]
    return intent


def _succeed(store: Store, intent: Object, method: dict[str, Any]) -> None:
    charge = store.add(
        "ch",
        object="charge",
        amount=intent["amount"],
        amount_refunded=0,
        currency=intent["currency"],
        payment_intent=intent["id"],
        payment_method_details=method,
        metadata=intent["metadata"],
        paid=True,
        refunded=False,
        status="succeeded",
    )
    intent.update(
        status="succeeded", amount_received=intent["amount"], latest_charge=charge["id"], last_payment_error=None
    )
    store.emit("payment_intent.succeeded", intent)
    store.emit("charge.succeeded", charge)


def _complete(store: Store, session: Object) -> None:
    session.update(status="complete", payment_intent=session["_intent_id"], _last_error=None)
    store.emit("checkout.session.completed", session)


def refund(store: Store, params: Params) -> Object:
    """Never more than was paid, however often it is asked."""
    check.refuse_unknown(params, {"payment_intent", "charge", "amount", "reason", "metadata", "expand"})
    charge = _charge(store, params)
    left = charge["amount"] - charge["amount_refunded"]
    amount = check.whole_number(params["amount"], "amount") if params.get("amount") else left
    _check_refund(amount, left)
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    made = store.add(
        "re",
        object="refund",
        amount=amount,
        currency=charge["currency"],
        charge=charge["id"],
        payment_intent=charge["payment_intent"],
        metadata=check.metadata(params),
        reason=params.get("reason"),
        status="succeeded",
    )
    store.emit("refund.created", made)
    store.emit("charge.refunded", charge)
    return made


def _charge(store: Store, params: Params) -> Object:
    if params.get("charge"):
        return store.get("charge", params["charge"])
    if not params.get("payment_intent"):
        raise missing("payment_intent")
    intent = store.get("payment_intent", params["payment_intent"])
    if not intent["latest_charge"]:
        raise invalid("payment_intent", "This PaymentIntent does not have a successful charge to refund.")
    return store.get("charge", intent["latest_charge"])


def _check_refund(amount: int, left: int) -> None:
    if left == 0:
        raise StripeError("The charge has already been refunded.", code="charge_already_refunded")
    if amount < 1:
        raise invalid("amount", "Invalid positive integer", "parameter_invalid_integer")
    if amount > left:
        raise invalid("amount", f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})")
