"""What every template may need to know about the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "company": settings.COMPANY,
        "site_url": settings.SITE_URL,
        "payments_are_stand_in": settings.STRIPE_IS_STAND_IN,
    }
