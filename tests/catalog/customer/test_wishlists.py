"""Keeping tools for later: one press, nothing by a GET, and nobody else's list."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from oscar.apps.wishlists.models import WishList

from tests.factories.catalogue import make_parent, set_stock
from tests.factories.texts import make_tool

pytestmark = pytest.mark.django_db

OURS = {"origin": "http://testserver"}
PASSWORD = "a-long-password-9"


def keep(client: Client, product: Any, **data: str) -> Any:
    return client.post(f"/accounts/wishlists/keep/{product.pk}/", data, headers=OURS)


def titles(user: Any) -> list[str]:
    return [line.title for wishlist in user.wishlists.all() for line in wishlist.lines.all()]


def test_customer_keeps_a_tool_once_however_often_it_is_pressed(client: Client, clinic_buyer: Any) -> None:
    roller = make_tool("SH-1", title="Roller")
    client.force_login(clinic_buyer)
    for _press in range(2):
        assert keep(client, roller).headers["Location"] == roller.get_absolute_url()
    assert titles(clinic_buyer) == ["Roller"]
    assert clinic_buyer.wishlists.get().name == "Kept for later"
    page = client.get(roller.get_absolute_url()).content.decode()
    assert "Kept for later. Take it off" in page
    keep(client, roller, undo="1")
    assert titles(clinic_buyer) == []


def test_it_goes_on_the_list_that_is_there(client: Client, clinic_buyer: Any) -> None:
    first = clinic_buyer.wishlists.create(name="For the practice")
    clinic_buyer.wishlists.create(name="Presents")
    client.force_login(clinic_buyer)
    keep(client, make_tool("SH-1"))
    assert first.lines.count() == 1


@pytest.mark.parametrize("by", ["signing in", "signing up"])
def test_visitor_signs_in_comes_back_and_it_is_kept(client: Client, make_user: Any, by: str) -> None:
    roller = make_tool("SH-1", title="Roller")
    answer = keep(client, roller)
    url = roller.get_absolute_url()
    assert answer.headers["Location"] == f"/accounts/login/?next={url}"
    email = "eve@post.example"
    if by == "signing in":
        make_user(email)
        form = {"login-username": email, "login-password": PASSWORD, "login-redirect_url": url, "login_submit": "1"}
    else:
        words = dict.fromkeys(("registration-password1", "registration-password2"), PASSWORD)
        form = {"registration-email": email, **words, "registration-redirect_url": url, "registration_submit": "1"}
    assert client.post("/accounts/login/", form).headers["Location"] == url
    wishlist = WishList.objects.get(owner__email=email)
    assert [line.title for line in wishlist.lines.all()] == ["Roller"]
    assert "Take it off" in client.get(url).content.decode()


def test_who_signs_in_without_having_pressed_keeps_nothing(client: Client, make_user: Any) -> None:
    user = make_user("eve@post.example")
    form = {"login-username": user.email, "login-password": PASSWORD, "login_submit": "1"}
    client.post("/accounts/login/", form)
    assert not user.wishlists.exists()


def test_nothing_changes_by_a_get(client: Client, clinic_buyer: Any) -> None:
    roller = make_tool("SH-1")
    one, other = clinic_buyer.wishlists.create(name="One"), clinic_buyer.wishlists.create(name="Other")
    line = one.lines.create(product=roller, title=roller.title)
    client.force_login(clinic_buyer)
    paths = [
        f"/accounts/wishlists/keep/{roller.pk}/",
        f"/accounts/wishlists/add/{roller.pk}/",
        f"/accounts/wishlists/{other.key}/add/{roller.pk}/",
        f"/accounts/wishlists/{one.key}/lines/{line.pk}/removal/",
        f"/accounts/wishlists/{one.key}/lines/{line.pk}/move/?to={other.key}",
        f"/accounts/wishlists/{one.key}/lines/{line.pk}/move-to/{other.key}/",
    ]
    for path in paths:
        assert client.get(path).status_code in (404, 405), path
    assert (one.lines.count(), other.lines.count()) == (1, 0)


def test_list_shows_price_and_stock_and_what_can_be_done(client: Client, clinic_buyer: Any) -> None:
    roller, sold_out, ball = make_tool("SH-1", title="Roller"), make_tool("SH-2", title="Press"), make_parent()
    set_stock(sold_out, 0)
    gone = make_tool("SH-9", title="Old ring", is_public=False)
    wishlist = clinic_buyer.wishlists.create(name="One")
    for product in (roller, sold_out, ball, gone):
        wishlist.lines.create(product=product, title=product.title)
    client.force_login(clinic_buyer)
    html = client.get(f"/accounts/wishlists/{wishlist.key}/").content.decode()
    assert "£29.00" in html
    assert f'action="/basket/add/{roller.pk}/"' in html
    assert f'href="{sold_out.get_absolute_url()}#alert"' in html
    assert f'href="{ball.get_absolute_url()}#buy"' in html
    assert "It is not in the shop any more." in html
    assert gone.get_absolute_url() not in html


@pytest.mark.parametrize("lines", [1, 5])
def test_list_asks_as_much_with_one_tool_as_with_many(
    client: Client, clinic_buyer: Any, lines: int, django_assert_num_queries: Any
) -> None:
    wishlist = clinic_buyer.wishlists.create(name="One")
    for number in range(lines):
        wishlist.lines.create(product=make_tool(f"SH-{number}"), title="x")
    client.force_login(clinic_buyer)
    client.get(f"/accounts/wishlists/{wishlist.key}/")
    with django_assert_num_queries(11):
        client.get(f"/accounts/wishlists/{wishlist.key}/")


def test_line_moves_to_another_list_once(client: Client, clinic_buyer: Any) -> None:
    roller = make_tool("SH-1", title="Roller")
    one, other = clinic_buyer.wishlists.create(name="One"), clinic_buyer.wishlists.create(name="Other")
    other.lines.create(product=roller, title=roller.title)
    line = one.lines.create(product=roller, title=roller.title)
    client.force_login(clinic_buyer)
    client.post(f"/accounts/wishlists/{one.key}/lines/{line.pk}/move/", {"to": other.key})
    assert (one.lines.count(), other.lines.count()) == (0, 1)


def test_nobody_sees_or_changes_anothers_list(client: Client, clinic_buyer: Any, make_user: Any) -> None:
    roller = make_tool("SH-1", title="Roller")
    theirs = clinic_buyer.wishlists.create(name="Secret", visibility=WishList.PUBLIC)
    line = theirs.lines.create(product=roller, title=roller.title)
    other = make_user("other@post.example")
    mine = other.wishlists.create(name="Mine")
    client.force_login(other)
    base = f"/accounts/wishlists/{theirs.key}"
    assert client.get(f"{base}/").status_code == 404
    for path in (f"{base}/update/", f"{base}/delete/"):
        assert client.post(path, {"name": "x", "visibility": "Public"}).status_code == 404, path
    assert client.post(f"{base}/lines/{line.pk}/removal/").status_code == 404
    assert client.post(f"{base}/lines/{line.pk}/move/", {"to": mine.key}).status_code == 404
    assert client.post(f"/accounts/wishlists/{mine.key}/lines/{line.pk}/removal/").status_code == 404
    assert theirs.lines.count() == 1


@pytest.mark.parametrize(
    ("visibility", "stranger", "named", "other"),
    [("Private", 404, 404, 404), ("Shared", 302, 200, 404), ("Public", 200, 200, 200)],
)
def test_shared_page_opens_to_whom_its_owner_chose(
    clinic_buyer: Any, make_user: Any, visibility: str, stranger: int, named: int, other: int
) -> None:
    wishlist = clinic_buyer.wishlists.create(name="Presents", visibility=visibility)
    wishlist.shared_emails.create(email="named@post.example")
    clients = [Client(), Client(), Client()]
    clients[1].force_login(make_user("named@post.example"))
    clients[2].force_login(make_user("other@post.example"))
    answers = [client.get(f"/wishlists/{wishlist.key}/") for client in clients]
    assert [answer.status_code for answer in answers] == [stranger, named, other]
    assert all(clinic_buyer.email not in answer.content.decode() for answer in answers)


def test_only_an_address_that_is_there_can_be_taken_off(client: Client, clinic_buyer: Any) -> None:
    client.force_login(clinic_buyer)
    wishlist = clinic_buyer.wishlists.create(name="For the practice", visibility=WishList.SHARED)
    wishlist.shared_emails.create(email="named@post.example")
    url = reverse("customer:wishlists-update", kwargs={"key": wishlist.key})
    assert client.get(url).content.decode().count("Take this address off") == 1
    assert "Take this address off" not in client.get(reverse("customer:wishlists-create")).content.decode()
