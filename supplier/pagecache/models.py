"""What happened to the tables that public pages are made of, counted by the database itself."""

from django.db import models


class Change(models.Model):
    """One committed change, or several once they were compacted. Written by triggers only (see triggers.py).

    The sum over the rows grows with each commit, in whatever order transactions began: a row of its own in each
    transaction needs no lock, and a transaction that commits late still adds to the sum.
    """

    changes = models.BigIntegerField(db_default=1)

    def __str__(self) -> str:
        return f"{self.changes}"
