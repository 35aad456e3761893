from __future__ import annotations

from datetime import UTC, datetime, time

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from supplier.accounts.letters import absolute_url

from .models import Article
from .models.article import ArticleQuerySet

LENGTH = 20


class ArticleFeed(Feed[Article, None]):
    feed_type = Atom1Feed
    subtitle = _("About hand massage, its tools and what is known about it.")

    def __call__(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Nothing in a feed depends on who reads it."""
        response = super().__call__(request, *args, **kwargs)
        response["Cache-Control"] = "public, max-age=900"
        return response

    def title(self) -> str:
        return f"{settings.COMPANY['brand']} – {_('Journal')}"

    def link(self) -> str:
        return absolute_url(reverse("blog:index"))

    def feed_url(self) -> str:
        return absolute_url(reverse("blog:feed"))

    def items(self) -> ArticleQuerySet:
        return Article.objects.published().for_lists().prefetch_related("tags")[:LENGTH]

    def item_title(self, item: Article) -> str:
        return item.title

    def item_link(self, item: Article) -> str:
        return absolute_url(item.get_absolute_url())

    def item_description(self, item: Article) -> str:
        return item.description

    def item_author_name(self, item: Article) -> str:
        return item.author

    def item_pubdate(self, item: Article) -> datetime:
        return datetime.combine(item.published_on or item.updated_on, time(8), tzinfo=UTC)  # type: ignore[arg-type]

    def item_updateddate(self, item: Article) -> datetime:
        return datetime.combine(item.updated_on or item.published_on, time(8), tzinfo=UTC)  # type: ignore[arg-type]

    def item_categories(self, item: Article) -> list[str]:
        return [tag.name for tag in item.tags.all()]
