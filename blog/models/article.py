from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from pictures.models import PictureField

from catalog.search.changes import note, one_write
from catalog.search.querysets import NotedQuerySet
from catalog.texts.body import Body
from catalog.texts.markdown import render, validate_markdown
from catalog.texts.pictures import forget_renditions_of_new_file

from .reference import Reference
from .tag import Tag

WORDS_A_MINUTE = 220


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


class ArticleQuerySet(NotedQuerySet["Article"]):
    kind = "article"

    def published(self) -> ArticleQuerySet:
        return self.filter(state=State.PUBLISHED)

    def newest_first(self) -> ArticleQuerySet:
        return self.order_by("-published_on", "-pk")

    def for_lists(self) -> ArticleQuerySet:
        """Without the texts, which lists don't print."""
        return self.defer("source", "body").newest_first()

    def for_page(self) -> ArticleQuerySet:
        """With its tags and the SKUs of its products, in the same query."""
        tags = Tag.objects.filter(articles=OuterRef("pk")).order_by("name")
        products = ArticleProduct.objects.filter(article=OuterRef("pk")).order_by("position", "pk")
        return self.defer("source").annotate(
            tag_rows=ArraySubquery(tags.values(row=JSONObject(name="name", slug="slug"))),
            related_skus=ArraySubquery(products.values("product__upc")),
        )

    def about_product(self, product_id: int) -> ArticleQuerySet:
        return self.published().filter(article_products__product_id=product_id).for_lists()

    def about_technique(self, technique_id: int) -> ArticleQuerySet:
        published = self.published().filter(article_techniques__technique_id=technique_id)
        return published.defer("source", "body").order_by("article_techniques__position", "pk")


class Article(models.Model):
    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, help_text=_("The end of its address."))
    description = models.TextField(
        _("description"), max_length=400, help_text=_("One or two sentences; search engines show it.")
    )
    author = models.CharField(_("author"), max_length=120)
    author_role = models.CharField(_("author’s role"), max_length=200, blank=True)
    reviewed_by = models.CharField(_("reviewed by"), max_length=120, blank=True)
    reviewer_role = models.CharField(_("reviewer’s role"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    updated_on = models.DateField(_("updated on"), null=True, blank=True)
    tags = models.ManyToManyField(Tag, verbose_name=_("tags"), blank=True, related_name="articles")

    image = PictureField(
        _("picture"),
        upload_to="journal/",
        blank=True,
        width_field="image_width",
        height_field="image_height",
        container_width=1760,
        grid_columns=4,
    )
    image_alt = models.CharField(_("what the picture shows"), max_length=300, blank=True)
    image_width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    image_height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    has_renditions = models.BooleanField(default=False, editable=False)

    source = models.TextField(
        _("text"), validators=[validate_markdown], help_text=_("Markdown, with cards, notes and links of the shop.")
    )
    body = models.JSONField(default=dict, editable=False)
    reading_minutes = models.PositiveSmallIntegerField(default=1, editable=False)

    products = models.ManyToManyField("catalogue.Product", through="ArticleProduct", related_name="articles")
    techniques = models.ManyToManyField("catalogue.Category", through="ArticleTechnique", related_name="articles")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ("-published_on", "-pk")
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = (models.Index(fields=("state", "-published_on"), name="article_state_published"),)
        constraints = (
            models.CheckConstraint(
                name="article_published_has_date",
                condition=~Q(state=State.PUBLISHED) | Q(published_on__isnull=False),
                violation_error_message=_("Give the day of publication, or keep the article as a draft."),
            ),
            models.CheckConstraint(
                name="article_picture_has_alt",
                condition=Q(image="") | ~Q(image_alt=""),
                violation_error_message=_("Say in words what the picture shows."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Renders the text and writes the search entry in the same transaction."""
        self._render()
        forget_renditions_of_new_file(self, "image")
        with one_write():
            super().save(*args, **kwargs)
            self.write_search_entry()

    def _render(self) -> None:
        self.text = render(self.source)
        self.body = self.text.to_json()
        self.reading_minutes = max(1, round(self.text.words / WORDS_A_MINUTE))

    def write_search_entry(self) -> None:
        """Call it when something beside the article has changed that no signal tells of."""
        note("article", self.pk)

    def get_absolute_url(self) -> str:
        return reverse("blog:article", kwargs={"slug": self.slug})

    @cached_property
    def tag_list(self) -> list[Tag]:
        """Without a query where the article comes from `for_page`."""
        rows: list[dict[str, str]] | None = getattr(self, "tag_rows", None)
        return list(self.tags.all()) if rows is None else [Tag(**row) for row in rows]

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    @cached_property
    def text(self) -> Body:
        return Body.from_json(self.body)

    @property
    def about(self) -> str:
        """What a message from this page is about."""
        return f"article:{self.slug}"

    def references(self) -> list[Reference | None]:
        """The works it cites, in the order of their numbers; None where one is gone. One query."""
        return Reference.objects.in_order_of(self.text.references)


class ArticleProduct(models.Model):
    """A tool that the article is about; its page links to the article."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="article_products")
    product = models.ForeignKey("catalogue.Product", models.CASCADE, related_name="article_products")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("related product")
        verbose_name_plural = _("related products")
        constraints = (models.UniqueConstraint(fields=("article", "product"), name="article_product_once"),)

    def __str__(self) -> str:
        return f"{self.article} → {self.product}"


class ArticleTechnique(models.Model):
    """An article that a technique's page names, in the order of that page."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="article_techniques")
    technique = models.ForeignKey(
        "catalogue.Category",
        models.CASCADE,
        related_name="article_techniques",
        limit_choices_to={"kind": "technique"},
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("technique")
        verbose_name_plural = _("techniques")
        constraints = (models.UniqueConstraint(fields=("article", "technique"), name="article_technique_once"),)

    def __str__(self) -> str:
        return f"{self.article} → {self.technique}"
