"""Checkout Sessions: what may be asked for, and how a session comes to an end."""

import re

from . import params as check
from .errors import invalid
from .params import Params
from .store import Object, Store

SHORTEST_SECONDS, LONGEST_SECONDS = 30 * 60, 24 * 60 * 60
# Stripe counts the 30 minutes from the arrival of the request; a second of travel must not refuse an honest shop.
GRACE_SECONDS = 5
SMALLEST_AMOUNT = {"gbp": 30, "eur": 50, "usd": 50, "chf": 50}
LINES = 100
KNOWN = {
    "mode", "ui_mode", "success_url", "cancel_url", "line_items", "client_reference_id", "metadata",
    "payment_intent_data", "expires_at", "customer_email", "customer_creation", "currency", "locale", "submit_type",
    "shipping_options", "shipping_address_collection", "billing_address_collection", "phone_number_collection",
    "payment_method_types", "allowed_payment_method_types", "excluded_payment_method_types", "adaptive_pricing",
    "allow_promotion_codes", "automatic_tax", "custom_text", "branding_settings", "expand",
}  # fmt: skip
KNOWN_INTENT = {
    "metadata", "description", "shipping", "receipt_email", "statement_descriptor", "statement_descriptor_suffix",
    "capture_method", "setup_future_usage",
}  # fmt: skip


def create(store: Store, params: Params) -> Object:
    _check(params)
    lines = [_line(line, number) for number, line in enumerate(check.required(params, "line_items"))]
    shipping = _shipping_amount(params)
    currency = _only_currency(lines)
    total = sum(line["amount_total"] for line in lines) + shipping
    _check_total(total, currency)
    return store.add(
        "cs_test",
        **_terms(store, params),
        **_money(lines, shipping, currency),
        _lines=lines,
        _intent_data=params.get("payment_intent_data") or {},
    )


def _check(params: Params) -> None:
    check.refuse_unknown(params, KNOWN)
    if check.required(params, "mode") != "payment":
        raise invalid("mode", f"Invalid mode: this stand-in knows only payment, not {params['mode']}")
    if params.get("ui_mode", "hosted_page") != "hosted_page":
        raise invalid("ui_mode", "Invalid ui_mode: must be hosted_page (this stand-in has no other)")
    check.web_address(check.required(params, "success_url"), "success_url")
    if params.get("cancel_url"):
        check.web_address(params["cancel_url"], "cancel_url")
    if len(params.get("client_reference_id") or "") > 200:
        raise invalid("client_reference_id", "Invalid string: must be at most 200 characters")
    if params.get("customer_email"):
        check.email(params["customer_email"], "customer_email")
    check.refuse_unknown(params.get("payment_intent_data") or {}, KNOWN_INTENT, "payment_intent_data")


def _line(line: Params, number: int) -> Object:
    name = f"line_items[{number}]"
    if number >= LINES:
        raise invalid("line_items", f"A session may have at most {LINES} line items.")
    price = check.required(line, "price_data", f"{name}[price_data]")
    product = check.required(price, "product_data", f"{name}[price_data][product_data]")
    unit = check.whole_number(
        check.required(price, "unit_amount", f"{name}[price_data][unit_amount]"), f"{name}[price_data][unit_amount]"
    )
    quantity = check.whole_number(check.required(line, "quantity", f"{name}[quantity]"), f"{name}[quantity]")
    if unit < 0:
        raise invalid(f"{name}[price_data][unit_amount]", "Invalid non-negative integer", "parameter_invalid_integer")
    if quantity < 1:
        raise invalid(f"{name}[quantity]", "Invalid positive integer", "parameter_invalid_integer")
    return {
        "object": "item",
        "description": check.required(product, "name", f"{name}[price_data][product_data][name]"),
        "quantity": quantity,
        "currency": check.required(price, "currency", f"{name}[price_data][currency]").lower(),
        "amount_subtotal": unit * quantity,
        "amount_total": unit * quantity,
    }


def _shipping_amount(params: Params) -> int:
    """The first option is the one that the page offers."""
    options = params.get("shipping_options") or []
    if not options:
        return 0
    rate = check.required(options[0], "shipping_rate_data", "shipping_options[0][shipping_rate_data]")
    amount = check.required(rate, "fixed_amount", "shipping_options[0][shipping_rate_data][fixed_amount]")
    return check.whole_number(amount.get("amount"), "shipping_options[0][shipping_rate_data][fixed_amount][amount]")


def _only_currency(lines: list[Object]) -> str:
    currencies = {line["currency"] for line in lines}
    if len(currencies) > 1:
        raise invalid("line_items", "You cannot combine currencies on a single session.")
    currency: str = currencies.pop()
    if not re.fullmatch("[a-z]{3}", currency):
        raise invalid("line_items[0][price_data][currency]", f"Invalid currency: {currency}")
    return currency


def _check_total(total: int, currency: str) -> None:
    least = SMALLEST_AMOUNT.get(currency, 50)
    if total < least:
        message = (
            f"The Checkout Session's total amount due must add up to at least {least} {currency} in pence or cents."
        )
        raise invalid("line_items", message, "amount_too_small")


def _terms(store: Store, params: Params) -> Object:
    email = params.get("customer_email")
    return {
        "object": "checkout.session",
        "mode": "payment",
        "ui_mode": "hosted_page",
        "status": "open",
        "payment_status": "unpaid",
        "payment_intent": None,
        "client_reference_id": params.get("client_reference_id"),
        "customer_email": email,
        "customer_details": {"email": email} if email else None,
        "metadata": check.metadata(params),
        "success_url": params["success_url"],
        "cancel_url": params.get("cancel_url"),
        "expires_at": _expires_at(store, params),
        "payment_method_types": params.get("payment_method_types") or ["card"],
        "locale": params.get("locale"),
        "submit_type": params.get("submit_type"),
    }


def _expires_at(store: Store, params: Params) -> int:
    if not params.get("expires_at"):
        return store.now() + LONGEST_SECONDS
    moment = check.whole_number(params["expires_at"], "expires_at")
    if moment < store.now() + SHORTEST_SECONDS - GRACE_SECONDS:
        raise invalid(
            "expires_at", "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation."
        )
    if moment > store.now() + LONGEST_SECONDS:
        raise invalid(
            "expires_at", "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation."
        )
    return moment


def _money(lines: list[Object], shipping: int, currency: str) -> Object:
    subtotal = sum(line["amount_subtotal"] for line in lines)
    return {
        "currency": currency,
        "amount_subtotal": subtotal,
        "amount_total": subtotal + shipping,
        "total_details": {"amount_discount": 0, "amount_shipping": shipping, "amount_tax": 0},
    }


def expire(store: Store, session: Object) -> Object:
    if session["status"] != "open":
        message = f"Only Checkout Sessions with a status of open can be expired. This one is {session['status']}."
        raise invalid("session", message)
    session["status"] = "expired"
    return session


def overdue(store: Store) -> list[Object]:
    now = store.now()
    return [s for s in store.all("checkout.session") if s["status"] == "open" and s["expires_at"] <= now]


def lines_of(session: Object) -> Object:
    return {"object": "list", "data": session["_lines"], "has_more": False}
