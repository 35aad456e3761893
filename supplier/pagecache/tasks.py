from procrastinate.contrib.django import app

from . import changes


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="pagecache-compact", pass_context=False)
def compact_changes(timestamp: int) -> None:
    """Each request sums the rows up: keep them few."""
    changes.compact()
