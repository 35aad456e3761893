"""Voucher codes: what is wrong with one, in our words, and what those in use take off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.apps.basket.signals import voucher_addition, voucher_removal
from oscar.apps.offer.applicator import Applicator
from oscar.apps.voucher.models import Voucher
from oscar.templatetags.currency_filters import currency

from supplier.accounts.text import single_line

#: A person mistypes a few; somebody who guesses needs thousands.
TRIES, PER_SECONDS = 12, 600
LONGEST = 128


@dataclass(frozen=True, slots=True)
class InUse:
    """A voucher of the basket; `effect` says what it takes off, or why it takes nothing off now."""

    pk: int
    code: str
    name: str
    effect: str


class VoucherForm(forms.Form):
    code = forms.CharField(
        max_length=LONGEST,
        error_messages={
            "required": gettext_lazy("Write the code of your voucher, such as SPRING10."),
            "max_length": gettext_lazy("No code of ours is so long. Look at it once more."),
            "null_characters_not_allowed": gettext_lazy("A code has only letters, figures and dashes."),
        },
    )

    def __init__(self, data: Any, *, basket: Any, user: Any) -> None:
        super().__init__(data)
        self.basket, self.user = basket, user

    def clean_code(self) -> Voucher:
        """Capitals and spaces around it make no difference."""
        code = single_line(self.cleaned_data["code"]).replace(" ", "").upper()
        voucher = Voucher.objects.filter(code=code).first()
        if voucher is None:
            raise forms.ValidationError(_("We know no voucher “%(code)s”. Look at it once more.") % {"code": code})
        if any(known.pk == voucher.pk for known in self.basket.vouchers.all()):
            raise forms.ValidationError(_("%(code)s is in use already.") % {"code": voucher.code})
        if wrong := problem_of(voucher, user=self.user):
            raise forms.ValidationError(wrong)
        return voucher

    @property
    def problem(self) -> str:
        return " ".join(str(error) for error in self.errors.get("code", []))


def problem_of(voucher: Voucher, *, user: Any) -> str:
    """Why this visitor can't use it now, or ""."""
    if voucher.is_expired():
        return _("%(code)s could be used until %(day)s.") % {"code": voucher.code, "day": _day(voucher.end_datetime)}
    if not voucher.is_active():
        return _("%(code)s can be used from %(day)s on.") % {"code": voucher.code, "day": _day(voucher.start_datetime)}
    if voucher.is_available_to_user(user)[0]:
        return ""
    if voucher.usage == Voucher.ONCE_PER_CUSTOMER and not user.is_authenticated:
        return _("%(code)s is for customers with an account. Sign in, then use it.") % {"code": voucher.code}
    return _("%(code)s has been used already; it can be used once.") % {"code": voucher.code}


def use_voucher(voucher: Voucher, *, basket: Any, user: Any, request: Any) -> bool:
    """False, and nothing changed, when it takes nothing off what is in the basket."""
    with transaction.atomic():
        basket.vouchers.add(voucher)
        _apply(basket, user, request)
        if any(found["voucher"] == voucher for found in basket.offer_applications):
            voucher_addition.send(sender=use_voucher, basket=basket, voucher=voucher)
            return True
        basket.vouchers.remove(voucher)
    _apply(basket, user, request)
    return False


def take_off_voucher(voucher: Voucher, *, basket: Any) -> None:
    with transaction.atomic():
        basket.vouchers.remove(voucher)
        voucher_removal.send(sender=take_off_voucher, basket=basket, voucher=voucher)


def in_use(basket: Any, *, user: Any) -> list[InUse]:
    return [
        InUse(pk=voucher.pk, code=voucher.code, name=voucher.name, effect=_effect(voucher, basket, user))
        for voucher in (basket.vouchers.all() if basket.pk else [])
    ]


def _effect(voucher: Voucher, basket: Any, user: Any) -> str:
    found = [one for one in basket.offer_applications if one["voucher"] == voucher]
    if off := sum(one["discount"] for one in found):
        return _("takes %(sum)s off") % {"sum": currency(off, basket.currency)}
    if any(one["result"].affects_shipping for one in found):
        return _("makes delivery cheaper")
    return problem_of(voucher, user=user) or _("takes nothing off what is in the basket now")


def _apply(basket: Any, user: Any, request: Any) -> None:
    basket.reset_offer_applications()
    Applicator().apply(basket, user, request)


def _day(moment: Any) -> str:
    return date_format(localtime(moment), "l j F Y")
