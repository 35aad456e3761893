"""A wish list that its owner shows to others: Oscar's rules of who may see it, our page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from oscar.apps.wishlists.models import WishList
from oscar.apps.wishlists.views import WishListView

from catalog.catalogue.cards import cards_of
from catalog.texts.display import strategy_of

TOOLS_AT_MOST = 200


class SharedListView(WishListView):
    template_name = "customer/shared-list.html"

    def get_object(self, queryset: Any = None) -> Any:
        """Oscar looks it up twice."""
        self.found = getattr(self, "found", None) or super().get_object(queryset)
        return self.found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A private list is not there for others; Oscar says that it is, but closed."""
        wish_list = self.get_object()
        if wish_list.is_allowed_to_see(request.user):
            return super().dispatch(request, *args, **kwargs)
        if wish_list.visibility == WishList.SHARED and not request.user.is_authenticated:
            return redirect(f"{reverse('customer:login')}?{urlencode({'next': request.path})}")
        raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All its tools on one page, variants as the tool they belong to, in three queries."""
        wanted = list(self.object.lines.filter(product__isnull=False).values_list("product_id", "product__parent_id"))
        keys = list(dict.fromkeys(parent or own for own, parent in wanted))[:TOOLS_AT_MOST]
        return {"wishlist": self.object, "cards": cards_of(keys, strategy_of(self.request))}
