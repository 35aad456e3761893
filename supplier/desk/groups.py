"""The two groups of staff. Each is made once, when all permissions exist; then it is the owner's to change.

Not a data migration: Django makes permissions after the last migration, so no migration could hand them out.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

#: Apps whose records a group may see, add, change and delete; "app.model" narrows it to one.
GROUPS = {
    "Sales": ["inquiries", "quotes", "offer", "voucher"],
    "Catalogue": ["catalogue", "partner.stockrecord", "blog", "pages", "search.synonymgroup"],
}
#: Single permissions besides. Orders and letters are never deleted.
FURTHER = {
    "Sales": [
        *("order.view_order", "order.change_order", "outbox.view_letter", "outbox.change_letter"),
        *("catalogue.view_product", "partner.view_stockrecord", "customer.view_productalert"),
        *("reviews.view_productreview", "reviews.change_productreview"),
        *("payment.view_paymentattempt", "payment.view_stripeevent", "analytics.view_userrecord"),
        "search.view_zerosearch",
    ],
    "Catalogue": [
        *("partner.view_partner", "customer.view_productalert", "search.view_zerosearch"),
        *("reviews.view_productreview", "reviews.change_productreview"),
    ],
}


def make_groups(**kwargs: Any) -> None:
    for name, places in GROUPS.items():
        group, is_new = Group.objects.get_or_create(name=name)
        if is_new:
            group.permissions.set(_permissions(places, FURTHER[name]))


def _permissions(places: list[str], further: list[str]) -> list[Permission]:
    wanted = Q(pk=None)
    for place in places:
        app, _, model = place.partition(".")
        wanted |= Q(content_type__app_label=app, **({"content_type__model": model} if model else {}))
    for name in further:
        app, _, codename = name.partition(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return list(Permission.objects.filter(wanted))
