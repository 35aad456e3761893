"""What `./bin/lighthouse` makes of a report, and what it says where it can't run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from supplier.demo.lighthouse.report import Result, median_of, read
from supplier.demo.lighthouse.site import Page

ROOT = Path(__file__).resolve().parents[3]
SITE = "http://127.0.0.1:8000"


def report(tmp_path: Path, *, performance: float = 1.0, crawlable: int = 1, **changes: Any) -> Path:
    """One in Lighthouse's own form, as far as we read it."""
    requests = [
        {"url": f"{SITE}/", "resourceType": "Document", "transferSize": 9000},
        {"url": f"{SITE}/a.css", "resourceType": "Stylesheet", "transferSize": 8000},
        {"url": f"{SITE}/a.js", "resourceType": "Script", "transferSize": 700},
        {"url": f"{SITE}/a.avif", "resourceType": "Image", "transferSize": changes.get("picture", 30_000)},
        {"url": f"{SITE}/b.avif", "resourceType": "Image", "transferSize": 20_000},
        *({"url": url, "resourceType": "Other", "transferSize": 1} for url in changes.get("others", ())),
    ]
    audits = {
        "network-requests": {"title": "Requests", "score": None, "details": {"items": requests}},
        "cumulative-layout-shift": {"title": "Shift", "score": 1, "numericValue": changes.get("shift", 0)},
        "largest": {"title": "Largest Contentful Paint", "score": performance, "displayValue": "9 s"},
        "is-crawlable": {"title": "Page is blocked from indexing", "score": crawlable},
        "document-title": {"title": "Title", "score": changes.get("title", 1)},
    }
    seo = [{"id": "is-crawlable", "weight": 4}, {"id": "document-title", "weight": 1}]
    file = tmp_path / f"{performance}.json"
    data = {
        "audits": audits,
        "environment": {"benchmarkIndex": 1500.5},
        "categories": {
            "performance": {"score": performance, "auditRefs": [{"id": "largest", "weight": 1}]},
            "seo": {"score": (crawlable * 4 + changes.get("title", 1)) / 5, "auditRefs": seo},
        },
    }
    file.write_text(json.dumps(data))
    return file


def result(tmp_path: Path, *, is_private: bool = False, **changes: Any) -> Result:
    return read(report(tmp_path, **changes), Page("home", f"{SITE}/", is_private=is_private))


def test_figures_of_a_report_are_read(tmp_path: Path) -> None:
    told = result(tmp_path)
    assert (told.largest_picture, told.styles_and_scripts, told.html, told.other_hosts) == (30_000, 8700, 9000, 0)
    assert told.broken_promises(least=100) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"performance": 0.99}, "performance 99, wanted 100"),
        ({"picture": 60_001}, "a picture of more than 60 kB"),
        ({"shift": 0.01}, "something moves while the page loads"),
        ({"others": ["https://fonts.example/a.woff2"]}, "something is asked of another host"),
        ({"crawlable": 0}, "seo 20, wanted 100"),
    ],
)
def test_broken_promise_is_named(tmp_path: Path, changes: dict[str, Any], words: str) -> None:
    assert result(tmp_path, **changes).broken_promises(least=100) == [words]


def test_private_page_is_not_asked_to_be_found_but_everything_else_is(tmp_path: Path) -> None:
    assert result(tmp_path, is_private=True, crawlable=0).scores["seo"] == 100
    assert result(tmp_path, is_private=True, crawlable=0, title=0).scores["seo"] == 0


def test_performance_is_the_median_and_the_rest_the_worst(tmp_path: Path) -> None:
    runs = [result(tmp_path, performance=0.7, title=0), result(tmp_path), result(tmp_path, performance=0.98)]
    told = median_of(runs)
    assert told.scores == {"performance": 98, "seo": 80}
    assert "performance: Largest Contentful Paint 9 s" in told.complaints


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "supplier.demo.lighthouse", *words]
    clean = {name: value for name, value in os.environ.items() if name not in ("CHROME_PATH", "PATH")}
    return subprocess.run(command, cwd=ROOT, env={**clean, **environment}, capture_output=True, text=True, check=False)


def test_machine_without_a_browser_or_npm_is_told_what_is_missing(tmp_path: Path) -> None:
    answer = run(PATH=str(tmp_path))
    assert (answer.returncode, "No Chromium was found" in answer.stdout) == (2, True)
    answer = run(PATH=str(tmp_path), CHROME_PATH="/bin/true", XDG_CACHE_HOME=str(tmp_path))
    assert (answer.returncode, "there is no npm on this machine" in answer.stdout) == (2, True)


def test_page_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    answer = run("kitchen", PATH=str(tmp_path))
    assert answer.returncode == 2
    assert "no page is called kitchen; there are home" in answer.stderr


@pytest.mark.parametrize("file", sorted((ROOT / "static/img").glob("*-[0-9]*.*")), ids=lambda file: file.name)
def test_our_own_photographs_are_light_enough_for_a_phone(file: Path) -> None:
    """A phone takes one of at most 1320 pixels."""
    width = int(file.stem.rpartition("-")[2])
    assert width > 1320 or file.stat().st_size <= 60_000
