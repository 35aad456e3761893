"""`manage.py maintenance on|off|tell`: closes the shop to visitors and opens it again; needs no database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from supplier.pages import maintenance


class Command(BaseCommand):
    help = "Close the shop to visitors (staff still get in), open it again, or tell which it is."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["on", "off", "tell"])
        parser.add_argument("words", nargs="?", default="", help="one line for visitors: “We are back at three.”")

    def handle(self, *args: Any, what: str, words: str, **options: Any) -> None:
        if what == "on":
            settings.MAINTENANCE_FILE.write_text(words + "\n", encoding="utf-8")
        elif what == "off":
            settings.MAINTENANCE_FILE.unlink(missing_ok=True)
        self.stdout.write(self._state())

    @staticmethod
    def _state() -> str:
        if settings.MAINTENANCE:
            return "The shop is closed, by the variable MAINTENANCE."
        if maintenance.is_closed():
            return f"The shop is closed, by the file {settings.MAINTENANCE_FILE}."
        return "The shop is open."
