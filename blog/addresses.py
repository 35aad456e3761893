"""Where [text](article:slug) leads."""

from collections.abc import Collection, Mapping

from .models import Article


def article_addresses(keys: Mapping[str, Collection[str]]) -> dict[tuple[str, str], str]:
    articles = Article.objects.published().filter(slug__in=keys["article"]).only("slug")
    return {("article", article.slug): article.get_absolute_url() for article in articles}
