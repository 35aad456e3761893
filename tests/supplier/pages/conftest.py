from __future__ import annotations

import datetime
from typing import Any

import pytest

from supplier.pages.models import Page


@pytest.fixture
def make_page(db: None) -> Any:
    def make(slug: str = "delivery", **fields: Any) -> Page:
        defaults: dict[str, Any] = {
            "title": slug.capitalize(),
            "description": f"About {slug}.",
            "updated_on": datetime.date(2026, 11, 19),
            "source": "We pack orders in Sheffield.\n\n## Methods\n\nTwo.\n",
        }
        return Page.objects.create(slug=slug, **(defaults | fields))

    return make
