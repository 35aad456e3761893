"""Several at the same moment, each in a thread and with a connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each of them gave, or the error that it ended in; in the order in which they ended."""
    barrier, results = Barrier(len(acts)), list[Any]()

    def run(act: Callable[[], Any]) -> None:
        try:
            barrier.wait(timeout=20)
            results.append(act())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results
