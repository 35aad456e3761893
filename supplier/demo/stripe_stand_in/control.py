"""For tests: how the webhooks go out, how the API behaves, what the clock says. Never part of the real Stripe."""

import threading
import time
from http import HTTPStatus
from typing import Any

from supplier.demo.loopback import Answer, LostAnswer, Request, json_answer

from . import payments, sessions
from .errors import StripeError
from .store import Store
from .webhooks import Courier

DOCS = {
    "webhooks": "deliver | drop | double | hold | early | delay:SECONDS, several with commas",
    "webhook_url": "where to send them",
    "api": "ok | down (500) | slow:SECONDS | lost (does the work, answers nothing)",
    "run_out": "SESSION: its time is over now",
    "reset": "true: all of this as at the start, and an empty log",
    "advance": "SECONDS by which the stand-in's clock goes on (open sessions run out)",
    "paid_later": "SESSION: the delayed payment arrives",
    "failed_later": "SESSION: the delayed payment fails",
}


class Control:
    def __init__(self, store: Store, courier: Courier) -> None:
        self.store, self.courier = store, courier
        self.api = "ok"

    def __call__(self, request: Request) -> Answer:
        try:
            return self._answer(request)
        except (ValueError, TypeError) as error:
            return json_answer({"error": str(error), "known": DOCS}, HTTPStatus.BAD_REQUEST)
        except StripeError as error:
            return json_answer(error.body, error.status)

    def _answer(self, request: Request) -> Answer:
        if request.method == "GET":
            return json_answer(self.courier.log if request.path == "/_control/log" else self._state())
        if not request.headers.get("Content-Type", "").startswith("application/json"):
            # A foreign page in the same browser cannot send this type without asking first.
            return json_answer({"error": "Send JSON."}, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        if request.path == "/_control/release":
            return json_answer({"released": self.courier.release(reverse=request.query.get("order") == "reverse")})
        self._set(**request.json())
        return json_answer(self._state())

    def _state(self) -> dict[str, Any]:
        return {
            "webhooks": ",".join(sorted(self.courier.faults)) or "deliver",
            "webhook_url": self.courier.url,
            "api": self.api,
            "ahead_seconds": self.store.ahead_seconds,
            "held": len(self.courier.held),
            "known": DOCS,
        }

    def _set(
        self,
        *,
        webhooks: str | None = None,
        webhook_url: str | None = None,
        api: str | None = None,
        run_out: str | None = None,
        reset: bool = False,
        advance: int = 0,
        paid_later: str | None = None,
        failed_later: str | None = None,
    ) -> None:
        if reset:
            self._reset()
        if webhooks is not None:
            self.courier.set_faults(webhooks)
        if webhook_url is not None:
            self.courier.url = webhook_url
        self.api = api or self.api
        with self.store.lock:
            self.store.ahead_seconds += int(advance)
            if run_out:
                self.store.get("checkout.session", run_out)["expires_at"] = self.store.now()
            expire_overdue(self.store)
            if paid_later:
                payments.keep_promise(self.store, self.store.get("checkout.session", paid_later))
            if failed_later:
                payments.break_promise(self.store, self.store.get("checkout.session", failed_later))
        self.courier.wait()

    def _reset(self) -> None:
        self.api, self.store.ahead_seconds = "ok", 0
        self.courier.set_faults("deliver")
        self.courier.held.clear()
        self.courier.log.clear()

    def before_api(self) -> None:
        """What the API does before it works."""
        if self.api == "down":
            raise StripeError("The stand-in was told to be down.", status=500, kind="api_error")
        if self.api.startswith("slow:"):
            time.sleep(float(self.api.partition(":")[2]))

    def after_api(self) -> None:
        if self.api == "lost":
            raise LostAnswer


def expire_overdue(store: Store) -> None:
    with store.lock:
        for session in sessions.overdue(store):
            sessions.expire(store, session)
            store.emit("checkout.session.expired", session)


def keep_expiring(store: Store, every_seconds: float = 2.0) -> None:
    """Sessions run out whether somebody looks or not."""

    def work() -> None:
        while True:
            expire_overdue(store)
            time.sleep(every_seconds)

    threading.Thread(target=work, daemon=True).start()
