"""The desk's first page, and who may see what."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from catalog.order.actions import mark_paid
from supplier.desk.groups import make_groups
from supplier.desk.models import GivenPermission
from supplier.quotes.actions import request_quote
from supplier.quotes.requests import Asked, AskedLine
from tests.routes import all_routes
from tests.shop import make_basket, make_product, order_of

from .test_messages import queries_of

pytestmark = pytest.mark.django_db


def desk_paths() -> Iterator[str]:
    """Every address under /desk/, with something in place of its parameters."""
    return ("/" + re.sub(r"<[^>]+>", "1", path) for path, _view in all_routes() if path.startswith("desk/"))


def test_desk_has_addresses_for_every_section() -> None:
    sections = {path.split("/")[2] for path in desk_paths()}
    assert sections == {"", "messages", "letters", "orders", "quotes", "searches", "styleguide", "more"}


def test_strangers_are_asked_to_sign_in_at_every_address(client: Client) -> None:
    for path in desk_paths():
        for response in (client.get(path), client.post(path)):
            assert response.status_code == 302, path
            assert response["Location"].startswith("/accounts/login/?next=/desk/"), path


def test_customers_are_refused_at_every_address(client: Client, clinic_buyer: Any) -> None:
    client.force_login(clinic_buyer)
    for path in desk_paths():
        assert [client.get(path).status_code, client.post(path).status_code] == [403, 403], path


def test_staff_of_the_catalogue_see_no_messages_letters_or_orders(client: Client, make_user: Any) -> None:
    editor = make_user("editor@stillhand.example")
    editor.is_staff = True
    editor.save()
    editor.groups.set(Group.objects.filter(name="Catalogue"))
    client.force_login(editor)
    page = client.get("/desk/").content.decode()
    assert 'id="messages"' not in page
    assert "/desk/messages/" not in page
    for section in ("messages", "letters", "orders"):
        assert client.get(f"/desk/{section}/").status_code == 403
    assert client.get("/admin/catalogue/product/").status_code == 200
    assert client.get("/admin/blog/article/").status_code == 200


def test_groups_hold_what_their_work_needs() -> None:
    def may(name: str) -> set[str]:
        rows = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
        return {f"{app}.{codename}" for app, codename in rows}

    sales, catalogue = may("Sales"), may("Catalogue")
    assert {"inquiries.change_inquiry", "order.change_order", "outbox.change_letter", "quotes.change_quote"} <= sales
    assert {"catalogue.change_product", "blog.change_article", "pages.change_page"} <= catalogue
    assert not {"order.delete_order", "outbox.delete_letter", "catalogue.change_product"} & sales
    assert not {"inquiries.change_inquiry", "accounts.change_user"} & catalogue


def test_group_that_exists_is_given_a_new_permission_once() -> None:
    sales = Group.objects.get(name="Sales")
    taken, new = (sales.permissions.get(codename=name) for name in ("view_letter", "view_zerosearch"))
    sales.permissions.remove(taken, new)
    GivenPermission.objects.filter(group=sales, permission=new).delete()  # as before the version that brought it
    make_groups()
    make_groups()
    assert new in sales.permissions.all()
    assert taken not in sales.permissions.all()


def test_first_page_shows_what_waits_with_ways_there(clerk: Client, make_inquiry: Any, make_letter: Any) -> None:
    inquiry = make_inquiry(text="Does it roll?")
    letter = make_letter("A failed letter", state="failed", last_error="550 no such mailbox")
    page = clerk.get("/desk/").content.decode()
    assert f'href="/desk/messages/{inquiry.reference}/"' in page
    assert "Does it roll?" in page
    assert f'action="/desk/letters/{letter.pk}/sending/"' in page
    assert "550 no such mailbox" in page
    assert "Sam. 2 things." in page


def test_nothing_waits_is_said(clerk: Client) -> None:
    page = clerk.get("/desk/").content.decode()
    assert "Nothing waits." in page
    assert "Every message is answered." in page


@pytest.fixture
def make_one_of_each(countries: None, make_inquiry: Any, make_letter: Any) -> Callable[[], None]:
    """A failed letter, a payment and a message to look at, a quote to price, an order to pack, a tool running low."""

    def make() -> None:
        make_inquiry()
        make_letter(state="failed")
        asked = Asked(
            country_code="GB",
            time_zone="Europe/London",
            lines=(AskedLine(text="Roller", quantity=2),),
            name="Rosa Whitlock",
            email="rosa@clinic.example",
        )
        request_quote(asked, with_letters=False)
        product = make_product(stock=3)
        product.stockrecords.update(low_stock_threshold=5)
        mark_paid(order_of(make_basket(product)))
        order_of(make_basket(product)).payment_attempts.update(attention="Paid twice.")

    return make


def test_first_page_asks_no_more_for_three_of_each_than_for_one(
    clerk: Client, make_one_of_each: Callable[[], None]
) -> None:
    make_one_of_each()
    one = queries_of(clerk, "/desk/")
    assert "6 things." in clerk.get("/desk/").content.decode()
    make_one_of_each()
    make_one_of_each()
    assert queries_of(clerk, "/desk/") == one <= 20
    assert "18 things." in clerk.get("/desk/").content.decode()
