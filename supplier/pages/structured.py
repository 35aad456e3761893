"""Who we are, for search engines (schema.org): on the home page only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from catalog.shipping.structured import return_policy_data
from catalog.texts.languages import language_tag
from catalog.texts.structured import part, shop, thing
from supplier.accounts.letters import absolute_url


def shop_data() -> dict[str, Any]:
    company = settings.COMPANY
    about = shop()
    return thing(
        about.pop("@type"),
        **about,
        legalName=company["name"],
        email=company["email"],
        address=company["address"],
        vatID=company["vat_number"],
        contactPoint=part(
            "ContactPoint",
            contactType="customer service",
            email=company["email"],
            url=absolute_url(reverse("pages:page", args=["contact"])),
            availableLanguage=[language_tag(code) for code, _name in settings.LANGUAGES],
        ),
        hasMerchantReturnPolicy=return_policy_data(),
    )


def site_data() -> dict[str, Any]:
    """With our search, which works without a script."""
    search = {"@type": "EntryPoint", "urlTemplate": absolute_url(reverse("search:search")) + "?q={words}"}
    return thing(
        "WebSite",
        name=settings.COMPANY["brand"],
        url=absolute_url("/"),
        inLanguage=language_tag(),
        publisher={"@id": shop()["@id"]},
        potentialAction=part("SearchAction", target=search, **{"query-input": "required name=words"}),
    )
