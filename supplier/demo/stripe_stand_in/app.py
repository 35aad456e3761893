"""Puts the parts together: /v1 is the API, /_control is for tests, all else are pages."""

from pathlib import Path

from supplier.demo.loopback import Answer, Request, json_answer

from .api import Api
from .control import Control
from .errors import StripeError
from .pages import Pages
from .store import Store
from .webhooks import PAUSES, Courier


class StandIn:
    def __init__(
        self,
        *,
        webhook_url: str = "",
        webhook_secret: str = "",
        state: Path | None = None,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self.store = Store(state)
        self.courier = Courier(url=webhook_url, secret=webhook_secret, pauses=pauses)
        self.store.on_event = self.courier.post
        self.api, self.control = Api(self.store), Control(self.store, self.courier)
        self.pages = Pages(self.store, self.courier)

    def __call__(self, request: Request) -> Answer:
        if request.path.startswith("/_control"):
            return self.control(request)
        answer = self._api(request) if request.path.startswith("/v1/") else self.pages(request)
        if request.method == "POST":
            with self.store.lock:
                self.store.save()
        return answer

    def _api(self, request: Request) -> Answer:
        try:
            self.control.before_api()
        except StripeError as error:
            return json_answer(error.body, error.status)
        answer = self.api(request)
        self.control.after_api()
        return answer
