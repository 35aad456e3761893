"""Letters about an account, which Oscar sends by our templates: for the staff's preview."""

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext_lazy
from oscar.apps.communication.models import CommunicationEventType

from supplier.accounts.letters import Sample
from supplier.accounts.models import User

OWNER = "rosa@clinic.example"


def oscars_letter(code: str, **context: Any) -> EmailMultiAlternatives:
    """As Oscar's dispatcher writes it, from the files; staff see here what a change of a template does."""
    user = User(email=OWNER, first_name="Rosa")
    parts = CommunicationEventType(code=code).get_messages({"user": user, **context})
    letter = EmailMultiAlternatives(subject=parts["subject"], body=parts["body"], to=[OWNER])
    letter.attach_alternative(parts["html"], "text/html")
    return letter


def registration() -> EmailMultiAlternatives:
    return oscars_letter("REGISTRATION")


def password_reset() -> EmailMultiAlternatives:
    return oscars_letter("PASSWORD_RESET", reset_url="/password-reset/confirm/a-link-that-works-once/")


def password_changed() -> EmailMultiAlternatives:
    return oscars_letter("PASSWORD_CHANGED", reset_url="/password-reset/confirm/a-link-that-works-once/")


def email_changed() -> EmailMultiAlternatives:
    return oscars_letter(
        "EMAIL_CHANGED",
        new_email="r.whitlock@clinic.example",
        reset_url="/password-reset/confirm/a-link-that-works-once/",
    )


SAMPLES = (
    Sample("registration", gettext_lazy("Account opened"), registration),
    Sample("password_reset", gettext_lazy("New password asked for"), password_reset),
    Sample("password_changed", gettext_lazy("Password changed"), password_changed),
    Sample("email_changed", gettext_lazy("E-mail address changed"), email_changed),
)
