from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.catalogue.loading.images import make_all_renditions
from catalog.catalogue.loading.run import run


class Command(BaseCommand):
    help = "Load categories, products, photographs and delivery methods from CSV files (see the demo's content)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--new-only", action="store_true", help="leave what is in the shop already as it is")
        parser.add_argument("--later", action="store_true", help="leave the smaller pictures to the worker")

    def handle(self, *args: Any, files: list[Path], new_only: bool, later: bool, **options: Any) -> None:
        result = run(files, tell=self._progress, new_only=new_only)
        for name, load in result.loads.items():
            self.stdout.write(f"{name}: {load.summary()}.")
        if not later:
            make_all_renditions(self._progress)
        if result.problems:
            for problem in result.problems:
                self.stderr.write(str(problem))
            raise CommandError("Files with a problem were not loaded. Mend the cells named above and load them again.")
        if result.is_nothing_changed:
            self.stdout.write("Everything was there already; nothing was changed.")

    def _progress(self, words: str, *, number: int, total: int) -> None:
        """One line that counts up on a terminal; every tenth step in a log."""
        is_last = number == total
        if self.stdout.isatty():
            self.stdout.write(f"\r{words}: {number}/{total}", ending="\n" if is_last else "")
            self.stdout.flush()
        elif is_last or number % 10 == 0:
            self.stdout.write(f"{words}: {number}/{total}")
