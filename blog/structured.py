"""schema.org data of articles."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.texts.structured import breadcrumbs, thing
from supplier.accounts.letters import absolute_url

from .models import Article


def article_data(article: Article) -> dict[str, Any]:
    brand = {"@type": "Organization", "name": settings.COMPANY["brand"], "url": absolute_url("/")}
    return thing(
        "Article",
        headline=article.title,
        description=article.description,
        image=absolute_url(article.image.url) if article.image else None,
        datePublished=article.published_on,
        dateModified=article.updated_on or article.published_on,
        # An organisation: the house writes its articles together; a person would need a name of their own.
        author={"@type": "Organization", "name": article.author},
        publisher=brand,
        mainEntityOfPage=absolute_url(article.get_absolute_url()),
        wordCount=article.text.words,
        keywords=[tag.name for tag in article.tag_list],
    )


def journal_breadcrumbs(article: Article) -> dict[str, Any]:
    return breadcrumbs(
        [
            (_("Journal"), absolute_url(reverse("blog:index"))),
            (article.title, absolute_url(article.get_absolute_url())),
        ]
    )
