"""Who waits for what, and the reviews that staff read. Oscar's own pages for both are replaced."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.reviews.models import ProductReview, Vote

from .models import ProductAlert
from .reviews import actions


@admin.register(ProductAlert)
class ProductAlertAdmin(admin.ModelAdmin[ProductAlert]):
    """To look at: an alert is asked for, confirmed and ended by the person who waits."""

    list_display = ("product", "address", "status", "date_created", "date_closed")
    list_filter = ("status",)
    list_select_related = ("product", "user")
    search_fields = ("product__title", "product__upc", "user__email", "email")
    ordering = ("-date_created", "-pk")
    fields = ("product", "address", "status", "date_created", "date_confirmed", "date_cancelled", "date_closed")
    readonly_fields = fields

    @admin.display(description=_("who"))
    def address(self, alert: ProductAlert) -> str:
        return str(alert.get_email_address())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class ReviewDecisionForm(forms.ModelForm[ProductReview]):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Where a review is not shown: the writer gets it by letter, and it is kept in the history."),
    )

    #: which of its versions stood on this page: a writer may change a review while it is being read
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ProductReview
        fields = ("status", "body")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.date_created.isoformat()
        if "status" in self.fields:
            self.fields["status"].choices = [  # type: ignore[attr-defined]
                (ProductReview.FOR_MODERATION, _("To be read")),
                (ProductReview.APPROVED, _("Shown")),
                (ProductReview.REJECTED, _("Not shown")),
            ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("version") != self.fields["version"].initial:
            raise forms.ValidationError(_("Its writer changed it meanwhile. Go back to the list and read it anew."))
        is_refused = data.get("status") == ProductReview.REJECTED and "status" in self.changed_data
        if is_refused and not str(data.get("reason", "")).strip():
            self.add_error("reason", _("Say why it is not shown: its writer will read it."))
        return data


admin.site.unregister(ProductReview)
admin.site.unregister(Vote)


@admin.register(ProductReview)
class ProductReviewAdmin(admin.ModelAdmin[ProductReview]):
    """A review is shown or not; in its text only statements about health are taken out."""

    form = ReviewDecisionForm
    list_display = ("title", "product", "score", "name", "status", "date_created")
    list_filter = ("status", "score")
    list_select_related = ("product",)
    search_fields = ("title", "body", "name", "user__email", "product__title", "product__upc")
    ordering = ("status", "date_created", "pk")
    fields = ("product", "score", "title", "body", "name", "user", "date_created", "status", "reason", "version")
    readonly_fields = ("product", "score", "title", "name", "user", "date_created")
    view_on_site = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProductReview]:
        """Its writer waits while a decision is written down."""
        reviews = super().get_queryset(request)
        is_decided = request.method == "POST" and connection.in_atomic_block
        return reviews.select_for_update(of=("self",)) if is_decided else reviews

    def save_model(self, request: HttpRequest, obj: ProductReview, form: Any, change: bool) -> None:
        if "status" in form.changed_data and obj.is_rejected:
            actions.refuse(obj, reason=form.cleaned_data["reason"].strip())
        else:
            obj.save()

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """The reason stands in the history, beside who decided and when."""
        if "status" in form.changed_data and form.instance.is_rejected:
            return _("Not shown: %s") % form.cleaned_data["reason"].strip()
        return super().construct_change_message(request, form, formsets, add)
