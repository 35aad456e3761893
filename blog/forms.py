from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.catalogue.models import Product
from catalog.texts.body import Body
from catalog.texts.markdown import render, validate_markdown

from .models import Article, Reference
from .models.article import State


class ArticleForm(forms.ModelForm[Article]):
    """The only door for articles: the admin's page and the demo's loader both use it."""

    class Meta:
        model = Article
        fields = (
            *("title", "slug", "description", "author", "author_role", "reviewed_by", "reviewer_role", "state"),
            *("published_on", "updated_on", "tags", "image", "image_alt", "source"),
        )
        widgets = {
            "image_alt": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "description": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
            "source": forms.Textarea(attrs={"rows": 40, "class": "vLargeTextField", "spellcheck": "true"}),
        }

        help_texts = {
            "source": gettext_lazy(
                "Markdown. A link of the shop: [words](product:SKU), also category:, technique:, article: and page:"
                " with the end of their address. Alone on a line: {{ product SKU }} for a card, {{ message }} for the"
                " message box. A note: [@key] with the key of a reference."
            )
        }

    def clean_source(self) -> str:
        """Checked here and not by the model alone: clean() renders it."""
        source: str = self.cleaned_data["source"]
        validate_markdown(source)
        return source

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        published_on, updated_on = data.get("published_on"), data.get("updated_on")
        if published_on and updated_on and updated_on < published_on:
            self.add_error("updated_on", _("This is before the day of publication."))
        if data.get("state") == State.PUBLISHED and data.get("source"):
            self._refuse_gaps(render(data["source"]))
        return data

    def _refuse_gaps(self, body: Body) -> None:
        """A draft may name what is still to come; visitors never see a card or a note that leads nowhere."""
        if keys := _missing(
            body.references, Reference.objects.filter(key__in=body.references).values_list("key", flat=True)
        ):
            self.add_error("source", ValidationError(_("There is no reference %s. Enter it first.") % keys))
        if skus := _missing(body.skus, Product.objects.filter(upc__in=body.skus).values_list("upc", flat=True)):
            self.add_error(
                "source", ValidationError(_("There is no product %s. Correct the number or take the card out.") % skus)
            )


def _missing(wanted: Iterable[str], found: Iterable[str | None]) -> str:
    there = set(found)
    return ", ".join(key for key in wanted if key not in there)


class ReferenceForm(forms.ModelForm[Reference]):
    class Meta:
        model = Reference
        fields = (
            *("key", "kind", "authors", "year", "title", "source", "volume", "pages", "doi", "pmid", "participants"),
            *("finding", "checked_on"),
        )
