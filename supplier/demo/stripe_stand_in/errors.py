"""Errors in the shape in which Stripe's API tells them."""

from http import HTTPStatus
from typing import Any


class StripeError(Exception):
    """An answer of the API that is not 2xx. Only errors of work that was begun are kept for an idempotency key."""

    def __init__(
        self,
        message: str,
        *,
        status: int = HTTPStatus.BAD_REQUEST,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"error": {"type": kind, "message": message}}
        self.body["error"].update({name: value for name, value in (("code", code), ("param", param)) if value})


def missing(param: str) -> StripeError:
    return StripeError(f"Missing required param: {param}.", code="parameter_missing", param=param)


def unknown(param: str) -> StripeError:
    return StripeError(f"Received unknown parameter: {param}", code="parameter_unknown", param=param)


def invalid(param: str, message: str, code: str | None = None) -> StripeError:
    return StripeError(message, code=code, param=param)


def not_found(kind: str, object_id: str) -> StripeError:
    message = f"No such {kind}: '{object_id}'"
    return StripeError(message, status=HTTPStatus.NOT_FOUND, code="resource_missing", param="id")
