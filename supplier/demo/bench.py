"""`./bin/bench`: queries, CPU milliseconds and bytes of the pages that people open most, on the demo's content.

Machines are noisy: compare two runs made one after the other on the same machine, never two numbers of different days.
"""

import gzip
import os
import re
import statistics
import sys
import time
from dataclasses import dataclass
from typing import Any

REPEATS = 15


@dataclass
class Row:
    name: str
    queries: int
    cpu_ms: float
    html: int
    html_gz: int
    assets_gz: int


def main() -> None:
    _set_up()
    from django.db import transaction
    from django.test.utils import override_settings

    with override_settings(ALLOWED_HOSTS=["*"]), transaction.atomic():
        rows = [measure(name, path, client) for name, path, client in pages()]
        transaction.set_rollback(True)  # the basket that was measured is nobody's
    print(f"{'page':<28}{'queries':>8}{'CPU ms':>9}{'HTML kB':>9}{'gzip kB':>9}{'CSS+JS gzip kB':>16}")
    for row in rows:
        print(
            f"{row.name:<28}{row.queries:>8}{row.cpu_ms:>9.1f}{row.html / 1000:>9.1f}"
            f"{row.html_gz / 1000:>9.1f}{row.assets_gz / 1000:>16.1f}"
        )
    print("CSS+JS: what a first visit to the page loads. Uncached pages, one process, no network.")


def _set_up() -> None:
    from supplier.demo.run import VAR, environment_for

    if not (VAR / "pg").exists() and not os.environ.get("DATABASE_URL"):
        sys.exit("There is no demo to measure yet. Start ./bin/demo once, then run ./bin/bench.")
    environment = environment_for(port=8000, ports={"stripe": 1, "smtp": 1})
    os.environ.update({**environment, "LOG_LEVEL": "ERROR", "PAGE_CACHE": "0"})
    import django

    django.setup()


def pages() -> list[tuple[str, str, Any]]:
    """Name, address and visitor of each page that is measured."""
    from django.test import Client

    from blog.models import Article
    from catalog.catalogue.models import Category, Product

    visitor, buyer = Client(), _client_with_three_lines()
    parent = Product.objects.get(upc="SH-DHM-03").get_absolute_url()
    standalone = Product.objects.get(upc="SH-DHM-01").get_absolute_url()
    category = Category.objects.get(slug="hand-tools").get_absolute_url()
    technique = Category.objects.get(slug="deep-hand-massage").get_absolute_url()
    article = Article.objects.get(slug="can-hand-massage-improve-sleep-quality").get_absolute_url()
    return [
        ("home", "/", visitor),
        ("all tools", "/products/", visitor),
        ("category", category, visitor),
        ("technique", technique, visitor),
        ("product", standalone, visitor),
        ("product with variants", parent, visitor),
        ("product, 3 in the basket", parent, buyer),
        ("article", article, visitor),
        ("search", "/search/?q=lavender", visitor),
        ("basket, empty", "/basket/", visitor),
        ("basket, 3 lines", "/basket/", buyer),
        ("checkout, address", "/checkout/", buyer),
        ("wholesale", "/wholesale/", visitor),
    ]


def _client_with_three_lines() -> Any:
    from django.core.signing import Signer
    from django.test import Client

    from catalog.basket.models import Basket
    from catalog.catalogue.models import Product
    from catalog.partner.strategy import PublicStrategy

    basket = Basket.objects.create()
    basket.strategy = PublicStrategy()
    for sku in ("SH-DHM-01", "SH-DHM-02", "SH-OIL-01-100"):
        basket.add_product(Product.objects.get(upc=sku))
    client = Client()
    client.cookies["oscar_open_basket"] = Signer().sign(basket.pk)
    return client


def measure(name: str, path: str, client: Any) -> Row:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    response = client.get(path)  # warms templates and caches of the process
    if response.status_code != 200:
        sys.exit(f"{name}: {path} answered {response.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    count = len(queries)  # now: the next request empties Django's log
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        client.get(path)
        times.append((time.process_time() - start) * 1000)
    html = response.content
    return Row(name, count, statistics.median(times), len(html), len(gzip.compress(html)), _assets(html))


def _assets(html: bytes) -> int:
    """Compressed bytes of the styles and scripts that this page names."""
    paths = set(re.findall(rb'(?:href|src)="(/static/[^"]+\.(?:css|js))"', html))
    return sum(len(gzip.compress(_static(path.decode()))) for path in paths)


def _static(path: str) -> bytes:
    from django.conf import settings

    file = settings.STATIC_ROOT / path.removeprefix(settings.STATIC_URL)
    return bytes(file.read_bytes())


if __name__ == "__main__":
    main()
