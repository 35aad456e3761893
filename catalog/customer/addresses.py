"""The address book: what Oscar does by following a link is done by pressing a button."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import View
from oscar.apps.address.forms import UserAddressForm as OscarUserAddressForm
from oscar.apps.address.models import UserAddress
from oscar.apps.customer import views as oscar

UK = "GB"


class UserAddressForm(OscarUserAddressForm):
    """`field_order` is the page's, so that what is to be mended is told in the same order."""

    field_order = (
        *("first_name", "last_name", "country", "line1", "line2", "line3", "line4", "postcode", "state"),
        *("phone_number", "notes"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country: Any = self.fields["country"]
        country.empty_label = None
        self.fields["notes"].help_text = _("Such as where to leave the parcel.")


class AddressCreateView(oscar.AddressCreateView):
    form_class = UserAddressForm
    initial = {"country": UK}


class AddressUpdateView(oscar.AddressUpdateView):
    form_class = UserAddressForm


class AddressDefaultView(View):
    """Where parcels or invoices go unless the checkout says otherwise. Only POST changes it."""

    def post(self, request: HttpRequest, *, pk: int, action: str, **kwargs: Any) -> HttpResponse:
        address = get_object_or_404(UserAddress.objects.select_related("country"), user=request.user, pk=pk)
        if action == "default_for_shipping" and not address.country.is_shipping_country:
            messages.error(request, _("We send no parcels to this country. Choose another address for parcels."))
        else:
            setattr(address, f"is_{action}", True)
            address.save()
        return redirect("customer:address-list")
