from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from oscar.apps.address.models import Country

from supplier.quotes import time_zones


@pytest.mark.parametrize(
    ("country", "zone"),
    [
        ("GB", "Europe/London"),
        ("IE", "Europe/Dublin"),
        ("US", "America/New_York"),
        ("AU", "Australia/Sydney"),
        ("ES", "Europe/Madrid"),
        ("PT", "Europe/Lisbon"),
        ("RU", "Europe/Moscow"),
        ("XX", "Europe/London"),
    ],
)
def test_main_zone_is_where_most_people_live(country, zone):
    assert time_zones.main_zone(country) == zone


@pytest.mark.django_db
def test_every_country_has_a_zone_that_exists():
    codes = Country.objects.values_list("iso_3166_1_a2", flat=True)

    assert all(time_zones.is_known(time_zones.main_zone(code)) for code in codes)


@pytest.mark.parametrize(
    ("day", "zone", "end"),
    [
        (date(2026, 12, 11), "Europe/London", datetime(2026, 12, 12, tzinfo=UTC)),
        (date(2026, 6, 11), "Europe/London", datetime(2026, 6, 11, 23, tzinfo=UTC)),
        (date(2026, 3, 28), "Europe/London", datetime(2026, 3, 29, tzinfo=UTC)),
        (date(2026, 12, 11), "Pacific/Kiritimati", datetime(2026, 12, 11, 10, tzinfo=UTC)),
    ],
)
def test_day_ends_by_the_clock_of_the_place(day, zone, end):
    assert time_zones.end_of_day(day, zone) == end


@pytest.mark.parametrize("name", ["", "London", "../../etc/passwd", "Europe/London\x00", "europe/london"])
def test_unknown_zone_is_refused(name):
    with pytest.raises(ValidationError):
        time_zones.validate_time_zone(name)
