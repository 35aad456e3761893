"""Orders that wait for their payment hold stock, so nobody may have many of them at once."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from supplier.accounts.models import User

from . import states
from .models import Order

#: At once, for one account or one e-mail address; those of quotes don't count, for they were agreed on.
MOST = 3


class TooManyUnpaid(Exception):
    """So many orders of theirs wait for a payment; nothing was changed. The message says what to do."""


def refuse_too_many(*, user: User | AnonymousUser | None, email: str) -> None:
    """Inside the transaction that places an order; those of one buyer wait here. Raises TooManyUnpaid."""
    _one_after_the_other(f"account {user.pk}" if isinstance(user, User) else email)
    if waiting_orders(user=user, email=email) >= MOST:
        raise TooManyUnpaid(
            _(
                "%(n)d orders of yours wait for their payment, and we keep their things for you. Pay or change one"
                " of them, or wait half an hour: what is not paid by then ends by itself. Nothing was ordered now."
            )
            % {"n": MOST}
        )


def waiting_orders(*, user: User | AnonymousUser | None, email: str) -> int:
    """Of who is signed in only those of the account: anybody may type their address as a guest, to keep them out."""
    whose = Q(user=user) if isinstance(user, User) else Q(user=None, guest_email__iexact=email)
    return Order.objects.filter(whose, status=states.AWAITING_PAYMENT, pay_until=None).count()


def _one_after_the_other(buyer: str) -> None:
    """Two orders in the same moment would each count without the other. Released with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(727002, hashtext(%s))", [buyer.lower()])
