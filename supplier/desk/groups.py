"""The two groups of staff. Each permission is given once, as soon as it exists; then it is the owner's to take away.

Not a data migration: Django makes permissions after the last migration, so no migration could hand them out.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from .models import GivenPermission

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
    """After each migrate: permissions that came with a newer version reach the groups that exist, too."""
    for name, places in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        given = set(GivenPermission.objects.filter(group=group).values_list("permission_id", flat=True))
        fresh = [permission for permission in _permissions(places, FURTHER[name]) if permission.pk not in given]
        group.permissions.add(*fresh)
        GivenPermission.objects.bulk_create(GivenPermission(group=group, permission=one) for one in fresh)


def _permissions(places: list[str], further: list[str]) -> list[Permission]:
    wanted = Q(pk=None)
    for place in places:
        app, _, model = place.partition(".")
        wanted |= Q(content_type__app_label=app, **({"content_type__model": model} if model else {}))
    for name in further:
        app, _, codename = name.partition(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return list(Permission.objects.filter(wanted))
