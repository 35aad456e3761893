"""What a visitor has told at the checkout so far, kept in their session until they order."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from oscar.apps.address.models import Country

from catalog.order.models import Order, ShippingAddress
from catalog.partner.strategy import ExportStrategy, PublicStrategy
from supplier.accounts.origin import has_session

KEY = "checkout"
HOME = "GB"
JUST_NOW = timedelta(hours=1)


class CheckoutState:
    """`email`, `address` and `method` are empty until told. Writing keeps the session's dictionary up to date.

    `country` was chosen in the basket or told with the address, whichever came last.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._session = request.session
        self._told: dict[str, Any] = dict(request.session.get(KEY, {}))

    @property
    def email(self) -> str:
        return str(self._told.get("email", ""))

    @property
    def draft(self) -> dict[str, str]:
        """What was typed into the address page and not sent yet: unchecked."""
        return dict(self._told.get("draft", {}))

    @property
    def address_data(self) -> dict[str, str]:
        return dict(self._told.get("address", {}))

    @property
    def method(self) -> str:
        return str(self._told.get("method", ""))

    @property
    def country(self) -> str:
        return str(self._told.get("country") or self.address_data.get("country") or HOME)

    @property
    def is_export(self) -> bool:
        return self.country != HOME

    @property
    def fits_country(self) -> bool:
        """Not while another country was chosen since the address was told: prices would be of the one, the parcel
        go to the other."""
        return self.address_data.get("country") == self.country

    def address(self) -> Any:
        """An unsaved shipping address, or None when none was told, or its country is no longer served."""
        data = self.address_data
        country = Country.objects.filter(pk=data.pop("country", None), is_shipping_country=True).first()
        return ShippingAddress(**data, country=country) if country else None

    def tell(self, **values: Any) -> None:
        self._told.update(values)
        self._session[KEY] = self._told

    def placed_order(self) -> Any:
        """The order made of the basket that this visitor brought here: they pressed twice, or came back."""
        basket = self._told.get("basket")
        recent = Order.objects.filter(date_placed__gte=timezone.now() - JUST_NOW)
        return recent.filter(basket=basket).order_by("pk").last() if basket else None

    def forget_choice(self) -> None:
        """After an order: name and address may serve again, the way of delivery is chosen anew."""
        self.tell(method="")


def basket_strategy(request: HttpRequest) -> Any:
    """Prices for where the basket goes. Asks the session only of visitors who have one."""
    if has_session(request) and CheckoutState(request).is_export:
        return ExportStrategy(request)
    return getattr(request, "strategy", None) or PublicStrategy(request)
