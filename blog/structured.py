"""schema.org data of articles: who wrote them when, what they are about and which works they cite."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.texts.display import Text
from catalog.texts.structured import breadcrumbs, part, shop, thing
from supplier.accounts.letters import absolute_url

from .models import Article, Reference, Tag


def article_data(article: Article, text: Text, references: Iterable[Reference | None]) -> dict[str, Any]:
    return thing(
        "Article",
        headline=article.title,
        description=article.description,
        image=_image(article),
        datePublished=article.published_on,
        dateModified=article.updated_on or article.published_on,
        # An organisation: the house writes its articles together; a person would need a name of their own.
        author=part("Organization", name=article.author, url=absolute_url(reverse("pages:page", args=["about"]))),
        publisher=shop(),
        mainEntityOfPage=absolute_url(article.get_absolute_url()),
        wordCount=article.text.words,
        keywords=[tag.name for tag in article.tag_list],
        about=[part("Thing", name=tag.name) for tag in article.tag_list],
        mentions=_mentions(text),
        citation=[_citation(reference) for reference in references if reference],
    )


def _image(article: Article) -> dict[str, Any] | None:
    if not article.image:
        return None
    url = absolute_url(article.image.url)
    return part("ImageObject", url=url, width=article.image_width, height=article.image_height)


def _mentions(text: Text) -> list[dict[str, Any]]:
    """The tools that the page shows."""
    return [part("Thing", name=card.title, url=absolute_url(card.url)) for card in text.cards.values()]


def _citation(reference: Reference) -> dict[str, Any]:
    kind = "Book" if reference.kind == "book" else "ScholarlyArticle"
    return part(
        kind,
        name=reference.title,
        author=[part("Person", name=name.strip()) for name in reference.authors.split(",") if name.strip()],
        datePublished=str(reference.year),
        isPartOf=None if kind == "Book" else part("Periodical", name=reference.source),
        publisher=part("Organization", name=reference.source) if kind == "Book" else None,
        url=reference.url,
    )


def journal_breadcrumbs(page: Article | Tag) -> dict[str, Any]:
    here = page.title if isinstance(page, Article) else page.name
    steps = [(_("Journal"), reverse("blog:index")), (here, page.get_absolute_url())]
    return breadcrumbs((name, absolute_url(path)) for name, path in steps)
