"""What the search knows of articles, and which changes it hears of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from catalog.catalogue.models import Category
from catalog.catalogue.search_entries import technique_term
from catalog.search.changes import note, register
from catalog.search.engine import Entry
from catalog.texts.body import Body

from .models import Article, ArticleTechnique, Tag

KIND = "article"


def article_entries(keys: Collection[int]) -> list[Entry]:
    articles = Article.objects.published().filter(pk__in=keys).defer("source").order_by("pk")
    tags, techniques = _tags(keys), _techniques(keys)
    return [_entry(article, tags[article.pk], techniques[article.pk]) for article in articles]


def article_keys() -> Iterable[int]:
    return Article.objects.order_by("pk").values_list("pk", flat=True)


def _entry(article: Article, tags: list[str], techniques: list[Any]) -> Entry:
    return Entry(
        kind=KIND,
        object_id=article.pk,
        title=article.title,
        url=article.get_absolute_url(),
        text=Body.from_json(article.body).plain(),
        summary=article.description,
        keywords=" ".join(tags),
        terms=tuple(technique_term(technique) for technique in techniques),
    )


def _tags(keys: Collection[int]) -> dict[int, list[str]]:
    tags: dict[int, list[str]] = defaultdict(list)
    for article, name in Tag.objects.filter(articles__in=keys).order_by("name").values_list("articles", "name"):
        tags[article].append(name)
    return tags


def _techniques(keys: Collection[int]) -> dict[int, list[Any]]:
    techniques: dict[int, list[Any]] = defaultdict(list)
    public = {"technique__is_public": True, "technique__ancestors_are_public": True, "technique__kind": "technique"}
    for link in ArticleTechnique.objects.filter(article__in=keys, **public).select_related("technique").order_by("pk"):
        techniques[link.article_id].append(link.technique)
    return techniques


def connect() -> None:
    register(KIND, entries=article_entries, keys=article_keys)
    post_delete.connect(_article_gone, sender=Article, dispatch_uid="search article")
    for signal in (post_save, post_delete):
        signal.connect(_technique_linked, sender=ArticleTechnique, dispatch_uid="search article technique")
    m2m_changed.connect(_put_together, sender=ArticleTechnique, dispatch_uid="search article technique")
    m2m_changed.connect(_tags_changed, sender=Article.tags.through, dispatch_uid="search article tags")
    post_save.connect(_technique_saved, sender=Category, dispatch_uid="search article category")
    post_save.connect(_tag_saved, sender=Tag, dispatch_uid="search tag")
    pre_delete.connect(_tag_goes, sender=Tag, dispatch_uid="search tag")
    post_delete.connect(_tag_gone, sender=Tag, dispatch_uid="search tag")


def _article_gone(sender: Any, instance: Article, **kwargs: Any) -> None:
    note(KIND, instance.pk)


def _technique_linked(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        note(KIND, instance.article_id)


def _put_together(sender: Any, instance: Any, action: str, pk_set: Any, **kwargs: Any) -> None:
    """Many at once, of which no row tells by itself; rows that go do."""
    if action == "post_add":
        note(KIND, *([instance.pk] if isinstance(instance, Article) else pk_set))


def _tags_changed(sender: Any, instance: Any, action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and isinstance(instance, Article):
        note(KIND, instance.pk)


def _technique_saved(sender: Any, instance: Category, created: bool = False, **kwargs: Any) -> None:
    """It may have another address, or be no longer public; so may those below it."""
    if not created:
        about = ArticleTechnique.objects.filter(technique__path__startswith=instance.path)
        note(KIND, *about.values_list("article_id", flat=True))


def _tag_saved(sender: Any, instance: Any, created: bool = False, **kwargs: Any) -> None:
    if not created:
        note(KIND, *_about(instance))


def _tag_goes(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Only now do the articles still have it."""
    instance.was_told_of = _about(instance)


def _tag_gone(sender: Any, instance: Any, **kwargs: Any) -> None:
    note(KIND, *instance.was_told_of)


def _about(tag: Tag) -> list[int]:
    return list(tag.articles.values_list("pk", flat=True))
