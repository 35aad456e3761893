"""What can be found: one row for each product, technique, article and page, written by its own area."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchEntry(models.Model):
    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    title = models.CharField(max_length=255)
    url = models.CharField(max_length=500)
    summary = models.TextField(blank=True)
    facets = models.JSONField(default=dict, blank=True)
    vector = SearchVectorField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="search_entry_vector")]
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"
