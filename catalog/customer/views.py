"""The account's first page, and where one lands after signing in."""

from typing import Any

from django.contrib.auth import authenticate, login
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from oscar.apps.customer.mixins import PageTitleMixin, RegisterUserMixin
from oscar.apps.customer.signals import user_registered
from oscar.apps.customer.views import AccountAuthView, AccountRegistrationView
from oscar.apps.customer.views import OrderHistoryView as BaseOrderHistoryView

from catalog.order.links import account_order_path
from catalog.order.models import Order

#: The staff's home; a lower area does not import the desk, but everybody may know its address.
DESK = "/desk/"
BACKEND = "oscar.apps.customer.auth_backends.EmailBackend"
LATEST_ORDERS = 5


class SummaryView(PageTitleMixin, TemplateView):
    template_name = "customer/summary.html"
    active_tab = "summary"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        orders = user.orders.order_by("-date_placed", "-pk").prefetch_related("lines")  # type: ignore[union-attr]
        return super().get_context_data(
            latest_orders=orders[:LATEST_ORDERS],
            order_count=orders.count(),
            address=user.addresses.order_by("-is_default_for_shipping", "pk").select_related("country").first(),  # type: ignore[union-attr]
            **kwargs,
        )


class OrderHistoryView(BaseOrderHistoryView):
    def get_queryset(self) -> Any:
        return super().get_queryset().prefetch_related("lines")


class OrderDetailView(LoginRequiredMixin, View):
    """An order has one page, behind its link; the account leads its owner there."""

    def get(self, request: HttpRequest, order_number: str) -> HttpResponse:
        return redirect(account_order_path(get_object_or_404(Order, user=request.user, number=order_number)))


class SignsUpMixin(RegisterUserMixin):
    """Differs from Oscar's: the account and its letter are stored together, and the guard against guessed passwords
    (axes) is given the request that it asks for."""

    request: Any

    def register_user(self, form: Any) -> Any:
        try:
            user = self._open_account(form)
        except IntegrityError:
            # Pressed twice: the other request was first, with the same password.
            email, password = form.cleaned_data["email"], form.cleaned_data["password1"]
            user = authenticate(self.request, username=email, password=password)
        login(self.request, user, backend=BACKEND)
        return user

    def _open_account(self, form: Any) -> Any:
        with transaction.atomic():
            user = form.save()
            user_registered.send(sender=type(self), request=self.request, user=user)
            self.send_registration_email(user)
        return user


class RegistrationView(SignsUpMixin, AccountRegistrationView):
    """Oscar's page that only opens accounts."""


class SignInView(SignsUpMixin, AccountAuthView):
    """Oscar's sign-in and sign-up on one page; staff land on the desk, not on Oscar's dashboard."""

    def get_login_success_url(self, form: Any) -> str:
        if self.request.user.is_staff and not form.cleaned_data["redirect_url"]:
            return DESK
        return str(super().get_login_success_url(form))

    def get_login_success_message(self, form: Any) -> str:
        return _("You are signed in.")

    def get_registration_success_message(self, form: Any) -> str:
        return _("Your account is open, and you are signed in.")
