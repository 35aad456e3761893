"""Where [text](article:slug) leads."""

from collections.abc import Collection

from .models import Article


def article_addresses(slugs: Collection[str]) -> dict[str, str]:
    articles = Article.objects.published().filter(slug__in=slugs).only("slug")
    return {article.slug: article.get_absolute_url() for article in articles}
