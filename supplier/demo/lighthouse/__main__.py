"""Measures each page and prints a table; ends with 1 where a promise is broken, with 2 where it can't run."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from . import program, site
from .report import Result, median_of, read

SCORES = ("performance", "accessibility", "best-practices", "seo")
KEPT = Path(os.environ.get("SHOP_VAR_DIR", "var")) / "lighthouse"


def main() -> int:
    asked = _asked()
    try:
        results = _measure_all(asked)
    except (program.CannotRun, site.NotOpen) as problem:
        print(problem)
        return 2
    _print_remarks(results)
    broken = [f"{result.name}: {line}" for result in results for line in result.broken_promises(least=asked.least)]
    print("\n".join(["Not kept:", *broken]) if broken else "Every promise is kept.")
    return int(bool(broken))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./bin/lighthouse", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs a page; performance is the median (default 3)")
    parser.add_argument("--least", type=int, default=100, help="the score that every page must reach (default 100)")
    parser.add_argument("words", nargs="*", metavar="ADDRESS or PAGE", help=f"pages: {', '.join(site.NAMES)}")
    asked = parser.parse_intermixed_args()
    addresses = [word for word in asked.words if word.startswith("http")]
    asked.pages = [word for word in asked.words if not word.startswith("http")]
    asked.address = (addresses or ["http://127.0.0.1:8000"])[0].rstrip("/")
    if unknown := set(asked.pages) - set(site.NAMES):
        parser.error(f"no page is called {', '.join(sorted(unknown))}; there are {', '.join(site.NAMES)}")
    return asked


def _measure_all(asked: argparse.Namespace) -> list[Result]:
    lighthouse = program.installed()
    pages = site.pages(asked.address, only=asked.pages)
    KEPT.mkdir(parents=True, exist_ok=True)
    results = []
    _print_head()
    for page in pages:
        results.append(_measure(page, lighthouse, runs=asked.runs))
        _print_row(results[-1])
    return results


def _measure(page: site.Page, lighthouse: program.Lighthouse, *, runs: int) -> Result:
    results = []
    for number in range(max(runs, 1)):
        file = KEPT / f"{page.name}-{number + 1}.json"
        lighthouse.run(page.url, cookies=page.cookies, output=file)
        results.append(read(file, page))
    return median_of(results)


def _print_head() -> None:
    figures = ("first pic", "CSS+JS", "HTML", "fonts", "shift", "others")
    print(f"{'page':<12}" + "".join(f"{name:>15}" for name in SCORES) + "".join(f"{name:>11}" for name in figures))


def _print_row(result: Result) -> None:
    scores = "".join(f"{result.scores[name]:>15}" for name in SCORES)
    weights = (result.largest_picture, result.styles_and_scripts, result.html, result.fonts)
    kilobytes = "".join(f"{weight / 1000:>8.1f} kB" for weight in weights)
    print(f"{result.name:<12}{scores}{kilobytes}{result.shift:>11.3f}{result.other_hosts:>11}", flush=True)


def _print_remarks(results: list[Result]) -> None:
    print(f"first pic: the largest picture that was loaded. Bytes as sent. Whole reports: {KEPT}")
    marks = [result.machine for result in results]
    print(f"Lighthouse's mark of this machine: {min(marks)} to {max(marks)}. Far apart: it was busy, measure again.")
    if private := [result.name for result in results if result.is_private]:
        print(
            f"{', '.join(private)}: kept out of search engines on purpose (noindex), so their SEO score leaves out"
            " the one question whether they may be indexed. No private page is opened for a score."
        )
    for result in results:
        for line in result.complaints:
            print(f"{result.name}: {line}")


if __name__ == "__main__":
    sys.exit(main())
