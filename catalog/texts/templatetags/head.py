"""The head of a page, for search engines and for those who share its link: address, languages, picture."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from catalog.texts import crawling, languages
from supplier.accounts.letters import absolute_url

register = template.Library()

#: Where a page has no photograph of its own.
SHARED_PICTURE = ("img/share.jpg", 1200, 630, _("Seven hand-massage tools and a bottle of oil on a linen cloth"))


@register.simple_tag
def language_tag() -> str:
    return languages.language_tag()


@register.simple_tag
def noindex() -> SafeString:
    """For public addresses that are no content: "not here", "thank you", a draft."""
    return mark_safe('<meta name="robots" content="noindex, follow">')


@register.simple_tag(takes_context=True)
def robots(context: Context) -> SafeString | str:
    """Of every page: private places and filtered lists ask not to be found."""
    request = _request(context)
    is_hidden = request and (crawling.is_closed(request.path) or crawling.is_filtered(request.GET))
    return noindex() if is_hidden else ""


@register.inclusion_tag("components/canonical.html", takes_context=True)
def canonical(context: Context, url: str = "", *, page: int = 1) -> dict[str, Any]:
    """The one address of a page: its path, and from the second page of a list on `?page=`.

    Everything else that an address may hold is left out, so a filtered list points to the whole one. Private pages
    have none.
    """
    request = _request(context)
    path = url or (request.path if request else "")
    if not path or not request or crawling.is_closed(path):
        return {}
    number = f"?page={page}" if page > 1 and not crawling.is_filtered(request.GET) else ""
    alternates = [(one.hreflang, one.url + number) for one in languages.alternates(path)]
    return {"url": absolute_url(path) + number, "alternates": alternates}


def _request(context: Context) -> HttpRequest | None:
    """None on a page that is shown when something broke."""
    return context.get("request")


@register.inclusion_tag("components/opengraph.html", takes_context=True)
def sharing(
    context: Context,
    title: str,
    description: str,
    *,
    url: str = "",
    image: Any = None,
    kind: str = "website",
    published_on: date | None = None,
    updated_on: date | None = None,
) -> dict[str, Any]:
    """How a link to the page looks elsewhere. image: a row with a picture, as {% photo %} wants it."""
    return {
        "site": settings.COMPANY["brand"],
        "locale": languages.locale_of(),
        "title": title,
        "description": description,
        "url": absolute_url(url or getattr(_request(context), "path", "")),
        "kind": kind,
        "published_on": published_on,
        "updated_on": updated_on,
        **_picture(image),
    }


def _picture(image: Any) -> dict[str, Any]:
    file = getattr(image, "original", None) or getattr(image, "image", None)
    if file and file.width:
        alt = getattr(image, "alt", "") or getattr(image, "image_alt", "")
        return {"image": absolute_url(file.url), "width": file.width, "height": file.height, "alt": alt}
    name, width, height, alt = SHARED_PICTURE
    return {"image": absolute_url(static(name)), "width": width, "height": height, "alt": alt}
