"""Who is given a page that another visitor was given, and who never is."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from django.core.cache import caches
from django.core.signing import Signer
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.basket.models import Basket
from supplier.inquiries.models import Inquiry, Message
from supplier.pagecache.entries import Entry
from supplier.pagecache.visitors import LONGEST_QUERY, address_of, without_tracking
from tests.factories.texts import make_tool
from tests.shop import make_basket, make_product
from tests.test_cookies import KNOWN

from .conftest import Visitor, keeps

pytestmark = pytest.mark.django_db
OURS = {"origin": "http://testserver"}


@pytest.fixture
def ball() -> Any:
    return make_product("Spiky Palm Ball")


#: Their owners see kept pages, with the number of their things in the header.
SHARED = {"oscar_open_basket", "csrftoken"}


@pytest.mark.parametrize("name", sorted({*KNOWN, "oscar_history", "django_language"} - SHARED))
def test_cookie_of_ours_neither_takes_nor_leaves_a_copy(visitor: Visitor, ball: Any, name: str):
    other = Visitor()
    other.cookies[name] = "x"
    assert "Spiky Palm Ball" in other.reads("/products/")
    assert not visitor.is_given_a_copy("/products/")
    assert Visitor().is_given_a_copy("/products/")
    assert not other.is_given_a_copy("/products/")


def test_cookie_of_others_is_none_of_our_business(visitor: Visitor, ball: Any):
    assert keeps(visitor, "/products/")
    other = Visitor()
    other.cookies["_ga"] = "GA1.2.3"
    assert other.is_given_a_copy("/products/")


def test_basket_is_counted_on_the_pages_of_its_owner_only(visitor: Visitor, ball: Any):
    buyer = _buyer(ball, quantity=4)
    assert _count(4) in buyer.reads("/products/")
    assert 'id="basket-count"' not in visitor.reads("/products/")
    assert _count(4) in buyer.reads("/products/")
    assert 'id="basket-count"' not in Visitor().reads("/products/")


def _buyer(product: Any, *, quantity: int = 1) -> Visitor:
    buyer = Visitor()
    buyer.cookies["oscar_open_basket"] = Signer().sign(make_basket(product, quantity=quantity).pk)
    buyer.cookies["csrftoken"] = "x" * 32  # from the page of the basket
    return buyer


def _queries(visitor: Visitor, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        visitor.reads(url)
    return len(queries)


@pytest.mark.parametrize(
    "path", ["/", "/products/", "/products/?stock=in", "/search/?q=ball", "/techniques/", "/journal/", "product"]
)
def test_guest_with_a_basket_reads_the_kept_page_as_if_it_was_made_for_them(visitor: Visitor, ball: Any, path: str):
    url = ball.get_absolute_url() if path == "product" else path
    buyer = _buyer(ball, quantity=3)
    made = buyer.get(url)  # leaves no copy
    assert _queries(visitor, url) > 1
    kept = buyer.get(url)
    assert _queries(buyer, url) == 3  # the sum of changes, the basket, its pieces
    assert _seen(kept.content.decode()) == _seen(made.content.decode())
    assert _count(3) in kept.content.decode()
    told = {name: value for name, value in made.headers.items() if name not in ("ETag", "Content-Length")}
    assert {name: kept.headers[name] for name in told} == told


def test_kept_page_of_a_guest_with_a_basket_knows_every_change(visitor: Visitor, ball: Any):
    buyer = _buyer(ball, quantity=3)
    assert keeps(visitor, "/products/")
    assert _count(3) in buyer.reads("/products/")
    basket = Basket.objects.get()
    basket.lines.update(quantity=7)
    assert _count(7) in buyer.reads("/products/")
    ball.stockrecords.update(price="9.99")
    assert "£9.99" in buyer.reads("/products/")
    assert keeps(visitor, "/products/")
    basket.lines.all().delete()
    assert 'id="basket-count"' not in buyer.reads("/products/")


def test_page_with_a_basket_is_marked_as_its_own(visitor: Visitor, ball: Any):
    """Going back after something was put in must not show the old number."""
    assert keeps(visitor, "/products/")
    buyer = _buyer(ball)
    first = buyer.get("/products/").headers["ETag"]
    assert buyer.get("/products/", headers={"if-none-match": first}).status_code == 304
    Basket.objects.get().lines.update(quantity=2)
    second = buyer.get("/products/", headers={"if-none-match": first})
    assert second.status_code == 200
    assert second.headers["ETag"] != first


def test_head_of_a_page_with_a_basket_has_no_body(visitor: Visitor, ball: Any, rf: Any):
    """As a kept page for everybody has none; what the server takes away need not be made."""
    entry = Entry(1, {"Content-Type": "text/html"}, gzip.compress(b"page"), 4)
    answer = entry.answer_with(b"my page", rf.head("/products/"))
    assert (answer.content, answer.headers["Content-Length"]) == (b"", "7")
    assert entry.answer_with(b"my page", rf.get("/products/")).content == b"my page"
    assert keeps(visitor, "/products/")
    buyer = _buyer(ball)
    assert buyer.head("/products/").headers["ETag"] == buyer.get("/products/").headers["ETag"]


def test_part_of_a_page_for_a_script_is_the_same_with_a_basket(visitor: Visitor, ball: Any):
    asked = {"hx-request": "true", "hx-target": "listing"}
    buyer = _buyer(ball)
    made = buyer.reads("/products/?stock=in", **asked)
    Visitor().reads("/products/?stock=in", **asked)
    assert Visitor().is_given_a_copy("/products/?stock=in", **asked)
    assert _seen(buyer.reads("/products/?stock=in", **asked)) == _seen(made)


@pytest.mark.parametrize(
    "header",
    [{"if-unmodified-since": "Wed, 21 Oct 2015 07:28:00 GMT"}, {"if-match": 'W/"other"'}, {"range": "bytes=0-9"}],
)
def test_conditions_that_pages_know_nothing_of_change_nothing(visitor: Visitor, ball: Any, header: dict[str, str]):
    buyer = _buyer(ball)
    made = buyer.get("/products/", headers=header)
    assert keeps(visitor, "/products/")
    kept = buyer.get("/products/", headers=header)
    assert (kept.status_code, _seen(kept.content.decode())) == (made.status_code, _seen(made.content.decode()))


def test_answer_without_a_header_does_not_ask_for_the_basket(visitor: Visitor, ball: Any):
    buyer = _buyer(ball)
    visitor.reads("/search/suggestions/?q=ball")
    assert _queries(buyer, "/search/suggestions/?q=ball") == 1


def test_basket_that_is_gone_is_looked_after_by_the_whole_shop(visitor: Visitor, ball: Any):
    """Ordered meanwhile, another's, or a cookie made up: the middleware of the basket takes the cookie back."""
    buyer = _buyer(ball)
    assert keeps(visitor, "/products/")
    Basket.objects.update(status="Submitted")
    response = buyer.get("/products/")
    assert 'id="basket-count"' not in response.content.decode()
    assert response.cookies["oscar_open_basket"]["max-age"] == 0
    liar = Visitor()
    liar.cookies["oscar_open_basket"] = f"{Basket.objects.get().pk}:made-up"
    assert 'id="basket-count"' not in liar.reads("/products/")


