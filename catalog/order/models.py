"""Orders: Oscar's, with a guest link each and numbers from a sequence of ours."""

from django.db import models

from supplier.accounts.links import AbstractGuestLink


class OrderLink(AbstractGuestLink):
    """The unguessable address of an order's page, /o/<token>/."""

    order = models.ForeignKey("order.Order", on_delete=models.CASCADE, related_name="links")


from oscar.apps.order.models import *  # noqa: E402, F403
