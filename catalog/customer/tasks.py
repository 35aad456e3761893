"""What happens by itself: who waits is told, and old addresses are forgotten."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from .alerts import actions

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queue="default", queueing_lock="stock-alerts")
def tell_who_waits(timestamp: int) -> None:
    """Looks at the stock itself, not at who changed it: the admin, a cancelled order or a hand in the database."""
    for key in actions.records_to_tell_of().values_list("pk", flat=True):
        try:
            actions.tell_waiting(key)
        except Exception:
            # One that fails must not keep the others waiting; the next round tries it again.
            log.exception("Could not tell who waits for stock record %s", key)


@app.periodic(cron="41 3 * * *")
@app.task(queue="default", queueing_lock="stock-alerts-forget")
def forget_old_alerts(timestamp: int) -> None:
    actions.forget_old()