def test_token_of_a_form_is_in_no_kept_page(visitor: Visitor, ball: Any):
    other = Visitor()
    other.cookies["csrftoken"] = "x" * 32
    assert "Spiky Palm Ball" in other.reads("/products/")  # leaves no copy
    assert not visitor.is_given_a_copy("/products/")
    assert other.is_given_a_copy("/products/")
    other.reads("/wholesale/")
    assert not Visitor().is_given_a_copy("/wholesale/")


def _count(pieces: int) -> str:
    return f'id="basket-count">{pieces}<'


def test_words_for_one_visitor_are_told_to_nobody_else(visitor: Visitor, ball: Any):
    """The message that follows a form stands on the very next page, which is a public one."""
    buyer = Visitor()
    url = ball.get_absolute_url()
    assert keeps(visitor, url)
    answer = buyer.post(reverse("basket:add", args=[ball.pk]), {"quantity": "1"}, headers=OURS)
    assert answer.status_code == 302
    first = buyer.reads(url)
    assert _count(1) in first
    assert Visitor().reads(url) == Visitor().reads(url) != first


def test_signed_in_reads_no_copy_and_leaves_none(visitor: Visitor, ball: Any, clinic_buyer: Any):
    buyer = Visitor()
    buyer.force_login(clinic_buyer)
    url = ball.get_absolute_url()
    assert "Rosa Whitlock" in buyer.reads(url)  # the box at the end knows the name
    assert "csrfmiddlewaretoken" in buyer.reads(url)
    text = visitor.reads(url)
    assert "Rosa" not in text
    assert "csrfmiddlewaretoken" not in text
    assert "Rosa" not in Visitor().reads(url)


def test_head_takes_the_copy_without_its_body_and_leaves_none(visitor: Visitor, ball: Any):
    assert visitor.head("/products/").status_code == 200
    assert not Visitor().is_given_a_copy("/products/")
    full = Visitor().get("/products/")
    head = Visitor().head("/products/")
    assert head.content == b""
    assert head.headers["Content-Length"] == full.headers["Content-Length"] == str(len(full.content))
    assert head.headers["ETag"] == full.headers["ETag"]


def test_post_is_untouched(visitor: Visitor, ball: Any):
    assert keeps(visitor, "/messages/")
    answer = visitor.post("/messages/", {"text": ""}, headers=OURS)
    assert answer.status_code == 422
    assert "Please fill this in." in answer.content.decode()
    assert "Please fill this in." not in Visitor().reads("/messages/")


def test_two_hosts_have_two_pages(visitor: Visitor, ball: Any, settings: Any):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    assert keeps(visitor, "/products/")
    assert not Visitor().is_given_a_copy("/products/", host="other.example")
    assert Visitor().is_given_a_copy("/products/", host="other.example")
    assert Visitor().get("/products/", headers={"host": "evil.example"}).status_code == 400


