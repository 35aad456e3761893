"""What buyers say of a product, asked for together with the product itself: no query of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Avg, Count, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.reviews.models import ProductReview

#: How many a product's page shows; the others have a page of their own.
NEWEST = 3
WORDS = {5: _("Very good"), 4: _("Good"), 3: _("All right"), 2: _("Not so good"), 1: _("Bad")}


@dataclass(frozen=True, slots=True)
class Review:
    score: int
    title: str
    body: str
    name: str
    date_created: datetime


@dataclass(frozen=True, slots=True)
class Opinion:
    """`average` from 1 to 5; only where `count` is not 0."""

    count: int = 0
    average: float = 0
    newest: Sequence[Review] = ()

    @property
    def words(self) -> str:
        return word(round(self.average))


def word(score: int) -> str:
    return str(WORDS.get(score, ""))


def with_reviews(products: QuerySet[Any]) -> QuerySet[Any]:
    """Then `opinion_of(product)` asks nothing more."""
    shown = ProductReview.objects.approved().filter(product=OuterRef("pk"))
    figures = shown.order_by().values("product").annotate(told=JSONObject(count=Count("pk"), average=Avg("score")))
    newest = shown.order_by("-date_created", "-pk").annotate(
        told=JSONObject(score="score", title="title", body="body", name="name", date_created="date_created")
    )
    return products.annotate(
        review_figures=ArraySubquery(figures.values("told")),
        reviews_shown=ArraySubquery(newest.values("told")[:NEWEST]),
    )


def opinion_of(product: Any) -> Opinion:
    """Of a product from `with_reviews`."""
    if not product.review_figures:
        return Opinion()
    figures = product.review_figures[0]
    return Opinion(figures["count"], float(figures["average"]), [_review(row) for row in product.reviews_shown])


def _review(row: Mapping[str, Any]) -> Review:
    return Review(**{**row, "date_created": datetime.fromisoformat(row["date_created"])})
