"""Asks for every address as a visitor, as a customer and on the way through the checkout; keeps what came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import Template
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import instrumented_test_render

from tests.reach.addresses import Answer, addresses, fill
from tests.reach.furnish import EMAIL, furnish, password_reset, product

TEMPLATES = Path(settings.BASE_DIR) / "templates"
OURS = {"origin": "http://testserver"}


@dataclass
class Seen:
    """One page as one person saw it. `templates`: files in the order of their use, the page's own first."""

    who: str
    route: str
    url: str
    answer: Answer
    html: str = ""
    templates: list[Path] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.who}: /{self.route}"

    @property
    def template(self) -> str:
        """The page's own template, as written in ARCHITECTURE.md."""
        return str(self.templates[0]).rpartition("/templates/")[2] if self.templates else ""

    @property
    def foreign_templates(self) -> set[str]:
        """Those that are not ours. Django's own widgets are the browser's controls, nothing more."""
        foreign = {path for path in self.templates if TEMPLATES not in path.parents}
        return {str(path).rpartition("/templates/")[2] for path in foreign if "/django/forms/" not in str(path)}


@dataclass
class Found:
    seen: list[Seen]

    @property
    def pages(self) -> list[Seen]:
        return [one for one in self.seen if one.answer.is_page or one.who == "error"]

    def kinds(self) -> dict[str, set[str]]:
        """What each route answered to anybody: {route: {"page", "action", …}}."""
        kinds: dict[str, set[str]] = {}
        for one in self.seen:
            if one.who != "error":
                kinds.setdefault(one.route, set()).add(one.answer.kind)
        return kinds


class Person:
    """A browser without a window that remembers what it saw."""

    def __init__(self, who: str, *, user: Any = None) -> None:
        self.who = who
        self.client = Client(raise_request_exception=False)
        if user:
            self.client.force_login(user)

    def get(self, url: str, *, route: str | None = None) -> Seen:
        return self._see(url, route, lambda: self.client.get(url))

    def post(self, url: str, data: dict[str, Any], *, route: str | None = None) -> Seen:
        return self._see(url, route, lambda: self.client.post(url, data, headers=OURS))

    def _see(self, url: str, route: str | None, ask: Any) -> Seen:
        templates: list[Path] = []

        def note(sender: Template, template: Template, **_more: Any) -> None:
            if template.origin and Path(template.origin.name).is_absolute():
                templates.append(Path(template.origin.name))

        template_rendered.connect(note)
        try:
            response = ask()
        finally:
            template_rendered.disconnect(note)
        answer = Answer(
            response.status_code, response.headers.get("Content-Type", ""), response.headers.get("Location", "")
        )
        html = "" if response.streaming or not answer.content_type.startswith("text/html") else response.text
        return Seen(self.who, url.lstrip("/") if route is None else route, url, answer, html, templates)


def look_at_everything() -> Found:
    from supplier.accounts.models import User

    values = furnish()
    return Found([*_with_noted_templates(values, User.objects.get(email=EMAIL))])


def _with_noted_templates(values: dict[str, Any], user: Any) -> Iterator[Seen]:
    original = Template._render
    Template._render = instrumented_test_render  # pytest-django does it for functions only
    try:
        yield from _everybody(values, user)
    finally:
        Template._render = original


def _everybody(values: dict[str, Any], user: Any) -> Iterator[Seen]:
    for who, account in (("visitor", None), ("customer", user)):
        person = Person(who, user=account)
        for address in addresses(values):
            yield person.get(address.url, route=address.route)
    yield from _states(values, user)
    yield from _checkout(values)
    yield from _errors()


#: Further states of pages: route, what is added to its address.
STATES = (
    ("products/", "?page=2"),
    ("search/", "?q=lavender"),
    ("search/", "?q=ultrasonic"),
    ("wholesale/", "?sku=SH-DHM-03"),
    ("accounts/orders/", "?order_number=nothing&date_from=&date_to="),
)
REVIEW = r"products/(?P<product_slug>[\w-]*)_(?P<product_pk>\d{1,18})/reviews/write/"
#: Forms sent empty: everything that is to be mended is said.
EMPTY_FORMS = (
    "accounts/login/",
    "accounts/change-password/",
    "accounts/profile/edit/",
    "accounts/profile/delete/",
    "accounts/addresses/add/",
    "accounts/wishlists/create/",
    "password-reset/",
    "messages/",
    "wholesale/",
    "q/<str:token>/acceptance/",
    "alerts/<int:pk>/",
    REVIEW,
)


CONFIRM = "password-reset/confirm/<str:uidb64>/<str:token>/"


def _states(values: dict[str, Any], user: Any) -> Iterator[Seen]:
    customer, visitor = Person("customer", user=user), Person("visitor")
    for route, more in STATES:
        yield customer.get(fill(route, values) + more, route=route)
    for route in EMPTY_FORMS:
        person = visitor if route in ("accounts/login/", "alerts/<int:pk>/") else customer
        data = {"login_submit": "1"} if route == "accounts/login/" else {}
        yield person.post(fill(route, values), data, route=route)
    yield visitor.get("/o/{token}/".format(**values["paid"]), route="o/<str:token>/")
    yield visitor.get(fill(CONFIRM, values), route=CONFIRM)  # used up: somebody signed in since
    fresh = visitor.get(fill(CONFIRM, password_reset(user)), route=CONFIRM)
    yield visitor.get(fresh.answer.location, route=CONFIRM)


ADDRESS = {
    "email": "maureen@tadworth.example",
    "first_name": "Maureen",
    "last_name": "Tadworth",
    "line1": "8 Example Terrace",
    "line4": "Sampleton",
    "postcode": "SX4 6DQ",
    "country": "GB",
}


def _checkout(values: dict[str, Any]) -> Iterator[Seen]:
    shopper = Person("shopper")
    shopper.post(f"/basket/add/{product('SH-DHM-01').pk}/", {"quantity": 2})
    yield shopper.get("/basket/")
    yield shopper.post("/basket/vouchers/add/", {"code": "NOPE"}, route="basket/")
    yield shopper.get("/basket/shared/?add=SH-DHM-01:2,SH-DTT-01:999,GONE-1:1", route="basket/shared/")
    yield shopper.get("/checkout/")
    yield shopper.post("/checkout/", {}, route="checkout/")
    shopper.post("/checkout/", ADDRESS)
    delivery = shopper.get("/checkout/delivery/")
    yield delivery
    shopper.post("/checkout/delivery/", {"method": "uk-standard"})
    yield shopper.get("/checkout/pay/")


def _errors() -> Iterator[Seen]:
    yield Person("error").get("/nothing/is/here/", route="404")
