"""A request as our middleware leaves it, for the type checker."""

from typing import Any

from django.http import HttpRequest


class ShopRequest(HttpRequest):
    basket: Any
    strategy: Any
    cookies_to_delete: list[str]
