"""Delivery and returns for search engines (schema.org): what the checkout charges, and what the page "returns" says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.utils import timezone

from catalog.texts.structured import part
from supplier.accounts.letters import absolute_url

from . import returns
from .countries import UK
from .models import DeliveryMethod

_WORKING_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def delivery_data(
    methods: Iterable[DeliveryMethod], *, price: Decimal, currency: str, weight_g: int
) -> list[dict[str, Any]]:
    """Of one piece at this price, sent within the United Kingdom: elsewhere its price would be the net one."""
    open_ones = [method for method in methods if method.takes(weight_g)]
    return [_delivery(method, method.price_for(price), currency) for method in open_ones]


def _delivery(method: DeliveryMethod, price: Decimal, currency: str) -> dict[str, Any]:
    """Days count from the day the parcel leaves, which is that of the order: nothing is added for handling."""
    times = part(
        "ShippingDeliveryTime",
        businessDays=part(
            "OpeningHoursSpecification", dayOfWeek=[f"https://schema.org/{day}" for day in _WORKING_DAYS]
        ),
        handlingTime=_days(0, 0),
        transitTime=_days(method.days_min, method.days_max),
        cutoffTime=_in_our_zone(method.cut_off) if method.cut_off else None,
    )
    return part(
        "OfferShippingDetails",
        name=method.name,
        shippingRate=part("MonetaryAmount", value=str(price), currency=currency),
        shippingDestination=part("DefinedRegion", addressCountry=UK),
        deliveryTime=times,
    )


def _in_our_zone(clock: time) -> str:
    """ "14:00:00+01:00" in summer; pages that tell days of delivery are made anew every day."""
    zone = timezone.get_default_timezone()
    moment = datetime.combine(timezone.localdate(timezone=zone), clock, tzinfo=zone)
    return moment.isoformat().partition("T")[2]


def _days(least: int, most: int) -> dict[str, Any]:
    return part("QuantitativeValue", minValue=least, maxValue=most, unitCode="DAY")


def return_policy_data(*, is_sealed: bool = False) -> dict[str, Any]:
    """is_sealed: goods that come back only as long as their seal is whole."""
    return part(
        "MerchantReturnPolicy",
        applicableCountry=list(returns.COUNTRIES),
        returnPolicyCountry=UK,
        returnPolicyCategory="https://schema.org/MerchantReturnFiniteReturnWindow",
        merchantReturnDays=returns.DAYS,
        returnMethod="https://schema.org/ReturnByMail",
        returnFees="https://schema.org/ReturnFeesCustomerResponsibility",
        refundType="https://schema.org/FullRefund",
        merchantReturnLink=absolute_url(returns.PATH),
        itemCondition="https://schema.org/NewCondition" if is_sealed else None,
    )
