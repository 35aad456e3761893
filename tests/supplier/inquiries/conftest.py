import uuid
from typing import Any

import pytest
from django.test import Client

from supplier.inquiries.actions import receive_inquiry
from supplier.inquiries.forms import InquiryForm
from supplier.inquiries.models import Inquiry

OURS = {"Origin": "http://testserver"}


@pytest.fixture(autouse=True)
def _outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "supplier.outbox.backend.EmailBackend"


def typed(**changes: Any) -> dict[str, Any]:
    """What a visitor's browser sends."""
    form = InquiryForm()
    hidden = {name: str(form.get_initial_for_field(form.fields[name], name)) for name in ("nonce", "opened")}
    return {
        "text": "Is the handle thick enough?",
        "name": "Maureen Tadworth",
        "email": "maureen.tadworth@post.example",
        "about": "page:contact",
        **hidden,
        **changes,
    }


@pytest.fixture
def send(client: Client) -> Any:
    def post(**changes: Any) -> Any:
        return client.post("/messages/", typed(**changes), headers=OURS)

    return post


@pytest.fixture
def make_inquiry(db: None) -> Any:
    def make(**changes: Any) -> Inquiry:
        form = InquiryForm(typed(nonce=str(uuid.uuid4()), **changes))
        assert form.is_valid(), form.errors
        return receive_inquiry(form, with_letters=False)[0]

    return make


@pytest.fixture
def inquiry(make_inquiry: Any) -> Inquiry:
    one: Inquiry = make_inquiry()
    return one
