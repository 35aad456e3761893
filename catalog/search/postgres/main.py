from __future__ import annotations

from typing import Any

from catalog.search.engine import Answer, Entry, Hit, Question, Suggestion
from catalog.search.nothing_found import note_nothing_found
from catalog.search.parsing import Parsed, parse

from . import suggesting, writing
from .asking import ask
from .excerpts import excerpt_html
from .groups import make_groups, without
from .looking_up import Known, look_up
from .mending import mend, read_vocabulary, vocabulary_query
from .statement import Plan, paging, statement


class PostgresEngine:
    """`search` asks at most five times: what the question names, the answer; where nothing is found the vocabulary and
    the answer to the mended text; and it notes what found nothing at all."""

    def search(self, question: Question) -> Answer:
        parsed = parse(question.text)
        if question.text.strip() and parsed.is_empty:
            return Answer()
        known = look_up(question, parsed)
        found = _find(question, known, [] if parsed.is_empty else [parsed.tsquery(known.synonyms)])
        if found["is_found"] or parsed.is_empty:
            return _answer(question, known, found)
        return _answer_mended(question, known, found, parsed)

    def suggest(self, text: str, *, limit: int = 8) -> list[Suggestion]:
        return suggesting.suggest(text, limit=limit)

    def write(self, *entries: Entry) -> None:
        writing.write(entries)

    def remove(self, kind: str, *object_ids: int) -> None:
        writing.remove(kind, object_ids)


def _answer_mended(question: Question, known: Known, found: Any, parsed: Parsed) -> Answer:
    """`found` answers the text as it was typed: nothing."""
    text, is_all = "", False
    if parsed.is_plain and not question.is_exact:
        text, is_all, found = _mend_and_find(question, known, found, parsed)
    if not is_all and not question.is_exact and not question.chosen and question.category_id is None:
        note_nothing_found(question.text)
    return _answer(question, known, found, corrected=text)


def _mend_and_find(question: Question, known: Known, found: Any, parsed: Parsed) -> tuple[str, bool, Any]:
    """The text that answers, whether all of its words do, and the answer."""
    sql, params = vocabulary_query(parsed.words)
    vocabulary = read_vocabulary(ask(f"SELECT {sql}", params))
    mended = mend(parsed.words, vocabulary)
    tries = [" ".join(mended.words)] if list(mended.words) != parsed.words else []
    if len(mended.words) > 1 and mended.known:
        tries.append(" or ".join(mended.known))
    if not tries:
        return "", False, found
    found = _find(question, known, [parse(text).tsquery(vocabulary.synonyms) for text in tries])
    text = tries[0] if found["is_all"] else tries[-1]
    return text if found["is_found"] else "", found["is_found"] and " or " not in text, found


def _find(question: Question, known: Known, tsqueries: list[str]) -> Any:
    plan = Plan(
        question=question,
        tsqueries=tsqueries,
        category_ids=known.category_ids,
        chosen=known.chosen,
        term_ids=known.term_ids,
        is_long=known.is_long and not tsqueries,
    )
    return ask(*statement(plan))


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
        corrected=corrected,
        ignored=known.ignored,
        without=without(found["misses"] or (), known.chosen),
    )


def _hit(row: list[Any]) -> Hit:
    kind, object_id, title, url, summary, *excerpt = row
    return Hit(kind, object_id, title, url, summary, excerpt_html(*excerpt))
