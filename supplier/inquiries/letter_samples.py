"""Letters about a message, with a message made up: for the staff's preview."""

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from supplier.accounts.letters import Sample, absolute_url, make_letter
from supplier.accounts.models import User

from .models import Inquiry, Kind, Message

VISITOR = "rosa@clinic.example"
SALES = "sales@stillhand.example"


def received() -> EmailMultiAlternatives:
    return make_letter("inquiry-received", to=[VISITOR], context=_context(thread_url=_thread_url()))


def answer() -> EmailMultiAlternatives:
    text = _("Dear Rosa,\n\nyes, the roller is good for small hands: its handle is 11 cm long.\n\nKind regards\nSam")
    message = Message(is_ours=True, text=text, staff=User(first_name="Sam"))
    return make_letter("inquiry-answer", to=[VISITOR], context=_context(message=message, thread_url=_thread_url()))


def to_sales() -> EmailMultiAlternatives:
    return make_letter("inquiry-to-sales", to=[SALES], context=_staff_context(is_first=True))


def more_to_sales() -> EmailMultiAlternatives:
    return make_letter("inquiry-to-sales", to=[SALES], context=_staff_context(is_first=False))


def quarantined() -> EmailMultiAlternatives:
    return make_letter("inquiry-quarantined", to=[SALES], context=_staff_context(is_first=True))


def _staff_context(*, is_first: bool) -> dict[str, Any]:
    text = _("Is the roller good for small hands? My fingers tire quickly.\n\nThank you, Rosa")
    return _context(
        message=Message(text=text),
        is_first=is_first,
        desk_url=absolute_url("/desk/messages/"),
        page_url=absolute_url("/products/"),
    )


def _context(**more: Any) -> dict[str, Any]:
    inquiry = Inquiry(
        reference="M-7KQ4P",
        kind=Kind.PRODUCT,
        name="Rosa Whitlock",
        email=VISITOR,
        company="Harbour Clinic",
        country="GB",
        context_title=_("Deep Hand Massage Roller"),
    )
    return {"inquiry": inquiry, "name": inquiry.name, **more}


def _thread_url() -> str:
    return absolute_url("/m/a-link-that-only-the-visitor-gets/")


SAMPLES = (
    Sample("inquiry-received", gettext_lazy("Message received"), received),
    Sample("inquiry-answer", gettext_lazy("Message answered"), answer),
    Sample("inquiry-to-sales", gettext_lazy("Message, to sales"), to_sales),
    Sample("inquiry-to-sales.more", gettext_lazy("Message, written again, to sales"), more_to_sales),
    Sample("inquiry-quarantined", gettext_lazy("Message that looks like spam, to sales"), quarantined),
)
