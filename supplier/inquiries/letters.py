"""Letters about messages: to the visitor (acknowledgement, answer) and to the sales staff."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from supplier.accounts.letters import absolute_url, make_letter

from .models import Inquiry, InquiryLink, Message


def send_acknowledgement(inquiry: Inquiry) -> None:
    """Quotes nothing of the message: the address may be somebody else's."""
    letter = make_letter(
        "inquiry-received",
        to=[inquiry.email],
        context=_context(inquiry, thread_url=_new_thread_url(inquiry)),
        reply_to=settings.SALES_EMAILS[:1],
    )
    letter.extra_headers["Auto-Submitted"] = "auto-replied"
    letter.send()


def send_answer(message: Message) -> None:
    inquiry = message.inquiry
    make_letter(
        "inquiry-answer",
        to=[inquiry.email],
        context=_context(inquiry, message=message, thread_url=_new_thread_url(inquiry)),
        reply_to=settings.SALES_EMAILS[:1],
    ).send()


def send_to_sales(inquiry: Inquiry, message: Message | None = None) -> None:
    """A new thread, or with `message` one more letter in it. Its Reply-To is the visitor."""
    message = message or inquiry.messages.earliest("written_at", "pk")
    name = "inquiry-quarantined" if inquiry.is_quarantined else "inquiry-to-sales"
    make_letter(
        name,
        to=settings.SALES_EMAILS,
        context=_context(
            inquiry,
            message=message,
            is_first=message.key == inquiry.key,
            desk_url=absolute_url(reverse("desk_messages:detail", args=[inquiry.reference])),
            page_url=absolute_url(inquiry.context_url) if inquiry.context_url else "",
        ),
        reply_to=() if inquiry.is_quarantined else [inquiry.email],
    ).send()


def _context(inquiry: Inquiry, **more: Any) -> dict[str, Any]:
    return {"inquiry": inquiry, "name": inquiry.name, **more}


def _new_thread_url(inquiry: Inquiry) -> str:
    return absolute_url(reverse("inquiries:thread", args=[InquiryLink.objects.issue(inquiry=inquiry)]))
