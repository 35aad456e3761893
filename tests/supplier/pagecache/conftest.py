"""A shop with its page cache on, and visitors who bring nothing along."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from supplier.pagecache import store


class Visitor(Client):
    """A browser without cookies; each `Visitor()` is another one."""

    def reads(self, url: str, **headers: str) -> str:
        response = self.get(url, headers=headers)
        assert response.status_code == 200, (url, response.status_code)
        return response.content.decode()

    def is_given_a_copy(self, url: str, **headers: str) -> bool:
        """Whether the page came from the cache: then the database was asked one thing only."""
        with CaptureQueriesContext(connection) as queries:
            self.get(url, headers=headers)
        return [query["sql"] for query in queries] == ["SELECT sum(changes) FROM pagecache_change"]


@pytest.fixture
def visitor(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    settings.PAGE_CACHE = True
    monkeypatch.setattr(store, "MINUTE", 10**10)  # no test happens to cross its end
    monkeypatch.setattr(store, "_rests_until", 0.0)
    return Visitor()


def keeps(visitor: Visitor, url: str) -> bool:
    """Whether a first visit leaves a copy for the next visitor."""
    visitor.reads(url)
    return Visitor().is_given_a_copy(url)
