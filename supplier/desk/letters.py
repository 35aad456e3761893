"""Letters on the desk: those that failed, and the addresses under /desk/letters/."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext as _

from supplier.accounts.desk import Todo, TodoGroup
from supplier.outbox.models import Letter

from . import letter_preview_views as previews
from . import letter_views as views

FIRST = 5


def todo(user: Any) -> TodoGroup:
    unsent = Letter.objects.unsent()
    return TodoGroup(
        title=_("Letters not sent"),
        url=reverse("desk_letters:list") + "?show=unsent",
        items=[_todo(letter) for letter in unsent.defer("text", "html").order_by("created_at", "pk")[:FIRST]],
        total=unsent.count(),
        empty=_("Every letter is on its way."),
    )


def _todo(letter: Letter) -> Todo:
    return Todo(
        title=_("%(subject)s to %(to)s") % {"subject": letter.subject, "to": ", ".join(letter.to)},
        url=reverse("desk_letters:detail", args=[letter.pk]),
        note=letter.last_error[:300],
        when=letter.created_at,
        urgency="overdue" if letter.state == Letter.State.FAILED else "soon",
        action_url=reverse("desk_letters:sending", args=[letter.pk]),
        action=_("Send again") if letter.state == Letter.State.FAILED else _("Try now"),
    )


app_name = "desk_letters"

urlpatterns = [
    path("", views.index, name="list"),
    path("preview/", previews.index, name="previews"),
    path("preview/<str:name>/", previews.detail, name="preview"),
    path("preview/<str:name>/html/", previews.html, name="preview-html"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/sending/", views.sending, name="sending"),
]
