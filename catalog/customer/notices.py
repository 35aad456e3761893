"""Notices in the account: Oscar's pages in our words."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import strip_tags
from django.utils.translation import ngettext
from oscar.apps.communication.notifications import views as oscar


class NoticeView(oscar.DetailView):
    def get_page_title(self) -> str:
        return strip_tags(self.object.subject)


class NoticesUpdateView(oscar.UpdateView):
    def get_success_response(self) -> HttpResponse:
        """Not back to where the form stood, as in Oscar: the page of a deleted notice is gone."""
        return redirect("customer:notifications-inbox")

    def archive(self, request: HttpRequest, notifications: Any) -> HttpResponse:
        for notice in notifications:
            notice.archive()
        n = len(notifications)
        messages.success(request, ngettext("One notice is put away.", "%(n)d notices are put away.", n) % {"n": n})
        return self.get_success_response()

    def delete(self, request: HttpRequest, notifications: Any) -> HttpResponse:
        n = len(notifications)
        for notice in notifications:
            notice.delete()
        messages.success(request, ngettext("One notice is deleted.", "%(n)d notices are deleted.", n) % {"n": n})
        return self.get_success_response()
