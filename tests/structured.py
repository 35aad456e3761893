"""What a page says to people and what it says to search engines, side by side."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.test import Client

SITE = "http://testserver"


@dataclass
class Shown:
    """`text`: as it is read; `data`: its structured data by type; `crumbs`: (name, absolute address) pairs."""

    html: str
    data: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', self.html, re.DOTALL)
        for data in map(json.loads, found):
            assert data["@context"] == "https://schema.org"
            assert data["@type"] not in self.data, f"{data['@type']} is told twice"
            self.data[data["@type"]] = data

    @property
    def text(self) -> str:
        without_scripts = re.sub(r"<(script|style|head).*?</\1>", " ", self.html, flags=re.DOTALL)
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", without_scripts)))

    @property
    def heading(self) -> str:
        return unescape(re.sub(r"<[^>]+>", "", re.search(r"<h1[^>]*>(.*?)</h1>", self.html, re.DOTALL)[1]))  # type: ignore[index]

    @property
    def canonical(self) -> str:
        return re.search(r'<link rel="canonical" href="([^"]*)"', self.html)[1]  # type: ignore[index]

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        (trail,) = re.findall(r'<nav class="crumbs".*?</nav>', self.html, re.DOTALL)
        links = [(unescape(name), SITE + url) for url, name in re.findall(r'<a href="([^"]*)">(.*?)</a>', trail)]
        here = unescape(re.search(r'aria-current="page">(.*?)</span>', trail)[1])  # type: ignore[index]
        return [*links, (here, self.canonical)]

    @property
    def breadcrumb_list(self) -> list[tuple[str, str]]:
        items = self.data["BreadcrumbList"]["itemListElement"]
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        return [(item["name"], item["item"]) for item in items]


def shown(client: Client, address: str) -> Shown:
    response = client.get(address)
    assert response.status_code == 200
    return Shown(response.content.decode())
