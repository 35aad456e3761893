"""`./bin/bench search`: the search over 100,000 generated products, in a database of its own, kept for the next run.

Ratios only, each side measured in turn: to the bare SQL of the same question, of a mistyped word to the right one, and
of a category of 100,000 products to one of 20.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

MANY, FEW = 100_000, 20
REPEATS = 9
DATABASE = "shop_bench"

#: The words of names.
MATERIALS = ("jade", "cork", "beech", "basalt", "brass", "walnut", "silicone", "linen", "rosewood", "steel", "bamboo")
FORMS = ("roller", "ball", "probe", "stone", "ring", "press", "cradle", "bolster", "mushroom", "knob", "wand", "brush")
AREAS = ("palm", "fingers", "thumb", "wrist", "forearm", "fingertips", "knuckles")
PRESSURES = ("soft", "medium", "firm")
TECHNIQUES = ("deep", "thumb", "asian")


def main() -> None:
    _set_up()
    large, small = _content()
    print(f"{'question':<34}{'hits':>8}{'ours ms':>10}{'bare ms':>10}{'ratio':>8}")
    for name, question in _questions(large).items():
        _print_against_bare_sql(name, question)
    print(f"\n{'mistyped':<34}{'hits':>8}{'ours ms':>10}{'right ms':>10}{'ratio':>8}")
    for typed, right in (("rolller", "roller"), ("jade rollr", "jade roller"), ("bolstr", "bolster")):
        _print_mistyped(typed, right)
    _print_browsing(large, small)


def _set_up() -> None:
    from supplier.demo.run import collect_static, environment_for

    if os.environ.get("DATABASE_URL"):
        sys.exit("Unset DATABASE_URL: this measures in a database of its own on the embedded server.")
    environment = environment_for(port=8000, ports={"stripe": 1, "smtp": 1})
    # Without the page cache: else the second look at a page would measure that.
    os.environ.update({**environment, "LOG_LEVEL": "ERROR", "PAGE_CACHE": "0"})
    os.environ["EMBEDDED_DATABASE"] = DATABASE
    collect_static()
    import django

    django.setup()
    from django.core.management import call_command

    print("Preparing the database …", flush=True)
    call_command("migrate", verbosity=0)


# ---- content ----


def _content() -> tuple[Any, Any]:
    """The categories of many and of few products; made once."""
    from django.db import connection

    from catalog.catalogue.models import Category

    names = ("many", "few")
    if Category.objects.filter(slug__in=names).count() < 2:
        for name in names:
            Category.objects.add_root(instance=Category(name=name.capitalize(), slug=name))
    many, few = (Category.objects.get(slug=name) for name in names)
    _make_products(many, MANY)
    _make_products(few, FEW)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return many, few


def _make_products(category: Any, number: int) -> None:
    from django.db import connection, transaction

    from catalog.catalogue.models import ProductCategory

    keys = list(ProductCategory.objects.filter(category=category).order_by("product").values_list("product", flat=True))
    if len(keys) >= number and _has_entries(category):
        return
    print(f"Making {number:,} products …", flush=True)
    with transaction.atomic():
        if len(keys) < number:
            with connection.cursor() as cursor:
                cursor.execute(_PRODUCTS, {"number": number, "slug": category.slug, "category": category.pk})
                keys = [key for (key,) in cursor.fetchall()]
        _write_entries(keys, category)


def _has_entries(category: Any) -> bool:
    """Not after an update of the shop: `migrate` has then written them anew, without what is made up here."""
    from catalog.search.models import SearchEntry

    return SearchEntry.objects.filter(category_ids__contains=[category.pk]).exclude(terms=[]).exists()


def _write_entries(keys: list[int], category: Any) -> None:
    from catalog.search.engine import engine

    entries = _entries(keys, category)
    while batch := [entry for _n, entry in zip(range(2000), entries, strict=False)]:
        engine().write(*batch)


_PRODUCTS = """
WITH partner AS (INSERT INTO partner_partner (code, name) VALUES (%(slug)s, %(slug)s) RETURNING id),
class AS (INSERT INTO catalogue_productclass (name, slug, requires_shipping, track_stock)
  VALUES (%(slug)s, %(slug)s, true, true) RETURNING id),
