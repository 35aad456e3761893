"""Where copies lie: in the process, in Redis or Valkey, or nowhere when that is down (promise 7)."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches

from catalog.partner.models import StockRecord
from supplier.pagecache import entries, store
from supplier.pagecache.release import release
from supplier.settings import caches as cache_settings
from tests.servers import free_port, wait_until_open
from tests.shop import make_product

from .conftest import Visitor, keeps

pytestmark = pytest.mark.django_db
REDIS = shutil.which("redis-server") or shutil.which("valkey-server")


@pytest.fixture
def url() -> str:
    return str(make_product("Spiky Palm Ball").get_absolute_url())


def _caches(monkeypatch: pytest.MonkeyPatch, url: str) -> dict[str, Any]:
    """The settings of CACHE_URL=url."""
    monkeypatch.setenv("CACHE_URL", url)
    return {name: cache_settings._cache(name, entries=10) for name in ("default", "pages")}


@pytest.fixture
def redis_port() -> Iterator[int]:
    if not REDIS:
        pytest.skip("neither redis-server nor valkey-server is installed")
    port = free_port()
    options = ("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no")
    with subprocess.Popen([REDIS, *options], stdout=subprocess.DEVNULL) as server:
        try:
            wait_until_open(port)
            yield port
        finally:
            server.terminate()


def test_redis_holds_the_pages_of_all_processes(
    visitor: Visitor, url: str, settings: Any, monkeypatch: Any, redis_port: int
):
    settings.CACHES = _caches(monkeypatch, f"redis://127.0.0.1:{redis_port}/0")
    assert keeps(visitor, url)
    assert caches["default"].get("x", "nothing") == "nothing"
    StockRecord.objects.update(price="9.40")
    assert "£9.40" in Visitor().reads(url)
    assert Visitor().is_given_a_copy(url)
    caches["pages"].close()


def test_cache_that_dies_under_way_costs_no_page(
    visitor: Visitor, url: str, settings: Any, monkeypatch: Any, caplog: Any
):
    settings.CACHES = _caches(monkeypatch, "redis://127.0.0.1:1/0")
    for _ in range(20):
        assert "£8.90" in Visitor().reads(url)
    # Asked once, then left alone: twenty pages, not twenty waits.
    assert len([record for record in caplog.records if "page cache" in record.message]) == 1


def test_cache_that_never_answers_is_waited_for_once(
    visitor: Visitor, url: str, settings: Any, monkeypatch: Any, caplog: Any
):
    """A server that takes the connection and says nothing, as an overloaded one does."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.CACHES = _caches(monkeypatch, f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        silent.settimeout(0.1)
        Visitor().reads(url)
        assert store._rests_until > time.monotonic()
        with silent.accept()[0] as asked:
            while asked.recv(4096):  # to the end: nobody waits on this line any more
                pass
        Visitor().reads(url)
        with pytest.raises(TimeoutError):
            silent.accept()


def test_flood_of_addresses_pushes_out_the_least_asked_for(visitor: Visitor, url: str, settings: Any, monkeypatch: Any):
    settings.CACHES = _caches(monkeypatch, "locmemcache://flood")
    assert keeps(visitor, url)
    for n in range(30):
        visitor.reads(f"/search/?q=word{n}")
        assert Visitor().is_given_a_copy(url), n


def test_counters_of_brakes_are_not_pushed_out_by_pages(visitor: Visitor, settings: Any, monkeypatch: Any):
    settings.CACHES = _caches(monkeypatch, "locmemcache://flood")
    caches["default"].set("limit:x", 3)
    for n in range(30):
        visitor.reads(f"/search/?q=word{n}")
    assert caches["default"].get("limit:x") == 3


def test_page_larger_than_the_largest_is_shown_and_not_kept(visitor: Visitor, url: str, monkeypatch: Any):
    monkeypatch.setattr(entries, "LARGEST", 1000)
    assert not keeps(visitor, url)


@pytest.mark.parametrize("at", [1_800_000_000.0, 1_800_000_059.5, 1_800_000_030.0])
def test_copy_lives_to_the_end_of_the_minute_and_no_longer(at: float):
    assert store.end_of_minute(at) == 1_800_000_060


def test_page_that_is_made_across_the_end_of_a_minute_is_not_kept(visitor: Visitor, url: str, monkeypatch: Any):
    """It names the day of delivery of before the deadline; kept after it, it would for a whole minute."""
    monkeypatch.setattr(store, "MINUTE", 1e-6)
    assert not keeps(visitor, url)


def test_copy_of_another_release_is_not_used(visitor: Visitor, url: str, settings: Any):
    assert keeps(visitor, url)
    settings.COMPANY = settings.COMPANY | {"brand": "Another"}
    release.cache_clear()  # asked once a process
    try:
        assert not Visitor().is_given_a_copy(url)
    finally:
        release.cache_clear()
