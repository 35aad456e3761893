"""A missing or bad setting is named, with what to set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def start_with(**changes: str | None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **{name: value for name, value in changes.items() if value is not None}}
    for name, value in changes.items():
        if value is None:
            environment.pop(name, None)
    return subprocess.run(
        [sys.executable, "-c", "import supplier.settings"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_settings_load_with_the_test_environment():
    assert start_with().returncode == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is not set"),
        ({"SITE_URL": "shop.example.com"}, "SITE_URL='shop.example.com' is not an address"),
        ({"SITE_URL": "https://shop.example.com/path"}, "no path"),
        ({"DEBUG": "maybe"}, "DEBUG='maybe' is neither yes nor no"),
        ({"DATABASE_URL": "sqlite:///x.db"}, "DATABASE_URL does not name a PostgreSQL server"),
        ({"SALES_EMAILS": "sales at stillhand"}, "SALES_EMAILS"),
        ({"STRIPE_SECRET_KEY": "pk_test_x"}, "STRIPE_SECRET_KEY does not look like a Stripe key"),
        ({"STRIPE_SECRET_KEY": "sk_live_x"}, "is a live key but STRIPE_API_BASE is"),
    ],
)
def test_settings_name_what_is_wrong(changes, said):
    result = start_with(**changes)
    assert result.returncode != 0
    assert said in result.stderr
