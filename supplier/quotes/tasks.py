"""What happens by itself: offers that have run out are marked so."""

from django.utils import timezone
from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="*/5 * * * *")
@app.task(queue="default", queueing_lock="quotes-expire")
def expire(timestamp: int) -> None:
    actions.mark_expired(timezone.now())
