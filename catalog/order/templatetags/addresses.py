"""An address on a page, as its country writes it."""

from __future__ import annotations

from typing import Any

from django import template

from catalog.order import address_formats

register = template.Library()


@register.filter
def address_lines(address: Any) -> list[str]:
    """Its lines, as they stand on a parcel."""
    return address_formats.address_lines(address)
