"""`{% message_box context="product:SKU" %}`: the form that reaches the sales staff, for the end of any page."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from supplier.accounts.models import User
from supplier.accounts.origin import has_session
from supplier.inquiries.forms import InquiryForm

register = template.Library()


@register.inclusion_tag("components/message-box.html", takes_context=True)
def message_box(context: Context, /, *, title: str = "", text: str = "", **options: str) -> dict[str, Any]:
    """`context=`: the page it stands on; `text`: how the message may begin. No query for visitors without a session."""
    request = context.get("request")
    about = options.get("context", "")
    return {
        "request": request,
        "form": InquiryForm(about=about, initial={"text": text, **_known(request)}),
        "action": reverse("inquiries:create"),
        "title": title or _question(about),
    }


def _known(request: HttpRequest | None) -> dict[str, str]:
    """Who is signed in need not type name and address again."""
    if request is None or not has_session(request) or not isinstance(request.user, User):
        return {}
    return {"name": request.user.get_full_name(), "email": request.user.email}


def _question(about: str) -> str:
    if about.startswith("product:"):
        return _("A question about this tool?")
    if about.startswith("article:"):
        return _("Something to ask or to add?")
    return ""
