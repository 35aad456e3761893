"""Every address of the site, asked by a stranger, its owner, another customer and staff: who sees what, and no 500.

The list is taken from the URLs themselves: a new page is covered without anybody adding it.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from oscar.apps.address.models import Country, UserAddress
from oscar.apps.wishlists.models import WishList

from blog.models import Article
from catalog.customer.models import AlertLink, ProductAlert
from catalog.order.models import OrderLink
from supplier.inquiries.actions import receive_inquiry
from supplier.inquiries.forms import InquiryForm
from supplier.inquiries.models import InquiryLink
from supplier.outbox.models import Letter
from supplier.pages.models import Page
from supplier.quotes import actions as quotes
from supplier.quotes.models import QuoteLink
from supplier.quotes.requests import Asked, AskedLine
from tests.factories.texts import make_range, make_technique
from tests.routes import all_routes
from tests.shop import make_basket, make_product, order_of
from tests.supplier.inquiries.conftest import typed

pytestmark = pytest.mark.django_db

#: Not ours: Oscar's dashboard and Django's admin have their own doors (see the two tests at the end).
OTHERS = ("dashboard/", "admin/")
#: Addresses that belong to one customer: path prefix of what nobody else may see.
PRIVATE = (
    *("accounts/orders/<", "accounts/addresses/<", "accounts/quotes/<", "accounts/wishlists/<", "accounts/alerts/<"),
)


def addresses() -> Iterator[str]:
    return (path for path, _view in all_routes() if not path.startswith(OTHERS))


class World:
    """One of each thing, all of one owner, and where each is found."""

    def __init__(self, owner: Any) -> None:
        product = make_product("Spiky Palm Ball")
        category, technique = make_range("rollers"), make_technique("deep-hand-massage")
        article = Article.objects.create(
            title="Sleep", slug="sleep", description="On sleep.", state="published", published_on="2026-11-01"
        )
        Page.objects.create(title="About", slug="about", description="Who we are.", updated_on="2026-11-01")
        self.owner = owner
        order = order_of(make_basket(product, owner=owner), user=owner)
        asked = Asked(
            name="Rosa", email=owner.email, company="", country_code="GB", time_zone="Europe/London",
            lines=(AskedLine(text=product.title, quantity=5, product=product),),
        )  # fmt: skip
        quote = quotes.request_quote(asked, user=owner, with_letters=False).quote
        message = InquiryForm(typed())
        assert message.is_valid()
        inquiry = receive_inquiry(message, with_letters=False)[0]
        alert = ProductAlert.objects.create(product=product, email="ann@post.example")
        wishlist = WishList.objects.create(owner=owner)
        line = wishlist.lines.create(product=product, title=product.title)
        self.values = {
            "a/": {"token": AlertLink.objects.issue(alert=alert)},
            "accounts/alerts": {"pk": ProductAlert.objects.create(product=product, user=owner).pk},
            "alerts/": {"pk": product.pk},
            "accounts/addresses": {"pk": self._address().pk},
            "accounts/orders": {"order_number": order.number, "line_id": order.lines.get().pk},
            "accounts/quotes": {"reference": quote.reference},
            "accounts/wishlists": {"key": wishlist.key, "line_pk": line.pk, "product_pk": product.pk},
            "categories": {"category_slug": category.slug, "pk": category.pk},
            "desk/letters": {"pk": self._letter().pk},
            "desk/messages": {"reference": inquiry.reference},
            "desk/orders": {"number": order.number},
            "desk/quotes": {"reference": quote.reference, "position": 1, "number": 1},
            "journal/tags": {"slug": "none"},
            "journal": {"slug": article.slug},
            "m/": {"token": InquiryLink.objects.issue(inquiry=inquiry)},
            "o/": {"token": OrderLink.objects.issue(order=order)},
            "q/": {"token": QuoteLink.objects.issue(quote=quote)},
            "products": {"product_slug": product.slug, "pk": product.pk, "product_pk": product.pk},
            "techniques": {"slug": technique.slug},
            "<slug:slug>/": {"slug": "about"},
        }

    def _address(self) -> UserAddress:
        return UserAddress.objects.create(
            user=self.owner, first_name="Rosa", last_name="Whitlock", line1="14 Example Street", line4="Sampleton",
            postcode="SX4 6DZ", country=Country.objects.get(pk="GB"),
        )  # fmt: skip

    @staticmethod
    def _letter() -> Letter:
        return Letter.objects.create(message_id="<1@testserver>", from_email="a@b.example", subject="s", text="t")

    def fill(self, path: str) -> str:
        """The address with real values, where this world has some; else with values that nothing has."""
        values = next((found for start, found in self.values.items() if path.startswith(start)), {})

        def value(match: re.Match[str]) -> str:
            return str(values.get(match["name"], "1" if match["kind"] == "int" else "none"))

        path = re.sub(r"\(\?P<(?P<name>\w+)>(?P<kind>(?:[^()]|\([^()]*\))*)\)", value, path)
        return "/" + re.sub(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>", value, path)


@pytest.fixture
def world(clinic_buyer: Any) -> World:
    return World(clinic_buyer)


@pytest.fixture
def visitors(clinic_buyer: Any, sales_clerk: Any, make_user: Any) -> dict[str, Client]:
    clients = {name: Client() for name in ("stranger", "owner", "other", "clerk")}
    clients["owner"].force_login(clinic_buyer)
    clients["other"].force_login(make_user("other@post.example"))
    clients["clerk"].force_login(sales_clerk)
    return clients


def test_no_address_breaks_for_anybody(world: World, visitors: dict[str, Client]):
    for path in addresses():
        for name, client in visitors.items():
            url = world.fill(path)
            for response in (client.get(url), client.head(url), client.options(url)):
                assert response.status_code < 500, (name, url)


def test_empty_and_hostile_posts_break_nothing(world: World, visitors: dict[str, Client]):
    hostile = dict.fromkeys(("name", "text", "email", "quantity", "method"), "\x00'\"><script>alert(1)</script>")
    ours = {"origin": "http://testserver"}
    for path in addresses():
        if path in ("accounts/logout/", "accounts/profile/delete/"):
            continue
        for name, client in visitors.items():
            url = world.fill(path)
            for data in ({}, hostile):
                assert client.post(url, data, headers=ours).status_code < 500, (name, url)


def test_public_pages_are_open_to_strangers(world: World, visitors: dict[str, Client]):
    for path in (
        "",
        "products/",
        "techniques/",
        "journal/",
        "search/",
        "basket/",
        "wholesale/",
        "offers/",
        "sitemap.xml",
    ):
        assert visitors["stranger"].get(f"/{path}").status_code == 200, path
    for start in ("categories", "techniques", "journal", "products", "<slug:slug>/", "o/", "q/", "m/", "a/"):
        path = next(path for path in addresses() if path.startswith(start) and ("<" in path))
        if start == "journal":
            path = "journal/<slug:slug>/"
        assert visitors["stranger"].get(world.fill(path)).status_code == 200, path


def test_customer_pages_ask_strangers_to_sign_in(world: World, visitors: dict[str, Client]):
    paths = [path for path in addresses() if path.startswith(PRIVATE)]
    assert len(paths) >= 9
    for path in paths:
        response = visitors["stranger"].get(world.fill(path))
        assert response.status_code in (302, 404, 405), path
        if response.status_code == 302:
            assert response.headers["Location"].startswith("/accounts/login/"), path


def test_private_pages_open_to_their_owner_only(world: World, visitors: dict[str, Client]):
    pages = [
        "accounts/orders/<str:order_number>/",
        "accounts/addresses/<int:pk>/",
        "accounts/quotes/<str:reference>/",
        "accounts/wishlists/<str:key>/",
    ]
    assert set(pages) <= set(addresses())
    for path in pages:
        assert visitors["owner"].get(world.fill(path), follow=True).status_code == 200, path
        for name in ("other", "clerk"):
            assert visitors[name].get(world.fill(path)).status_code in (403, 404), (name, path)


def test_other_customers_can_change_nothing_of_the_owner(world: World, visitors: dict[str, Client]):
    for path in addresses():
        if path.startswith(PRIVATE):
            response = visitors["other"].post(world.fill(path), {"name": "Mallory"})
            assert response.status_code in (403, 404, 405), path


def test_desk_is_for_staff_with_the_permission_only(world: World, visitors: dict[str, Client]):
    paths = [path for path in addresses() if path.startswith("desk/")]
    assert len(paths) >= 15
    for path in paths:
        url = world.fill(path)
        for ask in ("get", "post"):
            stranger, customer = (getattr(visitors[name], ask)(url) for name in ("stranger", "owner"))
            assert stranger.status_code == 302, path
            assert stranger.headers["Location"].startswith("/accounts/login/"), path
            assert customer.status_code == 403, path
        answer = visitors["clerk"].get(url)
        assert answer.status_code in (200, 404, 405) or answer.headers["Location"].startswith("/desk/"), path


def test_guest_links_with_wrong_tokens_lead_nowhere(visitors: dict[str, Client]):
    for path in (path for path in addresses() if path.startswith(("o/", "q/", "m/", "a/"))):
        url = "/" + path.replace("<str:token>", "x" * 43)
        for client in visitors.values():
            assert client.get(url).status_code in (404, 405), url
            assert client.post(url).status_code in (404, 405), url


@pytest.mark.parametrize("path", ["/admin/", "/dashboard/", "/admin/catalogue/product/", "/dashboard/orders/"])
def test_back_offices_are_closed_to_customers(visitors: dict[str, Client], path: str):
    for name in ("stranger", "owner", "other"):
        assert visitors[name].get(path).status_code in (302, 403), name


def test_guest_order_addresses_of_oscar_are_gone():
    assert not [path for path in addresses() if "order-status" in path]
