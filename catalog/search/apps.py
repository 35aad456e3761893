from typing import Any

from django.db.models.signals import post_migrate
from django.urls import path
from oscar.core.application import OscarConfig


class SearchConfig(OscarConfig):
    """PostgreSQL's full text instead of Haystack."""

    label = "search"
    name = "catalog.search"
    verbose_name = "Search"
    namespace = "search"

    def ready(self) -> None:
        from .rebuilding import rebuild_if_outdated

        super().ready()
        post_migrate.connect(rebuild_if_outdated, sender=self, dispatch_uid="search.rebuild_if_outdated")

    def get_urls(self) -> list[Any]:
        from . import views

        urls = [
            path("", views.search, name="search"),
            path("suggestions/", views.suggestions, name="suggestions"),
        ]
        return list(self.post_process_urls(urls))
