"""What the home page tells search engines about the shop itself."""

from __future__ import annotations

import io

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from catalog.shipping import returns
from tests.factories.texts import make_tool
from tests.structured import SITE, shown

pytestmark = pytest.mark.django_db


def test_home_tells_who_we_are(client: Client) -> None:
    page = shown(client, "/")
    data = page.data["OnlineStore"]
    assert data["name"] == settings.COMPANY["brand"]
    assert data["url"] == page.canonical
    for told in (data["legalName"], data["address"]):
        assert told in page.text
    assert data["contactPoint"]["email"] == settings.COMPANY["email"]
    policy = data["hasMerchantReturnPolicy"]
    assert policy["merchantReturnDays"] == returns.DAYS
    assert {"GB", "DE"} <= set(policy["applicableCountry"])


def test_logo_is_there_and_large_enough(client: Client) -> None:
    logo = shown(client, "/").data["OnlineStore"]["logo"]
    response = client.get(logo["url"].removeprefix(SITE))
    with Image.open(io.BytesIO(b"".join(response))) as picture:  # type: ignore[call-overload]
        assert picture.size == (logo["width"], logo["height"])
        assert min(picture.size) >= 112


def test_search_can_be_asked_from_outside(client: Client) -> None:
    make_tool("SH-1", title="Cork ball")
    action = shown(client, "/").data["WebSite"]["potentialAction"]
    assert action["query-input"] == "required name=words"
    address = action["target"]["urlTemplate"].replace("{words}", "cork")
    assert "Cork ball" in client.get(address.removeprefix(SITE)).content.decode()
