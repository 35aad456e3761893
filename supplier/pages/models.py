from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from catalog.search.changes import note, one_write
from catalog.search.querysets import NotedQuerySet
from catalog.texts.body import Body
from catalog.texts.markdown import render, validate_markdown


class PageQuerySet(NotedQuerySet["Page"]):
    kind = "page"


class Page(models.Model):
    """A plain page of the site at /<slug>/, such as delivery or terms."""

    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=_("Its address: /slug/."))
    description = models.TextField(_("description"), max_length=400)
    updated_on = models.DateField(_("updated on"))
    source = models.TextField(
        _("text"), validators=[validate_markdown], help_text=_("Markdown, with cards and links of the shop.")
    )
    body = models.JSONField(default=dict, editable=False)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ("title",)
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Renders the text and writes the search entry in the same transaction."""
        self.text = render(self.source)
        self.body = self.text.to_json()
        with one_write():
            super().save(*args, **kwargs)
            note("page", self.pk)

    def get_absolute_url(self) -> str:
        return reverse("pages:page", kwargs={"slug": self.slug})

    @cached_property
    def text(self) -> Body:
        return Body.from_json(self.body)

    @property
    def about(self) -> str:
        """What a message from this page is about."""
        return f"page:{self.slug}"
