"""How each country writes an address: which lines, in which order, and what its parts are called.

From the Universal Postal Union's address templates and Google's open libaddressinput data, for the countries that we
deliver to and those that ask for quotes most. A country that is not listed writes its postcode before the town.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
TOWN, POSTCODE, STATE, PROVINCE = _("Town"), _("Postcode"), _("State"), _("Province")


@dataclass(frozen=True, slots=True)
class AddressFormat:
    """`last_lines`: what stands below the street, a line each, such as "{postcode} {line4}".

    `town_first`: the town stands above the street, as in Hungary.
    `state` is the name of the part between town and country, or "" where addresses have none.
    """

    last_lines: tuple[str, ...] = ("{postcode} {line4}",)
    town: Words = TOWN
    postcode: Words = POSTCODE
    state: Words = ""
    needs_state: bool = False
    needs_postcode: bool = True
    town_first: bool = False

    @property
    def asked(self) -> tuple[str, ...]:
        """The fields below the street, in the order in which they are written."""
        text = " ".join(self.last_lines)
        names = [name for name in ("line4", "state", "postcode") if f"{{{name}}}" in text]
        return tuple(sorted(names, key=lambda name: text.index(f"{{{name}}}")))


CONTINENT = AddressFormat()
BRITISH = AddressFormat(last_lines=("{line4}", "{postcode}"))
WITH_PROVINCE = replace(CONTINENT, last_lines=("{postcode} {line4} {state}",), state=PROVINCE)
AMERICAN = AddressFormat(
    last_lines=("{line4}, {state} {postcode}",),
    town=_("City"),
    postcode=_("ZIP code"),
    state=STATE,
    needs_state=True,
)
CANADIAN = replace(AMERICAN, last_lines=("{line4} {state} {postcode}",), state=PROVINCE, postcode=_("Postal code"))

FORMATS = {
    **dict.fromkeys(("GB", "GG", "JE", "IM"), BRITISH),
    "IE": replace(
        BRITISH,
        last_lines=("{line4}", "{state}", "{postcode}"),
        state=_("County"),
        postcode=_("Eircode"),
        needs_postcode=False,
    ),
    "IT": WITH_PROVINCE,
    "ES": replace(CONTINENT, last_lines=("{postcode} {line4}", "{state}"), state=PROVINCE),
    "HU": replace(CONTINENT, last_lines=("{line4}", "{postcode}"), town_first=True),
    "LV": replace(CONTINENT, last_lines=("{line4}, {postcode}",)),
    "MT": replace(CONTINENT, last_lines=("{line4} {postcode}",)),
    "US": AMERICAN,
    "CA": CANADIAN,
    "AU": replace(CANADIAN, town=_("Suburb or town"), state=STATE, postcode=POSTCODE),
    "NZ": replace(CONTINENT, last_lines=("{line4} {postcode}",)),
    "AE": replace(CONTINENT, last_lines=("{line4}", "{state}"), state=_("Emirate"), needs_postcode=False),
    "HK": replace(CONTINENT, last_lines=("{line4}", "{state}"), state=_("Area"), needs_postcode=False),
    "SG": replace(CONTINENT, last_lines=("{line4} {postcode}",)),
}


def format_of(country: str) -> AddressFormat:
    """`country` is an ISO 3166 code of two letters."""
    return FORMATS.get(country, CONTINENT)


def address_lines(address: Any) -> list[str]:
    """An address of Oscar's as it is written on a parcel, without empty lines; the country last. None: no lines."""
    if address is None:
        return []
    form = format_of(address.country_id or "")
    streets = [address.line1, address.line2, address.line3]
    below = [_filled(line, address) for line in form.last_lines]
    placed = [below[0], *streets, *below[1:]] if form.town_first else [*streets, *below]
    lines = [_name(address), *placed, *_left_over(address, form), str(address.country) if address.country_id else ""]
    return [line for line in (line.strip(" ,") for line in lines) if line]


def _filled(line: str, address: Any) -> str:
    parts = {name: getattr(address, name) or "" for name in ("line4", "state", "postcode")}
    return " ".join(line.format(**parts).replace(" ,", ",").split())


def _left_over(address: Any, form: AddressFormat) -> list[str]:
    """What was typed though its country has no place for it is not lost."""
    return [getattr(address, name) or "" for name in ("state", "postcode") if name not in form.asked]


def _name(address: Any) -> str:
    names = [getattr(address, "title", ""), address.first_name, address.last_name]
    return " ".join(name for name in names if name)
