"""The one statement that answers a question: the page's hits, the total and the counts of every choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from catalog.search.engine import Question

from .excerpts import EXCERPT, EXCERPT_PARAMS
from .groups import BITS, KIND_BIT, PRICE_STEPS, PRICES

#: So many hits are ranked by all their words; beyond, by title, keywords and summary only.
RANK_BY_TEXT = 500
#: Beyond so many the order is ours: nobody turns as many pages, and ranking them all is what would be slow.
RANK_AT_MOST = 5000
#: Of text, summary, keywords, title.
WEIGHTS = "{0.05, 0.2, 0.4, 1.0}"

_COLUMNS = """
SELECT e.id, e.kind, e.object_id, e.terms, e.priority, e.length_mm, e.offer_ids, """

_HITS_OF_TEXT = """t.head @@ q.query AS in_head
FROM query q, search_searchtext t JOIN search_searchentry e ON e.id = t.entry_id
WHERE t.vector @@ {match}"""

_HITS_OF_ALL = "false AS in_head FROM search_searchentry e WHERE true"

# The same meaning as catalog/partner/strategy.py: the first record counts, the price is the smallest one, and one
# variant in stock is enough. Asked of the stock records themselves: no copy that could be wrong, no shared lock.
_STOCK = """
SELECT product_id, price, is_in FROM (
  SELECT DISTINCT ON (s.product_id) s.product_id, s.price,
    coalesce(s.num_in_stock, 0) > coalesce(s.num_allocated, 0)
      OR s.product_id IN (SELECT product_id FROM uncounted) AS is_in
  FROM partner_stockrecord s {which} ORDER BY s.product_id, s.id) first
WHERE price IS NOT NULL"""

# Products of classes whose stock nobody counts; mostly there is no such class, and then no product is looked at.
_UNCOUNTED = """
SELECT unnest(CASE WHEN EXISTS (SELECT FROM catalogue_productclass WHERE NOT track_stock) THEN (
  SELECT array_agg(p.id) FROM catalogue_product p LEFT JOIN catalogue_product parent ON parent.id = p.parent_id
  JOIN catalogue_productclass c ON c.id = coalesce(p.product_class_id, parent.product_class_id)
  WHERE NOT c.track_stock) END) AS product_id"""

# For a few hits among many products: a look at the records of each.
_OFFERS_OF_FEW = """
SELECT h.*, o.price, coalesce(o.is_in, false) AS is_in FROM hits h CROSS JOIN LATERAL (
  SELECT min(s.price) AS price, bool_or(s.is_in) AS is_in
  FROM ({stock}) s) o"""

# For a whole list: all records read once. Most things have one offer, which is joined straight to them.
_OFFERS_OF_MANY = """
SELECT h.*, coalesce(s.price, v.price) AS price, coalesce(s.is_in, v.is_in, false) AS is_in
FROM hits h LEFT JOIN stock s ON s.product_id = CASE WHEN cardinality(h.offer_ids) = 1 THEN h.offer_ids[1] END
LEFT JOIN (
  SELECT h.id, min(s.price) AS price, bool_or(s.is_in) AS is_in
  FROM (SELECT id, unnest(offer_ids) AS product_id FROM hits WHERE cardinality(offer_ids) > 1) h
  JOIN stock s ON s.product_id = h.product_id GROUP BY h.id) v ON v.id = h.id"""

# `is_hit` is `misses = 0` as a column: the planner takes that for half of the rows, the comparison for next to none,
# and then joins them row by row.
_MARKED = """
SELECT *, misses = 0 AS is_hit FROM (
  SELECT id, kind, object_id, terms, priority, length_mm, in_head, price, is_in, step, {misses} AS misses
  FROM (SELECT o.*, width_bucket(o.price, %(steps)s::numeric[]) AS step FROM offers o) h) m"""

_TALLY = """
SELECT kind, step, is_in, misses, count(*)::int AS n FROM marked GROUP BY kind, step, is_in, misses"""

_TERMS = """
SELECT t.group_code, t.value, t.name,
  coalesce(sum(x.n) FILTER (WHERE x.misses & ~(CASE t.group_code {bits} ELSE 0 END) = 0), 0)::int AS n
