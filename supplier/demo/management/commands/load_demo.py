"""Fills the shop with the demo's content. Safe to repeat: a second run changes nothing and says so."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from supplier.demo.loaders import accounts, articles, inquiries, pages, quotes
from supplier.demo.loaders.report import Report

CONTENT = Path(__file__).resolve().parents[2] / "content"
CATALOGUE_FILES = ("categories.csv", "products.csv", "images.csv", "delivery.csv")


class Command(BaseCommand):
    help = "Load the demo's products, techniques, articles, pages, accounts, messages and quote requests."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command(
            "load_catalogue", *(str(CONTENT / name) for name in CATALOGUE_FILES), new_only=True, stdout=self.stdout
        )
        report = Report(tell=self.stdout.write)
        for loader in (articles, pages, accounts, inquiries, quotes):
            loader.load(CONTENT, report)
        self.stdout.write(report.summary())
        refused = [problem for problem in report.problems if not problem.path.name.endswith(".csv")]
        if refused:
            raise CommandError(f"{len(refused)} files were refused; see above.")
