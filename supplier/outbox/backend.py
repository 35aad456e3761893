"""Django's mail backend: keeps the letter in the caller's transaction; a rollback takes it along."""

from collections.abc import Iterator, Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from .models import Letter
from .tasks import send_letter


class EmailBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            for message in email_messages:
                message.message()  # refuses line breaks in headers now, not in the worker
                for letter in _letters(message):
                    send_letter.defer(pk=letter.pk)
        return len(email_messages)


def _letters(message: EmailMessage) -> Iterator[Letter]:
    """One for each addressee, so that an address that is refused is seen and costs the others nothing."""
    if message.cc or message.bcc:
        yield Letter.objects.keep(message, to=message.to)
    else:
        for address in message.to:
            yield Letter.objects.keep(message, to=[address])
