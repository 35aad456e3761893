from django.db import models

from supplier.accounts.links import AbstractGuestLink


class QuoteLink(AbstractGuestLink):
    """The unguessable address of a quote's page, /q/<token>/."""

    quote = models.ForeignKey("quotes.Quote", on_delete=models.CASCADE, related_name="links")
