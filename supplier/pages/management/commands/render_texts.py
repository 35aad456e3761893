from typing import Any

from django.core.management.base import BaseCommand
from django.db import models

from blog.models import Article
from catalog.catalogue.models import Category, Product
from catalog.texts.markdown import render
from supplier.pages.models import Page

#: Each model with the field that holds its Markdown.
TEXTS: tuple[tuple[type[models.Model], str], ...] = (
    (Article, "source"),
    (Page, "source"),
    (Category, "description"),
    (Product, "description"),
)


class Command(BaseCommand):
    help = "Render all stored texts again. Needed after a change of the renderer; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        for model, field in TEXTS:
            changed = sum(self._renew(row, field) for row in model._default_manager.order_by("pk").iterator(200))
            self.stdout.write(f"{model._meta.label}: {changed} changed")

    def _renew(self, row: Any, field: str) -> bool:
        if render(getattr(row, field) or "").to_json() == row.body:
            return False
        row.save()
        return True
