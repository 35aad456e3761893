"""Where a buyer's day ends: the zone that the browser tells, else the main zone of the country."""

from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DEFAULT = "Europe/London"

#: Where most people live, for countries whose first entry in zone.tab is another place.
MAIN_ZONES = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "FM": "Pacific/Pohnpei",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "UZ": "Asia/Tashkent",
}


@cache
def names() -> frozenset[str]:
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")


def is_known(name: str) -> bool:
    return name in names()


def is_place(name: str) -> bool:
    """Whether it names a place: a browser that says UTC doesn't tell where its reader lives."""
    return is_known(name) and "/" in name and not name.startswith("Etc/")


def validate_time_zone(name: str) -> None:
    if not is_known(name):
        raise ValidationError(_("“%s” is not a time zone. Write one such as Europe/London.") % name)


def main_zone(country_code: str) -> str:
    return MAIN_ZONES.get(country_code) or _first_zones().get(country_code, DEFAULT)


@cache
def _first_zones() -> dict[str, str]:
    """Each country's first entry of the zone table, which puts the most populous places first where it can."""
    zones: dict[str, str] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            code, _place, name = line.split("\t")[:3]
            zones.setdefault(code, name)
    return zones


def end_of_day(day: date, zone: str) -> datetime:
    """The first moment after that day, there."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone))


def today_in(zone: str, now: datetime) -> date:
    return now.astimezone(ZoneInfo(zone)).date()


def place_name(zone: str) -> str:
    """ "Europe/London" → "London", for "… London time"."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")