made AS (INSERT INTO catalogue_product (structure, is_public, upc, title, slug, description, meta_title,
    meta_description, date_created, date_updated, is_discountable, priority, summary, variant_label, body,
    product_class_id)
  SELECT 'standalone', true, %(slug)s || '-' || n, 'Tool ' || n, 'tool-' || n, '', '', '', now(), now(), true, 0,
    'A tool of the ' || %(slug)s || '.', '', '{}', class.id
  FROM generate_series(1, %(number)s) n, class RETURNING id, upc),
placed AS (INSERT INTO catalogue_productcategory (product_id, category_id) SELECT id, %(category)s FROM made),
stocked AS (INSERT INTO partner_stockrecord (product_id, partner_id, partner_sku, price_currency, price, num_in_stock,
    date_created, date_updated)
  SELECT made.id, partner.id, upc, 'GBP', 5 + made.id %% 90 + 0.9, made.id %% 7, now(), now() FROM made, partner)
SELECT id FROM made ORDER BY id"""


def _entries(keys: list[int], category: Any) -> Iterator[Any]:
    from catalog.search.engine import Entry

    chance = random.Random(7)
    syllables = ["ka", "lo", "mi", "ren", "tas", "vo", "bel", "nur", "sin", "da"]
    words = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _n in range(4000)]
    weights = [1 / place for place in range(1, len(words) + 1)]
    for key in keys:
        form, material = chance.choice(FORMS), chance.choice(MATERIALS)
        areas = chance.sample(AREAS, chance.randint(1, 2))
        pressure, technique = chance.choice(PRESSURES), chance.choice(TECHNIQUES)
        pairs = [
            ("technique", technique),
            ("pressure", pressure),
            ("material", material),
            *(("hand", a) for a in areas),
        ]
        yield Entry(
            kind="product",
            object_id=key,
            title=f"{material.capitalize()} {form} {chance.choice(words)}",
            url=f"/products/tool_{key}/",
            text=" ".join(chance.choices(words, weights, k=60)),
            summary=f"A {form} of {material} for the {areas[0]}.",
            keywords=f"{material} {' '.join(areas)} {pressure}",
            skus=(f"{category.slug}-{key}",),
            terms=tuple((group, value, value.capitalize()) for group, value in pairs),
            category_ids=(category.pk,),
            offer_ids=(key,),
            length_mm=chance.randint(20, 400),
        )


# ---- our answer beside bare SQL ----


def _questions(category: Any) -> dict[str, Any]:
    from catalog.search.engine import Question

    chosen = {"hand": ("palm",), "stock": ("in",)}
    return {
        "two words": Question(text="jade roller"),
        "one word": Question(text="roller"),
        "one word, two groups chosen": Question(text="roller", chosen=chosen),
        "part number": Question(text="many-77"),
        "a whole category": Question(category_id=category.pk, kinds=("product",)),
        "a whole category, 2 groups, by price": Question(
            category_id=category.pk, kinds=("product",), chosen=chosen, sort="price"
        ),
    }


#: The same page with its excerpts, total and counts, as somebody would write them by hand for this one question.
_BARE = """
WITH hits AS MATERIALIZED (
  SELECT e.id, e.terms, e.priority, e.object_id, {rank} AS rank, s.price,
    coalesce(s.num_in_stock, 0) > coalesce(s.num_allocated, 0) AS is_in
  FROM {entries} LEFT JOIN partner_stockrecord s ON s.product_id = e.object_id AND e.kind = 'product' WHERE {where})
