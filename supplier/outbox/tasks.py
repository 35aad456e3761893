"""Wakes the sender: at once after a commit, and in a sweep for whatever a lost job left behind."""

import math
from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from . import sending
from .models import Letter


@app.task(queue="mail", pass_context=False)
def send_letter(pk: int) -> None:
    seconds = sending.deliver(pk)
    if seconds is not None:
        send_letter.configure(schedule_in={"seconds": math.ceil(seconds)}).defer(pk=pk)


@app.periodic(cron="* * * * * */20")
@app.task(queue="mail", queueing_lock="outbox-sweep")
def sweep_letters(timestamp: int) -> None:
    """Letters that have been due for a while had their job lost; send them here, as long as the server takes them."""
    overdue = Letter.objects.waiting().filter(next_attempt_at__lte=timezone.now() - timedelta(seconds=15))
    for pk in overdue.order_by("next_attempt_at").values_list("pk", flat=True)[:200]:
        if sending.deliver(pk) is not None:  # it may hang; the worker has other things to do
            break
