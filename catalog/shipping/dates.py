"""When a parcel arrives. Working days are those of England: the workshop packs and the carriers drive on them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Protocol

import holidays
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


class Times(Protocol):
    """What a DeliveryMethod says: working days from the day the parcel leaves, and until what time it still leaves."""

    days_min: int
    days_max: int
    cut_off: time | None


def delivery_window(method_row: Times, *, ordered_at: datetime) -> tuple[date, date]:
    """First and last day on which an order of this moment arrives. Raises ValueError for a time without a zone."""
    leaves_on = dispatch_day(ordered_at, cut_off=method_row.cut_off)
    return working_day_after(leaves_on, method_row.days_min), working_day_after(leaves_on, method_row.days_max)


def dispatch_day(ordered_at: datetime, *, cut_off: time | None = None) -> date:
    """The working day from which days are counted: that of the order, or the next one after the cut-off."""
    moment = timezone.localtime(ordered_at, timezone.get_default_timezone())
    is_late = cut_off is not None and moment.time() > cut_off
    return working_day_after(moment.date() + timedelta(days=is_late), 0)


def working_day_after(day: date, number: int) -> date:
    """The `number`th working day after it; 0: the day itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    for _step in range(number):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    """With the days that stand in for those on a weekend. A year at a time: the library's own object is no
    good for threads, it fills itself while others read it."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def in_words(first: date, last: date) -> str:
    """ "Thursday 26 to Friday 27 November"; one day where both are the same."""
    end = date_format(last, "l j F")
    if first == last:
        return end
    start = date_format(first, "l j" if (first.year, first.month) == (last.year, last.month) else "l j F")
    return _("%(first)s to %(last)s") % {"first": start, "last": end}
