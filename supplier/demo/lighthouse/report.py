"""The few figures of a Lighthouse report that we promise something about."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .site import Page

#: Bytes on a first visit with a phone: more would keep people on a train waiting.
MOST_OF_A_PICTURE = MOST_STYLES_AND_SCRIPTS = 60_000

#: Lighthouse's question that a page which must not be found cannot pass.
_FOR_PUBLIC_PAGES = {"is-crawlable"}


@dataclass(frozen=True)
class Result:
    """Scores from 0 to 100; weights in bytes as sent; `complaints`: what cost points."""

    name: str
    is_private: bool
    scores: dict[str, int]
    largest_picture: int
    styles_and_scripts: int
    html: int
    fonts: int
    shift: float
    other_hosts: int
    complaints: tuple[str, ...]
    #: Lighthouse's mark of this machine's speed during the run
    machine: int

    def broken_promises(self, *, least: int) -> list[str]:
        low = [f"{name} {score}, wanted {least}" for name, score in self.scores.items() if score < least]
        told = {
            "a picture of more than 60 kB": self.largest_picture > MOST_OF_A_PICTURE,
            "styles and scripts of more than 60 kB": self.styles_and_scripts > MOST_STYLES_AND_SCRIPTS,
            "something moves while the page loads": round(self.shift, 3) > 0,
            "something is asked of another host": self.other_hosts > 0,
        }
        return low + [words for words, is_so in told.items() if is_so]


def read(file: Path, page: Page) -> Result:
    report = json.loads(file.read_text())
    requests = report["audits"]["network-requests"]["details"]["items"]
    skipped = _FOR_PUBLIC_PAGES if page.is_private else set()
    host = urlsplit(page.url).netloc
    return Result(
        name=page.name,
        is_private=page.is_private,
        scores={name: _score(report, name, skipped) for name in report["categories"]},
        largest_picture=max(_weights(requests, "Image"), default=0),
        styles_and_scripts=sum(_weights(requests, "Stylesheet", "Script")),
        html=sum(_weights(requests, "Document")),
        fonts=sum(_weights(requests, "Font")),
        shift=report["audits"]["cumulative-layout-shift"]["numericValue"],
        other_hosts=sum(urlsplit(row["url"]).netloc not in (host, "") for row in requests),
        complaints=tuple(_complaints(report, skipped)),
        machine=int(report["environment"]["benchmarkIndex"]),
    )


def median_of(results: Sequence[Result]) -> Result:
    """Performance is noisy on a busy machine: the median of the runs; every other score: the worst."""
    scores = {name: min(result.scores[name] for result in results) for name in results[0].scores}
    scores["performance"] = int(statistics.median(result.scores["performance"] for result in results))
    complaints = dict.fromkeys(line for result in results for line in result.complaints)
    return replace(
        results[-1],
        scores=scores,
        complaints=tuple(complaints),
        shift=max(result.shift for result in results),
        machine=min(result.machine for result in results),
    )


def _score(report: dict[str, Any], category: str, skipped: set[str]) -> int:
    """Lighthouse's own weighted mean, without the questions that are skipped."""
    whole = report["categories"][category]
    if not skipped & {row["id"] for row in whole["auditRefs"]}:
        return round((whole["score"] or 0) * 100)
    rows = [
        (report["audits"][row["id"]]["score"], row["weight"]) for row in whole["auditRefs"] if row["id"] not in skipped
    ]
    weighed = [(score, weight) for score, weight in rows if score is not None and weight]
    return int(sum(score * weight for score, weight in weighed) / sum(weight for _, weight in weighed) * 100)


def _weights(requests: list[dict[str, Any]], *kinds: str) -> list[int]:
    return [int(row.get("transferSize") or 0) for row in requests if row.get("resourceType") in kinds]


def _complaints(report: dict[str, Any], skipped: set[str]) -> list[str]:
    lines = []
    for name, category in report["categories"].items():
        for row in category["auditRefs"]:
            audit = report["audits"][row["id"]]
            if row["weight"] and audit["score"] is not None and audit["score"] < 0.9 and row["id"] not in skipped:
                lines.append(f"{name}: {audit['title']} {audit.get('displayValue', '')}".strip())
    return lines