FROM (
  SELECT term_id, misses, count(*) AS n
  FROM (SELECT unnest(terms) AS term_id, misses FROM marked WHERE misses & 1 = 0) g GROUP BY term_id, misses
) x JOIN search_searchterm t ON t.id = x.term_id GROUP BY t.id"""

_SCORES = """
SELECT c.id, CASE WHEN (SELECT n FROM total) <= %(rank_by_text)s THEN ts_rank(%(weights)s, t.vector, q.query)
  ELSE ts_rank(%(weights)s, t.head, q.query) END AS score
FROM query q, (
  SELECT id FROM marked WHERE is_hit ORDER BY in_head DESC, priority DESC, object_id LIMIT %(rank_at_most)s
) c JOIN search_searchtext t ON t.entry_id = c.id"""

_PAGE = """
SELECT id, row_number() OVER () AS place FROM (
  SELECT m.id FROM marked m {scores} WHERE m.is_hit ORDER BY {order}
  OFFSET least(%(offset)s, greatest((SELECT n FROM total) - 1, 0) / %(per_page)s * %(per_page)s) LIMIT %(per_page)s
) found"""

_ANSWER = """
SELECT jsonb_build_object(
  'total', (SELECT n FROM total),
  'is_found', EXISTS (SELECT FROM marked),
  'is_all', (SELECT is_all FROM query),
  'kinds', (SELECT jsonb_object_agg(kind, n) FROM (
    SELECT kind, sum(n) AS n FROM tally WHERE misses & ~1 = 0 GROUP BY kind) k),
  'terms', (SELECT jsonb_agg(jsonb_build_array(group_code, value, name, n)) FROM terms),
  'live', (SELECT jsonb_agg(jsonb_build_array(step, is_in, misses, n)) FROM tally
    WHERE misses & 1 = 0 AND step IS NOT NULL),
  'misses', (SELECT jsonb_agg(jsonb_build_array(misses, n)) FROM (
    SELECT misses, sum(n) AS n FROM tally WHERE misses & 1 = 0 AND (SELECT n FROM total) = 0 GROUP BY misses) w),
  'hits', (SELECT jsonb_agg(jsonb_build_array(
      e.kind, e.object_id, e.title, e.url, e.summary, {excerpt}) ORDER BY p.place)
    FROM page p JOIN search_searchentry e ON e.id = p.id {excerpt_join}))"""

#: What is read more than once is written down once, unless it is quicker read again.
_KEPT = {
    **dict.fromkeys(("uncounted", "marked", "tally"), "MATERIALIZED"),
    **dict.fromkeys(("hits", "stock"), "NOT MATERIALIZED"),
}
_OURS = "m.priority DESC, m.kind DESC, m.object_id"
_ORDERS = {
    "price": f"m.price ASC NULLS LAST, {_OURS}",
    "-price": f"m.price DESC NULLS LAST, {_OURS}",
    "length": f"m.length_mm ASC NULLS LAST, {_OURS}",
    "new": "m.kind DESC, m.object_id DESC",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A question with everything looked up. `tsqueries`: the second is tried where the first finds nothing.

    `chosen`: known values only; `term_ids`: keys of those that are rows of SearchTerm, by group. `is_long`: there are
    many things to choose from. It makes the answer quicker, never another one.
    """

    question: Question
    tsqueries: Sequence[str] = ()
    category_ids: Sequence[int] | None = None
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    term_ids: Mapping[str, Sequence[int]] = field(default_factory=dict)
    is_long: bool = True

    @property
    def has_text(self) -> bool:
        return bool(self.tsqueries)


