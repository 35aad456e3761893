from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from .pictures import process


@app.task(queue="pictures", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def make_renditions(storage: Any, file_name: str, sender: list[str], new: list[Any], old: list[Any]) -> None:
    app_label, model, field = sender
    process(storage=storage, file_name=file_name, sender=(app_label, model, field), new=new, old=old)
