from django import forms
from django.utils.translation import gettext_lazy as _

from supplier.accounts.fields import OneLineField


class ShipmentForm(forms.Form):
    carrier = OneLineField(label=_("Carrier"), max_length=80)
    tracking_number = OneLineField(label=_("Tracking number"), max_length=80, required=False)