def statement(plan: Plan) -> tuple[str, dict[str, Any]]:
    """SQL and its parameters; it answers one JSON object."""
    params: dict[str, Any] = {"steps": list(PRICE_STEPS), **paging(plan.question)}
    parts = {
        "query": _query(plan, params),
        "hits": _hits(plan, params),
        "uncounted": _UNCOUNTED,
        **_offers(plan),
        "marked": _MARKED.replace("{misses}", _misses(plan, params)),
        "tally": _TALLY,
        "total": "SELECT coalesce(sum(n), 0)::int AS n FROM tally WHERE misses = 0",
        "terms": _TERMS.replace("{bits}", " ".join(f"WHEN '{code}' THEN {bit}" for code, bit in BITS.items())),
    }
    is_ranked = plan.has_text and plan.question.sort not in _ORDERS
    if is_ranked:
        parts["scores"] = _SCORES
        params |= {"weights": WEIGHTS, "rank_by_text": RANK_BY_TEXT, "rank_at_most": RANK_AT_MOST}
    parts["page"] = _page(plan.question, is_ranked=is_ranked)
    body = ",\n".join(f"{name} AS {_KEPT.get(name, '')} ({sql})" for name, sql in parts.items())
    return f"WITH {body}\n{_answer(plan, params)}", params


def paging(question: Question) -> dict[str, int]:
    per_page = max(1, min(question.per_page, 200))
    page = max(1, min(question.page, 10_000_000))
    return {"per_page": per_page, "offset": (page - 1) * per_page}


def _query(plan: Plan, params: dict[str, Any]) -> str:
    if not plan.has_text:
        return "SELECT true AS is_all"
    params["tsquery"] = plan.tsqueries[0]
    if len(plan.tsqueries) == 1:
        return "SELECT to_tsquery('english', %(tsquery)s) AS query, true AS is_all"
    params["else"] = plan.tsqueries[1]
    return """
SELECT CASE WHEN found THEN to_tsquery('english', %(tsquery)s) ELSE to_tsquery('english', %(else)s) END AS query,
  found AS is_all
FROM (SELECT EXISTS (SELECT FROM search_searchtext WHERE vector @@ to_tsquery('english', %(tsquery)s)) AS found) f"""


def _hits(plan: Plan, params: dict[str, Any]) -> str:
    sql = _COLUMNS + _HITS_OF_ALL
    if plan.has_text:
        # Spelt out where it can be: the planner counts on what it can read.
        one = len(plan.tsqueries) == 1
        sql = _COLUMNS + _HITS_OF_TEXT.replace("{match}", "to_tsquery('english', %(tsquery)s)" if one else "q.query")
    if plan.category_ids is not None:
        params["categories"] = list(plan.category_ids)
        sql += " AND e.category_ids && %(categories)s::bigint[]"
    return sql


def _offers(plan: Plan) -> dict[str, str]:
    if plan.is_long:
        return {"stock": _STOCK.replace("{which}", ""), "offers": _OFFERS_OF_MANY}
    stock = _STOCK.replace("{which}", "WHERE s.product_id = ANY(h.offer_ids)")
    return {"offers": _OFFERS_OF_FEW.replace("{stock}", stock)}


def _misses(plan: Plan, params: dict[str, Any]) -> str:
    missed: list[tuple[str, int]] = []
    if plan.question.kinds:
        params["kinds"] = list(plan.question.kinds)
        missed.append(("h.kind = ANY(%(kinds)s)", KIND_BIT))
    for code, ids in plan.term_ids.items():
        params[f"terms_{code}"] = list(ids)
        missed.append((f"h.terms && %(terms_{code})s::int[]", BITS[code]))
    if prices := plan.chosen.get("price"):
        params["prices"] = [PRICES.index(value) for value in prices]
        missed.append(("coalesce(h.step = ANY(%(prices)s), false)", BITS["price"]))
    if plan.chosen.get("stock"):
        missed.append(("h.is_in", BITS["stock"]))
    return " | ".join(f"CASE WHEN {test} THEN 0 ELSE {bit} END" for test, bit in missed) or "0"


def _page(question: Question, *, is_ranked: bool) -> str:
    order = f"s.score DESC NULLS LAST, {_OURS}" if is_ranked else _ORDERS.get(question.sort, _OURS)
    scores = "LEFT JOIN scores s ON s.id = m.id" if is_ranked else ""
    return _PAGE.replace("{order}", order).replace("{scores}", scores)


def _answer(plan: Plan, params: dict[str, Any]) -> str:
    if not plan.has_text:
        return _ANSWER.replace("{excerpt}", "null, null, null").replace("{excerpt_join}", "")
    params |= EXCERPT_PARAMS
    return _ANSWER.replace("{excerpt}", "x.marked, x.original, x.place").replace("{excerpt_join}", EXCERPT)
