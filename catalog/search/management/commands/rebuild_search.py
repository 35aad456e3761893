from typing import Any

from django.core.management.base import BaseCommand

from catalog.search.rebuilding import rebuild


class Command(BaseCommand):
    help = (
        "Write everything that can be found anew, and take out what is gone. Only for repair, after rows were changed "
        "by hand in the database: the shop itself keeps the search true. Safe to repeat."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, number in rebuild().items():
            self.stdout.write(f"{kind}: {number}")