SELECT (SELECT count(*) FROM hits WHERE {hand} AND {stock}),
  (SELECT jsonb_agg(jsonb_build_array(e.title, e.url, e.summary, {excerpt})) FROM (
    SELECT id FROM hits WHERE {hand} AND {stock} ORDER BY {order}, priority DESC, object_id LIMIT 24) page
    JOIN search_searchentry e ON e.id = page.id JOIN search_searchtext t ON t.entry_id = e.id),
  (SELECT jsonb_object_agg(t.id, n) FROM (
    SELECT term, count(*) FILTER (WHERE ({hand} OR kind = 'hand') AND {stock}) AS n
    FROM (SELECT unnest(terms) AS term, terms, is_in FROM hits) u
    JOIN (SELECT id, group_code AS kind FROM search_searchterm) k ON k.id = u.term GROUP BY term) c
    JOIN search_searchterm t ON t.id = c.term),
  (SELECT jsonb_agg(p) FROM (
    SELECT width_bucket(price, ARRAY[15, 30, 60]::numeric[]) AS step, count(*) FILTER (WHERE {stock}) AS n,
      count(*) FILTER (WHERE is_in) AS is_in
    FROM hits WHERE {hand} GROUP BY 1) p)"""


def _bare(question: Any) -> Callable[[], Any]:
    from django.db import connection

    from catalog.search.models import SearchTerm
    from catalog.search.parsing import parse

    text = parse(question.text).tsquery()
    query = "to_tsquery('english', %(query)s)"
    palm = SearchTerm.objects.get(group_code="hand", value="palm").pk
    parts = {
        "entries": "search_searchentry e" + (" JOIN search_searchtext t ON t.entry_id = e.id" if text else ""),
        "where": f"t.vector @@ {query}" if text else "e.category_ids && ARRAY[%(category)s]::bigint[]",
        "rank": f"ts_rank(t.vector, {query})" if text else "0",
        "excerpt": f"ts_headline('english', t.text, {query})" if text else "null",
        "hand": f"terms && ARRAY[{palm}]" if question.chosen else "true",
        "stock": "is_in" if question.chosen else "true",
        "order": "price" if question.sort else "rank DESC",
    }
    sql = _BARE
    for name, part in parts.items():
        sql = sql.replace("{" + name + "}", part)

    def ask() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql, {"query": text, "category": question.category_id})
            return cursor.fetchone()

    return ask


def _print_against_bare_sql(name: str, question: Any) -> None:
    from catalog.search.engine import engine

    bare = _bare(question)
    answer, by_hand = engine().search(question), bare()[0]
    if answer.total != by_hand:
        sys.exit(f"{name}: {answer.total} hits, but {by_hand} by bare SQL")
    ours, theirs = _in_turn(lambda: engine().search(question), bare)
    print(f"{name:<34}{answer.total:>8}{ours:>10.1f}{theirs:>10.1f}{ours / theirs:>8.2f}")


def _print_mistyped(typed: str, right: str) -> None:
    from catalog.search.engine import Question, engine

    answer = engine().search(Question(text=typed))
    if answer.corrected != right:
        sys.exit(f"{typed} was mended to {answer.corrected}")
    ours, plain = _in_turn(lambda: engine().search(Question(text=typed)), lambda: engine().search(Question(text=right)))
    print(f"{typed:<34}{answer.total:>8}{ours:>10.1f}{plain:>10.1f}{ours / plain:>8.2f}")


def _in_turn(*sides: Callable[[], Any], clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """Median milliseconds of each; one after the other, so that a busy moment of the machine hits all."""
    times: list[list[float]] = [[] for _side in sides]
    for _n in range(REPEATS):
        for side, taken in zip(sides, times, strict=True):
            start = clock()
            side()
            taken.append((clock() - start) * 1000)
    return [statistics.median(taken) for taken in times]


# ---- browsing ----


def _print_browsing(large: Any, small: Any) -> None:
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    client = Client()

    def get(category: Any) -> Any:
        cache.clear()  # the page itself is measured, not the copy that visitors share
        response = client.get(category.get_absolute_url())
        if response.status_code != 200:
            sys.exit(f"{category}: answered {response.status_code}")

    with override_settings(ALLOWED_HOSTS=["*"]):
        queries = []
        for category in (large, small):
            get(category)
            with CaptureQueriesContext(connection) as caught:
                get(category)
            queries.append((len(caught), sum(float(query["time"]) for query in caught) * 1000))
        sides = (lambda: get(large), lambda: get(small))
        many, few = _in_turn(*sides, clock=time.process_time)
    print(f"\n{'category page':<34}{'queries':>8}{'CPU ms':>10}{'database ms':>14}")
    for number, (count, database), cpu in ((MANY, queries[0], many), (FEW, queries[1], few)):
        print(f"{number:<34,}{count:>8}{cpu:>10.1f}{database:>14.1f}")
    print(f"CPU ratio of the web process: {many / few:.2f}")


if __name__ == "__main__":
    main()