def test_not_found_is_not_kept(visitor: Visitor):
    assert visitor.get("/nobody/").status_code == 404
    assert not Visitor().is_given_a_copy("/nobody/")


def test_moved_product_is_not_kept(visitor: Visitor, ball: Any):
    old = ball.get_absolute_url().replace("spiky", "old")
    assert visitor.get(old).status_code == 301
    assert not Visitor().is_given_a_copy(old)


def test_htmx_has_copies_of_its_own(visitor: Visitor, ball: Any):
    assert keeps(visitor, "/products/")
    assert not Visitor().is_given_a_copy("/products/", hx_request="true")
    assert "HX-Request" in visitor.get("/products/").headers["Vary"]


def test_only_what_a_view_knows_is_kept(visitor: Visitor, ball: Any):
    assert keeps(visitor, "/products/?page=1")
    assert not keeps(visitor, "/products/?page=1&x=1")
    assert not keeps(visitor, "/products/?x")
    assert not keeps(visitor, "/techniques/?page=1")
    assert not keeps(visitor, "/search/?q=" + "a" * LONGEST_QUERY)


def test_newsletter_brings_everybody_to_one_page(visitor: Visitor, ball: Any):
    assert keeps(visitor, "/products/?utm_source=letter&utm_campaign=may")
    assert Visitor().is_given_a_copy("/products/")
    assert Visitor().is_given_a_copy("/products/?gclid=1&fbclid=2")
    assert "utm_source" not in visitor.reads("/products/?utm_source=letter")


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("page=2", "page=2"),
        ("utm_source=x&page=2&utm_%6dedium=y", "page=2"),
        ("gclid=x", ""),
        ("q=utm_source", "q=utm_source"),
        ("a=1&a=2&b", "a=1&a=2&b"),
    ],
)
def test_tracking_is_taken_out_and_nothing_else(query: str, kept: str):
    assert without_tracking(query) == kept


def test_addresses_that_differ_are_told_apart(rf: Any):
    urls = ["/a/", "/b/", "/a/?b", "/a/?b=", "/a/?b=1", "/a/?b=1&b=2", "/a/%3Fb"]
    assert len({address_of(rf.get(url)) for url in urls}) == len(urls)
    assert address_of(rf.get("/a/", secure=True)) != address_of(rf.get("/a/"))
    assert address_of(rf.get("/a/", headers={"authorization": "Basic eDp5"})) is None
    assert address_of(rf.get("/a/", headers={"hx-target": "x" * 1000})) is None


HOSTILE = {
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    "x-forwarded-for": "6.6.6.6",
    "x-forwarded-port": "666",
    "x-forwarded-prefix": "/evil",
    "forwarded": "host=evil.example;proto=https",
    "x-original-url": "/evil/",
    "x-rewrite-url": "/evil/",
    "x-http-method-override": "POST",
    "referer": "https://evil.example/",
    "origin": "https://evil.example",
    "user-agent": "<script>evil</script>",
    "accept-language": "evil",
    "hx-current-url": "https://evil.example/",
    "hx-prompt": "evil",
    "range": "bytes=0-6",
}


@pytest.mark.parametrize("path", ["/", "/products/", "/search/?q=spiky", "/journal/", "/messages/", "/techniques/"])
def test_headers_poison_no_copy(visitor: Visitor, ball: Any, path: str):
    """Who asks first decides nothing about what the next one reads."""
    clean = _seen(visitor.reads(path))
    caches["pages"].clear()
    assert _seen(Visitor().reads(path, **HOSTILE)) == clean
    assert Visitor().is_given_a_copy(path)
    copy = Visitor().get(path)
    assert _seen(copy.content.decode()) == clean
    assert "evil" not in f"{copy.content.decode()}{dict(copy.headers)}"


def _seen(page: str) -> str:
    return re.sub(r'<input type="hidden"[^>]*>', "", page)


def test_page_that_breaks_is_not_kept(visitor: Visitor, ball: Any, settings: Any):
    visitor.raise_request_exception = False
    company, settings.COMPANY = settings.COMPANY, {}
    assert visitor.get("/").status_code == 500
    settings.COMPANY = company
    assert not Visitor().is_given_a_copy("/")
    assert "Spiky Palm Ball" in Visitor().reads("/")


def test_two_people_with_one_copy_send_two_messages(visitor: Visitor):
    tool = make_tool("SH-DHM-02")
    url = tool.get_absolute_url()
    visitor.reads(url)
    for person, text in (("Ann", "Is it heavy?"), ("Ben", "Is it heavy?"), ("Ann", "And how long is it?")):
        copy = Visitor()
        assert copy.is_given_a_copy(url)
        hidden = dict(re.findall(r'name="(nonce|opened|about)" value="([^"]+)"', copy.reads(url)))
        assert len(hidden) == 3
        data = {**hidden, "text": text, "name": person, "email": f"{person.lower()}@post.example"}
        for _ in range(2):  # pressed twice
            assert copy.post("/messages/", data, headers=OURS).status_code == 302
    assert Inquiry.objects.count() == Message.objects.count() == 3
    assert not Inquiry.objects.filter(state="quarantined").exists()
