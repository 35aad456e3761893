"""The letter about a review that is not shown."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from oscar.apps.catalogue.reviews.models import ProductReview

from supplier.accounts.letters import absolute_url, make_letter


def send_refusal(review: ProductReview, *, reason: str) -> None:
    email = review.user.email if review.user else review.email
    if not email:
        return
    product = review.product
    context = {
        "name": review.name,
        "title": product.get_title(),
        "reason": reason,
        "body": review.body,
        "review_url": absolute_url(reverse("catalogue:reviews-write", args=[product.slug, product.pk])),
    }
    make_letter("review-refused", to=[email], context=context, reply_to=settings.SALES_EMAILS[:1]).send()
