"""The only code that talks to the mail server. The row is the truth, the job only its alarm clock."""

import logging
import random
import smtplib

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction

from .models import Letter

log = logging.getLogger(__name__)

#: With doubling pauses of at most an hour: the mail server may be down for a week.
MAX_ATTEMPTS = 180
LONGEST_PAUSE = 3600


def deliver(pk: int) -> float | None:
    """Send one due letter while holding its row's lock. Returns seconds until it should be tried again, or None.

    The lock is held while SMTP talks on purpose: a worker that dies gives the row back at once, and no second worker
    can send the same letter meanwhile. A second copy goes out only when a worker dies between the server's "accepted"
    and our commit; it then has the same Message-ID.
    """
    with transaction.atomic():
        letter = Letter.objects.select_for_update(skip_locked=True, of=("self",)).waiting().filter(pk=pk).first()
        if letter is None:  # sent, given up, or in another worker's hands
            return None
        if (early := letter.seconds_until_due) > 0:  # after "send again", or by a clock behind that of the writer
            return early
        letter.attempts += 1
        try:
            get_connection(settings.OUTBOX_TRANSPORT).send_messages([letter.as_message()])
        except ValueError as error:  # a header or address that can't be written: trying again won't help
            letter.mark_failed(_words(error))
            return None
        except Exception as error:
            # Whatever it is: a letter never disappears in a stack trace; staff see its words if it stays.
            return _after_error(letter, error)
        letter.mark_sent()
        return None


def _after_error(letter: Letter, error: Exception) -> float | None:
    log.warning("letter %s, try %s: %s", letter.pk, letter.attempts, _words(error))
    if _is_permanent(error) or letter.attempts >= MAX_ATTEMPTS:
        letter.mark_failed(_words(error))
        return None
    seconds = min(2.0 ** min(letter.attempts, 20), LONGEST_PAUSE) * random.uniform(0.8, 1.2)
    letter.try_later(_words(error), seconds=seconds)
    return seconds


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".replace("\x00", "")


def _is_permanent(error: Exception) -> bool:
    """True for the server's 5xx answers about this letter.

    A server that greets or signs us in with 5xx refuses every letter: that is for us to mend, so they are tried again.
    """
    if isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError | smtplib.SMTPHeloError):
        return False
    refused = error.recipients if isinstance(error, smtplib.SMTPRecipientsRefused) else {}
    codes = [getattr(error, "smtp_code", 0), *(code for code, _ in refused.values())]
    return any(500 <= code < 600 for code in codes)
