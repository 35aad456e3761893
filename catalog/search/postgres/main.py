from __future__ import annotations

import json
from typing import Any

from django.db import connection

from catalog.search.engine import Answer, Entry, Hit, Question, Suggestion
from catalog.search.parsing import Parsed, parse

from . import suggesting, writing
from .excerpts import excerpt_html
from .groups import make_groups, without
from .looking_up import Known, look_up
from .statement import Plan, paging, statement


class PostgresEngine:
    def search(self, question: Question) -> Answer:
        parsed = parse(question.text)
        if question.text.strip() and parsed.is_empty:
            return Answer()
        known = look_up(question, parsed)
        found = ask(*statement(_plan(question, parsed, known)))
        words = parsed.words
        if found["is_found"] or question.is_exact or not parsed.is_plain or len(words) < 2:
            return _answer(question, known, found)
        relaxed = " or ".join(words)
        return _answer(question, known, ask(*statement(_plan(question, parse(relaxed), known))), corrected=relaxed)

    def suggest(self, text: str, *, limit: int = 8) -> list[Suggestion]:
        return suggesting.suggest(text, limit=limit)

    def write(self, *entries: Entry) -> None:
        writing.write(entries)

    def remove(self, kind: str, *object_ids: int) -> None:
        writing.remove(kind, object_ids)


def _plan(question: Question, parsed: Parsed, known: Known) -> Plan:
    return Plan(
        question=question,
        tsqueries=[] if parsed.is_empty else [parsed.tsquery(known.synonyms)],
        category_ids=known.category_ids,
        chosen=known.chosen,
        term_ids=known.term_ids,
    )


def _answer(question: Question, known: Known, found: Any, *, corrected: str = "") -> Answer:
    total, per_page = found["total"], paging(question)["per_page"]
    num_pages = max(1, -(-total // per_page))
    return Answer(
        hits=tuple(_hit(row) for row in found["hits"] or ()),
        total=total,
        page=max(1, min(question.page, num_pages)),
        num_pages=num_pages,
        groups=make_groups(found["terms"] or (), found["live"] or (), known.chosen),
        kinds=found["kinds"] or {},
        corrected=corrected if total else "",
        ignored=known.ignored,
        without=without(found["misses"] or (), known.chosen),
    )


def _hit(row: list[Any]) -> Hit:
    kind, object_id, title, url, summary, marked, original = row
    return Hit(kind, object_id, title, url, summary, excerpt_html(marked, original))


def ask(sql: str, params: Any) -> Any:
    """The one JSON value that a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        value = cursor.fetchone()[0]
    return json.loads(value) if isinstance(value, str) else value
