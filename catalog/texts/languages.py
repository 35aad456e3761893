"""The languages of the site as browsers and search engines are told them: the only place that knows.

With one language in LANGUAGES there is nothing to choose from, and no alternates are told. With more, each page is
expected at an address of its own for each language (Django's `i18n_patterns`).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language

from supplier.accounts.letters import absolute_url


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in another language; "x-default": for everybody else."""

    hreflang: str
    url: str


def language_tag(code: str | None = None) -> str:
    """ "en-GB" for "en-gb": of the language that is shown now, or of this one."""
    language, _, region = (code or get_language() or settings.LANGUAGE_CODE).partition("-")
    return f"{language}-{region.upper()}" if region else language


def locale_of(code: str | None = None) -> str:
    """ "en_GB", as Open Graph wants it."""
    return language_tag(code).replace("-", "_")


def alternates(path: str) -> list[Alternate]:
    """Of a page of ours, itself among them; empty where it has only one address."""
    urls = {code: absolute_url(translate_url(path, code)) for code, _name in settings.LANGUAGES}
    if len(set(urls.values())) < 2:
        return []
    told = [Alternate(language_tag(code), url) for code, url in urls.items()]
    return [*told, Alternate("x-default", urls[settings.LANGUAGE_CODE])]
