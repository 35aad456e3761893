from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from oscar.apps.customer.apps import CustomerConfig as BaseCustomerConfig

#: The hash of the first two never changes and can't be revoked; our guest links (/o/<token>/) take their place.
#: The page of a single line has no template in Oscar; our order page orders again.
#: Letters are kept by the outbox, not twice, so that an account's list of them would always be empty.
REMOVED = {"anon-order", "anon-order-form", "order-line", "email-list", "email-detail"}
#: Oscar's pages under our names.
TITLES = {
    "profile_view": _("Your details"),
    "profile_update_view": _("Change name or e-mail"),
    "profile_delete_view": _("Close the account"),
    "change_password_view": _("Change the password"),
    "order_history_view": _("Orders"),
    "address_list_view": _("Addresses"),
    "address_create_view": _("Add an address"),
    "address_update_view": _("Change an address"),
    "address_delete_view": _("Delete an address"),
    "wishlists_list_view": _("Wish lists"),
    "wishlists_create_view": _("Begin a wish list"),
    "notification_inbox_view": _("Notices"),
    "notification_archive_view": _("Notices put away"),
}


class CustomerConfig(BaseCustomerConfig):
    name = "catalog.customer"

    def ready(self) -> None:
        super().ready()
        # The views need models.
        from . import notices, profile, views

        self.summary_view = views.SummaryView
        self.login_view = views.SignInView
        self.register_view = views.RegistrationView
        self.order_history_view = views.OrderHistoryView
        self.order_detail_view = views.OrderDetailView
        self.wishlists_create_view = self.wishlists_create_with_product_view = views.WishListCreateView
        self.profile_update_view = profile.ProfileUpdateView
        self.profile_delete_view = profile.ProfileDeleteView
        self.change_password_view = profile.ChangePasswordView
        self.notification_detail_view = notices.NoticeView
        self.notification_update_view = notices.NoticesUpdateView
        for name, title in TITLES.items():
            view = getattr(self, name)
            setattr(self, name, type(view.__name__, (view,), {"page_title": title}))

    def get_urls(self) -> list[Any]:
        from .profile import sign_out

        ours = path("logout/", sign_out, name="logout")
        return [ours, *(url for url in super().get_urls() if getattr(url, "name", None) not in REMOVED | {"logout"})]
