from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalog.texts.display import Text, show_for
from supplier.pagecache.decorators import cached_for_visitors

from .models import Article, Tag
from .models.article import ArticleQuerySet
from .structured import article_data, journal_breadcrumbs

PAGE_SIZE = 10


@cached_for_visitors("page")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    page = _page(request, Article.objects.published())
    return render(request, "blog/index.html", {"page": page})


@cached_for_visitors("page")
@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    tag = get_object_or_404(Tag, slug=slug)
    page = _page(request, Article.objects.published().filter(tags=tag))
    if not page.paginator.count:
        raise Http404
    return render(request, "blog/index.html", {"page": page, "tag": tag, "breadcrumbs_data": journal_breadcrumbs(tag)})


def _page(request: HttpRequest, articles: ArticleQuerySet) -> Page[Article]:
    """A page number that is none, or too high, shows the nearest page."""
    return Paginator(articles.for_lists(), PAGE_SIZE).get_page(request.GET.get("page"))


@cached_for_visitors()
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    article = get_object_or_404(Article.objects.for_page(), slug=slug)
    if not article.is_published and not request.user.has_perm("blog.view_article"):
        raise Http404
    skus: list[str] = article.related_skus  # type: ignore[attr-defined]
    text = show_for(request, article.text, more_skus=skus)
    response = render(request, "blog/article.html", _article_context(article, text, skus))
    if not article.is_published:
        response["Cache-Control"] = "private, no-store"
    return response


def _article_context(article: Article, text: Text, skus: list[str]) -> dict[str, object]:
    """Related products that the text shows already are not shown again below it."""
    references = article.references()
    further = [text.cards[sku] for sku in skus if sku in text.cards and sku not in article.text.skus]
    return {
        "article": article,
        "text": text,
        "further_cards": further,
        "references": references,
        "article_data": article_data(article, text, references),
        "breadcrumbs_data": journal_breadcrumbs(article),
    }
