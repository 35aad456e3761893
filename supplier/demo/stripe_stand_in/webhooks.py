"""Sends signed events to the shop, and can be told to send them badly."""

import hashlib
import hmac
import http.client
import json
import threading
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from .store import Object

# A real endpoint is set up with the events that it wants.
WANTED = ("checkout.session.", "charge.refunded", "refund.")
FAULTS = {"deliver", "drop", "double", "hold", "early", "delay"}
PAUSES = (1.0, 2.0, 4.0)
TIMEOUT_SECONDS = 15


class UnknownFault(ValueError):
    """The control endpoint was asked for a way of sending that does not exist."""


class Courier:
    """Delivers in threads, tries again with back-off, and keeps a log. With `early`, `wait()` waits for the answers."""

    def __init__(self, *, url: str = "", secret: str = "", pauses: tuple[float, ...] = PAUSES) -> None:
        self.url, self.secret, self.pauses = url, secret, pauses
        self.log: list[dict[str, Any]] = []
        self.held: list[Object] = []
        self.faults: set[str] = set()
        self.delay_seconds = 0.0
        self._threads: list[threading.Thread] = []

    def set_faults(self, text: str) -> None:
        """`deliver`, or some of drop, double, hold, early, delay:SECONDS, separated by commas."""
        words = {word.strip() for word in text.split(",")}
        delays = {word for word in words if word.startswith("delay:")}
        faults = {word for word in words - delays if word != "deliver"} | ({"delay"} if delays else set())
        if faults - FAULTS:
            raise UnknownFault(f"Unknown: {', '.join(sorted(faults - FAULTS))}. Known: {', '.join(sorted(FAULTS))}.")
        self.faults, self.delay_seconds = faults, float(delays.pop().partition(":")[2]) if delays else 0.0

    def post(self, event: Object) -> None:
        if not event["type"].startswith(WANTED):
            return
        if "drop" in self.faults or not self.url:
            self._note(event, status=None, outcome="dropped")
        elif "hold" in self.faults:
            self.held.append(event)
            self._note(event, status=None, outcome="held")
        else:
            for _copy in range(2 if "double" in self.faults else 1):
                self._start([event])

    def release(self, *, reverse: bool = False) -> int:
        """Sends what was held, one after the other; returns how many once all are answered or given up."""
        events, self.held = self.held[::-1] if reverse else self.held, []
        self._deliver_all(events)
        return len(events)

    def wait(self) -> None:
        """With the fault `early` the shop hears of the payment before the customer is sent back."""
        for thread in self._threads if "early" in self.faults else ():
            thread.join(TIMEOUT_SECONDS)
        self._threads = [thread for thread in self._threads if thread.is_alive()]

    def _start(self, events: list[Object]) -> None:
        thread = threading.Thread(target=self._deliver_all, args=(events,), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _deliver_all(self, events: Iterable[Object]) -> None:
        for event in events:
            time.sleep(self.delay_seconds)
            self._deliver(event)

    def _deliver(self, event: Object) -> None:
        for pause in (*self.pauses, None):
            status, outcome = self._send(json.dumps(event).encode())
            self._note(event, status=status, outcome=outcome)
            if outcome == "delivered":
                event["pending_webhooks"] = 0
                return
            if pause is not None:
                time.sleep(pause)

    def _send(self, body: bytes) -> tuple[int | None, str]:
        address = urlsplit(self.url)
        connector = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
        connection = connector(address.netloc, timeout=TIMEOUT_SECONDS)
        headers = {"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": self.sign(body)}
        try:
            connection.request("POST", address.path or "/", body, headers)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            return None, f"failed: {error}"
        finally:
            connection.close()
        return status, "delivered" if 200 <= status < 300 else "refused"

    def sign(self, body: bytes) -> str:
        moment = int(time.time())
        mac = hmac.new(self.secret.encode(), b"%d.%s" % (moment, body), hashlib.sha256)
        return f"t={moment},v1={mac.hexdigest()}"

    def _note(self, event: Object, *, status: int | None, outcome: str) -> None:
        about = event["data"]["object"]["id"]
        line = {"event": event["id"], "type": event["type"], "about": about, "status": status, "outcome": outcome}
        self.log.append(line | {"at": time.time()})
