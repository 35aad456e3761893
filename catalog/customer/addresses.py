"""The address book: what Oscar does by following a link is done by pressing a button."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import View
from oscar.apps.address.models import UserAddress


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
