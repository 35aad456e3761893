from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.urls import path
from django.utils.translation import gettext_lazy as _
from oscar.apps.customer.apps import CustomerConfig as BaseCustomerConfig

#: The hash of the first two never changes and can't be revoked; our guest links (/o/<token>/) take their place.
#: The page of a single line has no template in Oscar; our order page orders again.
#: Letters are kept by the outbox, not twice, so that an account's list of them would always be empty.
#: Stock alerts and wish lists are ours: Oscar changes things by a GET, and its alerts have a key that never changes.
REMOVED = {
    *("anon-order", "anon-order-form", "order-line", "email-list", "email-detail", "logout"),
    *("alerts-list", "alert-create", "alerts-confirm", "alerts-cancel-by-key", "alerts-cancel-by-pk"),
    *("wishlists-add-product", "wishlists-detail", "wishlists-remove-product", "wishlists-move-product-to-another"),
}
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
        from . import addresses, notices, profile, views
        from .paging import LastPage
        from .wishlists import actions
        from .wishlists import views as wishlists

        user_logged_in.connect(actions.keep_remembered, dispatch_uid="customer.keep_remembered")
        self.summary_view = views.SummaryView
        self.login_view = views.SignInView
        self.register_view = views.RegistrationView
        self.order_history_view = views.OrderHistoryView
        self.order_detail_view = views.OrderDetailView
        self.wishlists_list_view = wishlists.WishListListView
        self.wishlists_create_view = self.wishlists_create_with_product_view = wishlists.WishListCreateView
        self.wishlists_update_view = wishlists.WishListUpdateView
        self.wishlists_delete_view = wishlists.WishListDeleteView
        self.address_create_view = addresses.AddressCreateView
        self.address_update_view = addresses.AddressUpdateView
        self.address_change_status_view = addresses.AddressDefaultView
        self.profile_update_view = profile.ProfileUpdateView
        self.profile_delete_view = profile.ProfileDeleteView
        self.change_password_view = profile.ChangePasswordView
        self.notification_detail_view = notices.NoticeView
        self.notification_update_view = notices.NoticesUpdateView
        for name, title in TITLES.items():
            view = getattr(self, name)
            bases = (LastPage, view) if hasattr(view, "paginate_queryset") else (view,)
            setattr(self, name, type(view.__name__, bases, {"page_title": title}))

    def get_urls(self) -> list[Any]:
        kept = [url for url in super().get_urls() if getattr(url, "name", None) not in REMOVED]
        return [*_our_urls(), *kept, _detail_url()]


def _our_urls() -> list[Any]:
    from .alerts import views as alerts
    from .profile import sign_out
    from .reviews import views as reviews
    from .wishlists import views as wishlists

    return [
        path("logout/", sign_out, name="logout"),
        path("alerts/", alerts.account_list, name="alerts-list"),
        path("alerts/<int:pk>/cancellation/", alerts.account_cancellation, name="alerts-cancel"),
        path("reviews/", reviews.account_list, name="reviews-list"),
        path("wishlists/keep/<int:product_pk>/", wishlists.keep, name="wishlists-keep"),
        path("wishlists/<str:key>/lines/<int:line_pk>/removal/", wishlists.take_off, name="wishlists-take-off"),
        path("wishlists/<str:key>/lines/<int:line_pk>/move/", wishlists.move, name="wishlists-move"),
    ]


def _detail_url() -> Any:
    """After Oscar's: "create" is no key of a list."""
    from .wishlists import views as wishlists

    return path("wishlists/<str:key>/", wishlists.detail, name="wishlists-detail")
