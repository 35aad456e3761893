"""Messages on the desk: what waits for an answer, and the addresses under /desk/messages/."""

from datetime import timedelta
from typing import Any

from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from supplier.accounts.desk import Todo, TodoGroup

from . import desk_views as views
from .models import Inquiry

FIRST = 5
SOON, OVERDUE = timedelta(hours=4), timedelta(hours=24)


def todo(user: Any) -> TodoGroup:
    waiting = Inquiry.objects.to_answer()
    first = views.with_last_text(waiting)[:FIRST]
    return TodoGroup(
        title=_("Messages to answer"),
        url=reverse("desk_messages:list"),
        items=[_todo(inquiry) for inquiry in first],
        total=waiting.count(),
        empty=_("Every message is answered."),
    )


def _todo(inquiry: Any) -> Todo:
    age = timezone.now() - inquiry.waiting_since
    about = f"{inquiry.name}, {inquiry.about}" if inquiry.about else inquiry.name
    return Todo(
        title=about,
        url=reverse("desk_messages:detail", args=[inquiry.reference]),
        note=Truncator(inquiry.last_text).chars(140),
        when=inquiry.waiting_since,
        urgency="overdue" if age > OVERDUE else "soon" if age > SOON else "",
    )


app_name = "desk_messages"

urlpatterns = [
    path("", views.index, name="list"),
    path("<slug:reference>/", views.detail, name="detail"),
    path("<slug:reference>/answer/", views.answer, name="answer"),
    path("<slug:reference>/assignment/", views.assignment, name="assignment"),
    path("<slug:reference>/closure/", views.closure, name="closure"),
    path("<slug:reference>/release/", views.release, name="release"),
]
