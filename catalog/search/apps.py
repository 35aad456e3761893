from typing import Any

from django.urls import path
from oscar.core.application import OscarConfig


class SearchConfig(OscarConfig):
    """PostgreSQL's full text instead of Haystack."""

    label = "search"
    name = "catalog.search"
    verbose_name = "Search"
    namespace = "search"

    def get_urls(self) -> list[Any]:
        from . import views

        urls = [
            path("", views.search, name="search"),
            path("suggestions/", views.suggestions, name="suggestions"),
        ]
        return list(self.post_process_urls(urls))
