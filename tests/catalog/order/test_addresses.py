"""Addresses as each country writes them, and postcodes as people type them."""

import pytest
from oscar.apps.address.models import Country

from catalog.order import postcodes
from catalog.order.address_formats import address_lines
from catalog.order.models import ShippingAddress
from catalog.shipping.countries import DELIVERED

WHERE = {"line1": "Beispielweg 8", "line4": "Sampleton", "postcode": "10117", "state": "County Sample"}


def lines(country: str, **fields: str) -> list[str]:
    row = Country(pk=country, printable_name=country)
    return address_lines(ShippingAddress(first_name="Ann", last_name="Tester", country=row, **(WHERE | fields)))


@pytest.mark.parametrize(
    ("country", "fields", "expected"),
    [
        ("DE", {"state": ""}, ["Ann Tester", "Beispielweg 8", "10117 Sampleton", "DE"]),
        ("GB", {"state": "", "postcode": "S1 0EX"}, ["Ann Tester", "Beispielweg 8", "Sampleton", "S1 0EX", "GB"]),
        ("IE", {"postcode": ""}, ["Ann Tester", "Beispielweg 8", "Sampleton", "County Sample", "IE"]),
        ("US", {"state": "CA"}, ["Ann Tester", "Beispielweg 8", "Sampleton, CA 10117", "US"]),
        ("HU", {"state": ""}, ["Ann Tester", "Sampleton", "Beispielweg 8", "10117", "HU"]),
        ("IT", {"state": "RM"}, ["Ann Tester", "Beispielweg 8", "10117 Sampleton RM", "IT"]),
        ("XX", {"line2": "Hof 2"}, ["Ann Tester", "Beispielweg 8", "Hof 2", "10117 Sampleton", "County Sample", "XX"]),
        ("US", {"state": "", "postcode": ""}, ["Ann Tester", "Beispielweg 8", "Sampleton", "US"]),
    ],
)
def test_address_is_written_as_in_its_country(country: str, fields: dict[str, str], expected: list[str]) -> None:
    assert lines(country, **fields) == expected


def test_braces_in_an_address_are_only_braces() -> None:
    assert "10117 {state} {0}" in lines("DE", line4="{state} {0}", state="")


def test_no_address_has_no_lines() -> None:
    assert address_lines(None) == []


@pytest.mark.parametrize(
    ("country", "typed", "tidy"),
    [
        ("GB", "s10ex", "S1 0EX"),
        ("GB", " sx4  6dq ", "SX4 6DQ"),
        ("GB", "W1A 1HQ", "W1A 1HQ"),
        ("DE", "D-10117", "10117"),
        ("SE", "11122", "111 22"),
        ("SE", "SE-111 22", "111 22"),
        ("NL", "1012ab", "1012 AB"),
        ("PL", "00950", "00-950"),
        ("PT", "1000 205", "1000-205"),
        ("LV", "1010", "LV-1010"),
        ("LU", "L-1009", "1009"),
        ("IE", "d02x285", "D02 X285"),
        ("US", "94107-1234", "94107-1234"),
        ("US", "94107", "94107"),
        ("JP", "100-0001", "100-0001"),
        ("DE", "1011", "1011"),
    ],
)
def test_postcode_is_written_as_in_its_country(country: str, typed: str, tidy: str) -> None:
    assert postcodes.tidy(country, typed) == tidy


@pytest.mark.parametrize(
    ("country", "typed", "said"),
    [
        ("GB", "SX4 6D", "A British postcode ends in a figure and two letters, like S1 0EX."),
        ("DE", "SX4 6DQ", "A postcode in Deutschland is written like 10117."),
        ("DE", "١٠١١٧", "A postcode in Deutschland is written like 10117."),
        ("IE", "12", "An Eircode has seven letters and figures, like D02 X285. Leave it out if you do not know it."),
        ("JP", "anything", ""),
        ("GB", "", ""),
    ],
)
def test_postcode_that_cannot_be_is_told(country: str, typed: str, said: str) -> None:
    assert postcodes.problem(country, typed, name="Deutschland") == said


@pytest.mark.parametrize("country", sorted(DELIVERED))
def test_every_country_takes_its_own_example(country: str) -> None:
    example = postcodes.example_of(country)
    assert example
    assert postcodes.problem(country, example, name=country) == ""
    assert postcodes.tidy(country, example) == example


@pytest.mark.parametrize("country", sorted(DELIVERED))
def test_a_postcode_that_we_tidied_satisfies_the_model(country: str) -> None:
    """Oscar's own check would refuse it in words of its own."""
    row = Country(pk=country, iso_3166_1_a2=country, printable_name=country)
    ShippingAddress(country=row, postcode=postcodes.example_of(country)).ensure_postcode_is_valid_for_country()
