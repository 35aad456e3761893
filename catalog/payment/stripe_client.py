"""The only importer of `stripe`: asks for sessions, reads them, and checks who signed an event."""

import json
import logging
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import stripe
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

log = logging.getLogger(__name__)
API_VERSION = "2026-10-28.endive"
#: To connect, and to answer. A customer waits for it, so a second try must not take for ever either.
TIMEOUT_SECONDS = (3.0, 8.0)
RETRIES = 1
METHODS = {"card": gettext_lazy("card"), "bacs_debit": gettext_lazy("bank debit")}
EXPANDED = ["payment_intent.latest_charge"]


class StripeUnavailable(Exception):
    """Stripe could not be asked, or could not answer. Nothing is known; try again later."""


class StripeRefused(Exception):
    """Stripe understood the request and said no; `param` and `code` say what about."""

    def __init__(self, message: str, *, param: str = "", code: str = "") -> None:
        super().__init__(message)
        self.param, self.code = param, code


class BadSignature(Exception):
    """The event was not signed with our secret, or is no event."""


@dataclass(frozen=True)
class Session:
    """What we read of a Checkout Session. `amount` is in pence; `failed` means a delayed payment did not arrive."""

    id: str
    url: str
    status: str
    payment_status: str
    amount: int
    currency: str
    reference: str
    attempt_key: str
    payment_reference: str
    method: str
    failed: bool

    @property
    def is_paid(self) -> bool:
        """Not merely complete: a bank debit is complete long before the money is there."""
        return self.status == "complete" and self.payment_status == "paid"


def create_session(params: dict[str, Any], *, key: str) -> Session:
    """The same key and parameters give the same session again, for 24 hours."""
    return _read(
        _ask(lambda client: client.v1.checkout.sessions.create(_with_expand(params), {"idempotency_key": key}))
    )


def retrieve_session(session_id: str) -> Session:
    return _read(_ask(lambda client: client.v1.checkout.sessions.retrieve(session_id, {"expand": EXPANDED})))


def expire_session(session_id: str) -> Session:
    """Raises StripeRefused when the session is no longer open: look at it again."""
    return _read(_ask(lambda client: client.v1.checkout.sessions.expire(session_id, {"expand": EXPANDED})))


def recent_session_ids(*, since: int) -> list[str]:
    """All sessions made since that moment (seconds since 1970) that were completed, newest first."""
    params: Any = {"created": {"gte": since}, "limit": 100, "status": "complete"}
    pages = _ask(lambda client: client.v1.checkout.sessions.list(params))
    return [session.id for session in pages.auto_paging_iter()]


def read_event(body: bytes, signature: str) -> dict[str, Any]:
    """The event in `body`, when one of our secrets signed it."""
    for secret in settings.STRIPE_WEBHOOK_SECRETS:
        try:
            stripe.WebhookSignature.verify_header(body.decode(), signature, secret, stripe.Webhook.DEFAULT_TOLERANCE)
        except (stripe.SignatureVerificationError, UnicodeDecodeError):
            continue
        return _event(body)
    raise BadSignature


def _event(body: bytes) -> dict[str, Any]:
    try:
        event = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadSignature from error
    if not isinstance(event, dict) or not _can_be_kept(event, body):
        raise BadSignature
    return event


def _can_be_kept(event: dict[str, Any], body: bytes) -> bool:
    """PostgreSQL's JSON takes no NUL; the lengths are those of our columns."""
    name, kind = event.get("id"), event.get("type")
    is_named = isinstance(name, str) and isinstance(kind, str) and len(name) <= 255 and len(kind) <= 100
    return is_named and b"\\u0000" not in body


def _ask(question: Any) -> Any:
    try:
        return question(_client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE))
    except (stripe.InvalidRequestError, stripe.IdempotencyError) as error:
        param = getattr(error, "param", None) or ""
        raise StripeRefused(str(error), param=param, code=error.code or "") from error
    except stripe.StripeError as error:
        log.warning("Stripe could not be asked: %s: %s", type(error).__name__, error)
        raise StripeUnavailable(str(error)) from error


@lru_cache(maxsize=4)
def _client(key: str, api_base: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        key or "sk_test_not_set",
        base_addresses={"api": api_base},
        stripe_version=API_VERSION,
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
    )


def _with_expand(params: dict[str, Any]) -> Any:
    return params | {"expand": EXPANDED}


def _read(session: Any) -> Session:
    intent = session.payment_intent
    metadata = session.metadata.to_dict() if session.metadata else {}
    return Session(
        id=session.id,
        url=session.url or "",
        status=session.status,
        payment_status=session.payment_status,
        amount=session.amount_total,
        currency=session.currency,
        reference=session.client_reference_id or "",
        attempt_key=metadata.get("attempt", ""),
        payment_reference=intent.id if intent else "",
        method=_method(intent.latest_charge if intent else None),
        failed=_is_failed(session, intent),
    )


def _is_failed(session: Any, intent: Any) -> bool:
    is_promised = session.status == "complete" and session.payment_status == "unpaid"
    return bool(is_promised and intent and intent.status in {"requires_payment_method", "canceled"})


def _method(charge: Any) -> str:
    """Such as "card ending 4242"."""
    details = charge.payment_method_details.to_dict() if charge and charge.payment_method_details else {}
    kind = details.get("type", "")
    last4 = (details.get(kind) or {}).get("last4", "")
    name = str(METHODS.get(kind, kind.replace("_", " ")))
    return _("%(method)s ending %(digits)s") % {"method": name, "digits": last4} if last4 else name
