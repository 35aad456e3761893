from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from catalog.catalogue.models import Product
from supplier.pages.models import Page
from tests.factories.texts import make_technique, make_tool

pytestmark = pytest.mark.django_db


def run() -> str:
    out = StringIO()
    call_command("render_texts", stdout=out)
    return out.getvalue()


def test_texts_rendered_by_an_older_shop_are_rendered_again(make_page: Any) -> None:
    page = make_page(source="Text.")
    tool = make_tool("SH-1", description="A tool.")
    make_technique("deep-hand-massage")
    Page.objects.update(body={"blocks": []})
    Product.objects.update(body={})

    assert run().splitlines() == [
        "blog.Article: 0 changed",
        "pages.Page: 1 changed",
        "catalogue.Category: 0 changed",
        "catalogue.Product: 1 changed",
    ]
    for row in (page, tool):
        row.refresh_from_db()
        assert row.body["blocks"][0]["kind"] == "html"
    assert run().count(" 0 changed") == 4
