import copy
from typing import Any

import pytest
from django.test import Client

from tests.supplier.inquiries.conftest import make_inquiry
from tests.supplier.quotes.conftest import ask, countries, cradle, make_product, offer, roller

__all__ = ["ask", "countries", "cradle", "make_inquiry", "make_product", "offer", "roller"]

#: Stands in a template where its context has no such name.
MISSING = "MISSING-VARIABLE"


@pytest.fixture(autouse=True)
def _outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "supplier.outbox.backend.EmailBackend"


@pytest.fixture
def clerk(client: Client, sales_clerk: Any) -> Client:
    """The browser of the sales clerk."""
    client.force_login(sales_clerk)
    return client


@pytest.fixture
def make_letter(db: None) -> Any:
    from django.core.mail import EmailMessage

    from supplier.outbox.models import Letter

    def make(subject: str = "Hello", **changes: Any) -> Letter:
        letter = Letter.objects.keep(EmailMessage(subject, "Text", to=["visitor@post.example"]))
        Letter.objects.filter(pk=letter.pk).update(**changes)
        letter.refresh_from_db()
        return letter

    return make


@pytest.fixture
def tells_missing(settings: Any) -> None:
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = MISSING + " %s"
    settings.TEMPLATES = templates
