"""The account's first page, and where one lands after signing in."""

from typing import Any

from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from oscar.apps.customer.mixins import PageTitleMixin
from oscar.apps.customer.views import AccountAuthView
from oscar.apps.customer.views import OrderHistoryView as BaseOrderHistoryView

#: The staff's home; a lower area does not import the desk, but everybody may know its address.
DESK = "/desk/"
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


class SignInView(AccountAuthView):
    """Oscar's sign-in and sign-up on one page; staff land on the desk, not on Oscar's dashboard."""

    def get_login_success_url(self, form: Any) -> str:
        if self.request.user.is_staff and not form.cleaned_data["redirect_url"]:
            return DESK
        return str(super().get_login_success_url(form))

    def get_login_success_message(self, form: Any) -> str:
        return _("You are signed in.")

    def get_registration_success_message(self, form: Any) -> str:
        return _("Your account is open, and you are signed in.")
