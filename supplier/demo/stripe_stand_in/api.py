"""The addresses below /v1: who may ask, what is answered, and what a second request with the same key gets."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from supplier.demo.loopback import Answer, Request, json_answer

from . import params as check
from . import payments, sessions
from .errors import StripeError, invalid
from .params import Params, to_tree
from .store import Object, Store

Work = Callable[[Params], dict[str, Any]]


class Api:
    """Answers what the `stripe` client asks."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __call__(self, request: Request) -> Answer:
        try:
            key = _api_key(request)
            params = to_tree([*request.query.items(), *request.form()])
            with self.store.lock:
                return self._answer(request, key, params)
        except StripeError as error:
            return json_answer(error.body, error.status)

    def _answer(self, request: Request, key: str, params: Params) -> Answer:
        work = self._work(request.method, request.path.removeprefix("/v1/").strip("/").split("/"))
        name = request.headers.get("Idempotency-Key")
        if request.method != "POST" or not name:
            return json_answer(work(params))
        asked = json.dumps([request.path, params], sort_keys=True)
        return self._once(f"{key}:{name}", asked, lambda: work(params))

    def _once(self, key: str, asked: str, work: Callable[[], dict[str, Any]]) -> Answer:
        reply = self.store.replies.get(key)
        if reply is None:
            # An error of validation is raised here and not kept: Stripe lets the same key try again.
            reply = self.store.replies[key] = {"asked": asked, "body": work()}
            self.store.save()
            return json_answer(reply["body"])
        if reply["asked"] != asked:
            raise StripeError(
                "Keys for idempotent requests can only be used with the same parameters they were first used with.",
                kind="idempotency_error",
            )
        return json_answer(reply["body"], headers={"Idempotent-Replayed": "true"})

    def _work(self, method: str, path: list[str]) -> Work:
        match method, path:
            case "POST", ["checkout", "sessions"]:
                return self._create_session
            case "GET", ["checkout", "sessions"]:
                return self._list_sessions
            case "GET", ["checkout", "sessions", session_id]:
                return lambda params: self._show(self.store.get("checkout.session", session_id), params)
            case "GET", ["checkout", "sessions", session_id, "line_items"]:
                return lambda _params: sessions.lines_of(self.store.get("checkout.session", session_id))
            case "POST", ["checkout", "sessions", session_id, "expire"]:
                return lambda params: self._expire(session_id, params)
            case "GET", ["payment_intents", intent_id]:
                return lambda params: self._show(self.store.get("payment_intent", intent_id), params)
            case "POST", ["refunds"]:
                return lambda params: self._show(payments.refund(self.store, params), params)
            case "GET", ["refunds", refund_id]:
                return lambda params: self._show(self.store.get("refund", refund_id), params)
            case "GET", ["refunds"]:
                return lambda params: self._page(self._matching("refund", params, "payment_intent"), params)
            case "GET", ["events"]:
                return lambda params: self._page(self._matching("event", params, "type"), params)
            case "GET", ["events", event_id]:
                return lambda params: self._show(self.store.get("event", event_id), params)
        message = f"Unrecognized request URL ({method}: /v1/{'/'.join(path)})."
        raise StripeError(message, status=HTTPStatus.NOT_FOUND)

    def _create_session(self, params: Params) -> Object:
        return self._show(sessions.create(self.store, params), params)

    def _list_sessions(self, params: Params) -> Object:
        return self._page(self._matching("checkout.session", params, "payment_intent", "status"), params)

    def _expire(self, session_id: str, params: Params) -> Object:
        session = sessions.expire(self.store, self.store.get("checkout.session", session_id))
        self.store.emit("checkout.session.expired", session)
        return self._show(session, params)

    def _matching(self, kind: str, params: Params, *filters: str) -> list[Object]:
        found = self.store.all(kind)
        for name in filters:
            if params.get(name):
                found = [obj for obj in found if obj.get(name) == params[name]]
        since = (params.get("created") or {}).get("gte") if isinstance(params.get("created"), dict) else None
        return [obj for obj in found if not since or obj["created"] >= int(since)]

    def _page(self, found: list[Object], params: Params) -> Object:
        limit = check.whole_number(params.get("limit", 10), "limit")
        if not 1 <= limit <= 100:
            raise invalid("limit", "Invalid limit: must be between 1 and 100")
        after = params.get("starting_after")
        ids = [obj["id"] for obj in found]
        start = ids.index(after) + 1 if after in ids else 0
        rows = [self._show(obj, params, "data.") for obj in found[start : start + limit]]
        return {"object": "list", "data": rows, "has_more": len(found) > start + limit}

    def _show(self, obj: Object, params: Params, prefix: str = "") -> Object:
        shown = self.store.shown(obj)
        for path in params.get("expand") or []:
            self._expand(shown, path.removeprefix(prefix).split("."))
        return shown

    def _expand(self, shown: Object, path: list[str]) -> None:
        """`payment_intent.latest_charge` puts the objects where their ids stood."""
        name, *rest = path
        value = shown.get(name)
        if isinstance(value, str):
            value = shown[name] = self.store.shown(self.store.objects[value])
        if rest and isinstance(value, dict):
            self._expand(value, rest)


def _api_key(request: Request) -> str:
    scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or not key:
        raise StripeError("You did not provide an API key.", status=HTTPStatus.UNAUTHORIZED)
    if not key.startswith(("sk_test_", "rk_test_")):
        message = f"Invalid API Key provided: {key[:8]}****. This stand-in takes only test keys (sk_test_…)."
        raise StripeError(message, status=HTTPStatus.UNAUTHORIZED)
    return key
