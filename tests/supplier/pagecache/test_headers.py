"""A copy says what the page itself would say: the same bytes, the same guards, and what browsers may do with it."""

from __future__ import annotations

import gzip
import hashlib
from typing import Any

import pytest

from tests.shop import make_product

from .conftest import Visitor

pytestmark = pytest.mark.django_db

GUARDS = (
    "Content-Security-Policy",
    "Permissions-Policy",
    "X-Frame-Options",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Content-Type",
    "Cache-Control",
    "Vary",
)


@pytest.fixture
def url() -> str:
    return str(make_product("Spiky Palm Ball").get_absolute_url())


def test_copy_carries_the_same_guards_and_bytes(visitor: Visitor, url: str):
    made = visitor.get(url)
    assert Visitor().is_given_a_copy(url)
    copy = Visitor().get(url)
    assert all(made.headers[name] for name in GUARDS)
    assert dict(copy.headers) == dict(made.headers)
    assert copy.content == made.content


def test_first_page_and_copy_come_compressed_and_are_the_same_text(visitor: Visitor, url: str):
    plain = visitor.get(url)
    for _ in range(2):
        zipped = Visitor().get(url, headers={"accept-encoding": "br, gzip"})
        assert zipped.headers["Content-Encoding"] == "gzip"
        assert zipped.headers["Content-Length"] == str(len(zipped.content))
        assert len(zipped.content) < len(plain.content) / 2
        assert gzip.decompress(zipped.content) == plain.content
        assert zipped.headers["ETag"] == plain.headers["ETag"]


def test_browsers_ask_again_and_are_told_that_nothing_changed(visitor: Visitor, url: str):
    first = visitor.get(url)
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert set(first.headers["Vary"].split(", ")) == {"Cookie", "Accept-Encoding", "HX-Request"}
    again = Visitor().get(url, headers={"if-none-match": first.headers["ETag"], "accept-encoding": "gzip"})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert Visitor().get(url, headers={"if-none-match": 'W/"other"'}).status_code == 200


def test_mark_outlives_the_copy_but_no_change(visitor: Visitor, url: str, settings: Any):
    """A page made anew differs by fields that nobody sees only; the browser's copy is as good."""
    from django.core.cache import caches

    from catalog.partner.models import StockRecord

    mark = visitor.get(url).headers["ETag"]
    caches["pages"].clear()
    assert Visitor().get(url, headers={"if-none-match": mark}).status_code == 304
    StockRecord.objects.update(price="9.40")
    assert Visitor().get(url, headers={"if-none-match": mark}).status_code == 200


def test_pages_that_are_not_kept_are_compressed_with_a_random_length(visitor: Visitor, url: str, clinic_buyer: Any):
    buyer = Visitor()
    buyer.force_login(clinic_buyer)
    pages = [buyer.get("/accounts/login/", headers={"accept-encoding": "gzip"}, follow=True) for _ in range(8)]
    assert {page.headers["Content-Encoding"] for page in pages} == {"gzip"}
    assert len({len(page.content) for page in pages}) > 1


@pytest.mark.parametrize("accepts", ["", "br", "gzip;q=0", "br, gzip ; q=0.0"])
def test_kept_page_is_not_compressed_for_whoever_does_not_take_it(visitor: Visitor, url: str, accepts: str):
    for _time in range(2):
        answer = Visitor().get(url, headers={"accept-encoding": accepts})
        assert "Content-Encoding" not in answer.headers
        assert b"</html>" in answer.content


def test_pictures_are_not_compressed_again(visitor: Visitor, settings: Any):
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "a.jpg").write_bytes(b"x" * 5000)
    answer = visitor.get("/media/a.jpg", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
    assert hashlib.sha256(b"".join(answer.streaming_content)).digest() == hashlib.sha256(b"x" * 5000).digest()  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", ["/accounts/", "/accounts/profile/", "/accounts/orders/", "/accounts/addresses/"])
def test_pages_of_an_account_stay_on_no_disk(visitor: Visitor, clinic_buyer: Any, path: str):
    buyer = Visitor()
    buyer.force_login(clinic_buyer)
    answer = buyer.get(path, follow=True)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


def test_public_pages_of_a_customer_can_be_gone_back_to(visitor: Visitor, url: str, clinic_buyer: Any):
    buyer = Visitor()
    buyer.force_login(clinic_buyer)
    answer = buyer.get(url)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer.headers["Vary"]
    assert "ETag" not in answer.headers
