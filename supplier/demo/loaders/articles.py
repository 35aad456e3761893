from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.text import slugify
from django.utils.translation import gettext as _

from blog.forms import ArticleForm
from blog.models import Article, ArticleProduct, ArticleTechnique, Tag
from blog.models.article import State
from catalog.catalogue.models import Category, Product
from catalog.texts.front_matter import Document
from catalog.texts.pictures import make_renditions_of

from .files import Refused, documents, list_of_words, refuse_unknown_names, save, whole_or_nothing
from .references import Seen, load_references
from .report import Outcome, Report

FIELDS = (
    *("title", "slug", "description", "author", "author_role", "reviewed_by", "reviewer_role"),
    *("published_on", "updated_on", "image_alt"),
)
NAMES = (*FIELDS, "image", "tags", "related_products", "references")


def load(folder: Path, report: Report) -> None:
    """Articles in `folder`/articles, what `folder`/techniques say of references and of articles to read on.

    Products and techniques must be loaded before.
    """
    seen: Seen = {}
    for document in documents(folder / "articles", report):
        with whole_or_nothing(document, report):
            _load_article(document, folder / "images", report, seen)
    for document in documents(folder / "techniques", report):
        with whole_or_nothing(document, report):
            load_references(document, report, seen)
            _link_technique(document, report)
    make_pictures(report)


def make_pictures(report: Report) -> None:
    """At once, so that the first visitor of the demo sees them; a worker makes them for what staff upload."""
    for article in Article.objects.exclude(image="").filter(has_renditions=False):
        report.tell(_("Pictures of “%s”") % article)
        make_renditions_of(article, "image")


def _load_article(document: Document, images: Path, report: Report, seen: Seen) -> None:
    refuse_unknown_names(document, NAMES)
    load_references(document, report, seen)
    products = _products(document)
    article = Article.objects.filter(slug=str(document.meta.get("slug"))).first()
    form = ArticleForm(_data(document), _files(document, images, article), instance=article)
    outcome = save(form, document)
    if _set_products(form.instance, products) and outcome == "unchanged":
        outcome = "changed"
    report.count("article", form.instance.slug, outcome)


def _data(document: Document) -> dict[str, Any]:
    data = {name: document.meta[name] for name in FIELDS if name in document.meta}
    tags = [Tag.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0].pk for name in _tags(document)]
    return data | {"state": State.PUBLISHED, "source": document.text, "tags": tags}


def _tags(document: Document) -> list[str]:
    names = list_of_words(document, "tags")
    if any(not slugify(name) or len(name) > 60 for name in names):
        raise Refused((document.line_of("tags"), _("A tag is one to 60 letters long.")))
    return names


def _files(document: Document, images: Path, article: Article | None) -> MultiValueDict[str, UploadedFile[Any]]:
    """The picture, unless the article has the same one already."""
    name = str(document.meta.get("image") or "")
    if not name:
        return MultiValueDict()
    path = images / Path(name).name
    if not path.is_file():
        raise Refused((document.line_of("image"), _("There is no picture %s.") % name))
    content = path.read_bytes()
    if article and article.image and _content(article) == content:
        return MultiValueDict()
    return MultiValueDict({"image": [SimpleUploadedFile(path.name, content)]})


def _content(article: Article) -> bytes:
    try:
        with article.image.storage.open(article.image.name) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return b""


def _products(document: Document) -> list[Product]:
    skus = list_of_words(document, "related_products")
    found = {product.upc: product for product in Product.objects.filter(upc__in=skus)}
    missing = [(index, sku) for index, sku in enumerate(skus) if sku not in found]
    if missing:
        problems = ((document.line_of("related_products", i), _("There is no product %s.") % sku) for i, sku in missing)
        raise Refused(*problems)
    return [found[sku] for sku in skus]


def _set_products(article: Article, products: Iterable[Product]) -> bool:
    wanted = list(dict.fromkeys(product.pk for product in products))
    if wanted == list(article.article_products.values_list("product_id", flat=True)):
        return False
    article.article_products.all().delete()
    ArticleProduct.objects.bulk_create(
        ArticleProduct(article=article, product_id=pk, position=position) for position, pk in enumerate(wanted)
    )
    return True


def _link_technique(document: Document, report: Report) -> None:
    slug = str(document.meta.get("slug"))
    technique = Category.objects.filter(slug=slug, kind=Category.Kind.TECHNIQUE).first()
    if technique is None:
        raise Refused((document.line_of("slug"), _("There is no technique %s yet; load the catalogue first.") % slug))
    articles = _articles(document)
    outcome: Outcome = "changed" if _set_articles(technique, articles) else "unchanged"
    report.count("reading of technique", slug, outcome)


def _articles(document: Document) -> list[Article]:
    slugs = list_of_words(document, "related_articles")
    found = {article.slug: article for article in Article.objects.filter(slug__in=slugs).only("slug")}
    missing = [(index, slug) for index, slug in enumerate(slugs) if slug not in found]
    if missing:
        problems = ((document.line_of("related_articles", i), _("There is no article %s.") % s) for i, s in missing)
        raise Refused(*problems)
    return [found[slug] for slug in slugs]


def _set_articles(technique: Category, articles: Iterable[Article]) -> bool:
    wanted = list(dict.fromkeys(article.pk for article in articles))
    links = ArticleTechnique.objects.filter(technique=technique)
    if wanted == list(links.values_list("article_id", flat=True)):
        return False
    links.delete()
    for position, pk in enumerate(wanted):  # one by one, so that the search hears of them
        ArticleTechnique.objects.create(technique=technique, article_id=pk, position=position)
    return True
