from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from .models import Page


class PageForm(forms.ModelForm[Page]):
    class Meta:
        model = Page
        fields = ("title", "slug", "description", "updated_on", "source")
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
            "source": forms.Textarea(attrs={"rows": 40, "class": "vLargeTextField"}),
        }

    def clean_slug(self) -> str:
        """Other parts of the shop are asked first, so a page under one of their addresses would never be seen."""
        slug: str = self.cleaned_data["slug"]
        try:
            match = resolve(f"/{slug}/")
        except Resolver404:
            return slug
        # The wholesale page's text is shown by the page with the request form.
        if match.view_name not in ("pages:page", "quotes:request"):
            raise ValidationError(_("This address belongs to another part of the shop. Choose another one."))
        return slug
