"""The one door to the search table: each area writes its own rows, in the transaction of its own change."""

import unicodedata

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from .models import SearchEntry


def write(
    kind: str,
    object_id: int,
    *,
    title: str,
    url: str,
    text: str,
    summary: str = "",
    keywords: str = "",
    facets: dict[str, object] | None = None,
) -> None:
    """Add or renew one entry. Title and keywords weigh most, then the summary, then the text."""
    vector = (
        SearchVector(Value(fold(f"{title} {keywords}")), weight="A", config="english")
        + SearchVector(Value(fold(summary)), weight="B", config="english")
        + SearchVector(Value(fold(text)), weight="D", config="english")
    )
    SearchEntry.objects.update_or_create(
        kind=kind,
        object_id=object_id,
        defaults={
            "title": title[:255],
            "url": url,
            "summary": summary,
            "facets": facets or {},
            "vector": vector,
        },
    )


def remove(kind: str, object_id: int) -> None:
    SearchEntry.objects.filter(kind=kind, object_id=object_id).delete()


def fold(text: str) -> str:
    """Without accents and NUL bytes, in the index and in the question alike."""
    decomposed = unicodedata.normalize("NFKD", text.replace("\x00", " "))
    return "".join(char for char in decomposed if not unicodedata.combining(char))
