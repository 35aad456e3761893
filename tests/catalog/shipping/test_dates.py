"""When a parcel arrives: weekends, bank holidays, cut-off hours and time zones."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from catalog.shipping.dates import delivery_window, in_words, working_day_after

LONDON = ZoneInfo("Europe/London")


@dataclass
class Way:
    days_min: int
    days_max: int
    cut_off: time | None = None


STANDARD = Way(2, 3)
EXPRESS = Way(1, 1, time(14))
COLLECTION = Way(0, 0)


def at(text: str, zone: ZoneInfo = LONDON) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("ordered", "first", "last"),
    [
        ("2026-11-24 20:42", "2026-11-26", "2026-11-27"),  # Tuesday
        ("2026-11-26 09:00", "2026-11-30", "2026-12-01"),  # over a weekend
        ("2026-11-28 09:00", "2026-12-02", "2026-12-03"),  # Saturday counts as Monday
        ("2026-11-29 23:59", "2026-12-02", "2026-12-03"),  # so does Sunday
        ("2026-12-23 10:00", "2026-12-29", "2026-12-30"),  # 25th, and the 28th in the place of Saturday the 26th
        ("2026-12-25 10:00", "2026-12-31", "2027-01-04"),  # Christmas Day counts as the 29th; 1 January is skipped
        ("2027-03-25 10:00", "2027-03-31", "2027-04-01"),  # Good Friday and Easter Monday
        ("2027-12-24 10:00", "2027-12-30", "2027-12-31"),  # 27th and 28th in the place of a weekend
        ("2026-08-28 10:00", "2026-09-02", "2026-09-03"),  # the summer bank holiday
    ],
)
def test_window_counts_working_days(ordered: str, first: str, last: str) -> None:
    window = delivery_window(STANDARD, ordered_at=at(ordered))
    assert window == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("ordered", "arrives"),
    [
        ("2026-11-24 14:00", "2026-11-25"),
        ("2026-11-24 14:01", "2026-11-26"),
        ("2026-11-27 13:00", "2026-11-30"),  # Friday before the cut-off
        ("2026-11-27 15:00", "2026-12-01"),  # Friday after it counts as Monday
        ("2026-11-28 15:00", "2026-12-01"),  # Saturday too: the hour of a day without work says nothing
        ("2026-12-24 15:00", "2026-12-30"),
    ],
)
def test_window_counts_from_the_next_working_day_after_the_cut_off(ordered: str, arrives: str) -> None:
    day = date.fromisoformat(arrives)
    assert delivery_window(EXPRESS, ordered_at=at(ordered)) == (day, day)


def test_window_is_counted_in_the_shops_zone_whatever_the_visitors() -> None:
    # Half past midnight on Thursday in London, in summer: still Wednesday in UTC.
    moment = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    with timezone.override("Pacific/Honolulu"):
        assert delivery_window(STANDARD, ordered_at=moment)[0] == date(2026, 7, 6)
    assert delivery_window(EXPRESS, ordered_at=at("2026-11-24 23:30", ZoneInfo("Asia/Tokyo")))[0] == date(2026, 11, 26)


def test_window_refuses_a_time_without_a_zone() -> None:
    with pytest.raises(ValueError, match="naive"):
        delivery_window(STANDARD, ordered_at=datetime(2026, 11, 24, 12))


def test_no_days_at_all_is_the_next_working_day() -> None:
    assert delivery_window(COLLECTION, ordered_at=at("2026-11-28 10:00")) == (date(2026, 11, 30), date(2026, 11, 30))
    assert working_day_after(date(2026, 11, 27), 1) == date(2026, 11, 30)


def test_first_day_is_never_after_the_last_nor_on_a_day_off() -> None:
    for day in range(1, 32):
        first, last = delivery_window(Way(1, 8), ordered_at=at(f"2026-12-{day:02} 12:00"))
        assert date(2026, 12, day) < first < last
        assert all(one.weekday() < 5 and (one.month, one.day) not in {(12, 25), (1, 1)} for one in (first, last))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-11-26", "2026-11-27", "Thursday 26 to Friday 27 November"),
        ("2026-11-30", "2026-12-01", "Monday 30 November to Tuesday 1 December"),
        ("2026-11-25", "2026-11-25", "Wednesday 25 November"),
        ("2026-12-31", "2027-01-04", "Thursday 31 December to Monday 4 January"),
    ],
)
def test_days_are_told_as_people_say_them(first: str, last: str, words: str) -> None:
    assert in_words(date.fromisoformat(first), date.fromisoformat(last)) == words
