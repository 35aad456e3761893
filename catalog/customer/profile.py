"""Changing, securing and closing one's account.

Differs from Oscar's: what is changed and the letter about it are stored together, and the words are ours.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from oscar.apps.customer import views as oscar

from supplier.accounts.models import User


class ProfileUpdateView(oscar.ProfileUpdateView):
    def form_valid(self, form: Any) -> HttpResponse:
        old = User.objects.get(pk=self.request.user.pk)
        try:
            with transaction.atomic():
                form.save()
                self._warn_old_address(old, form.cleaned_data["email"])
        except IntegrityError:  # somebody took the address since the form looked
            form.add_error("email", _("There is an account with this e-mail address already."))
            return self.form_invalid(form)
        messages.success(self.request, _("Your details are saved."))
        return redirect(self.get_success_url())

    def _warn_old_address(self, old: User, email: str) -> None:
        if email != old.email:
            self.send_email_changed_email(old, email)


class ProfileDeleteView(oscar.ProfileDeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        user = self.request.user
        logout(self.request)
        user.delete()
        messages.success(self.request, _("Your account is closed. Your orders stay on record, as the law asks."))
        return redirect(self.get_success_url())


class ChangePasswordView(oscar.ChangePasswordView):
    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            form.save()
            self.send_password_changed_email()
        update_session_auth_hash(self.request, form.user)
        messages.success(self.request, _("Your new password is set."))
        return redirect(self.get_success_url())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Oscar signs out whoever follows a link; a browser that fetches pages ahead would do the same."""
    if request.method == "POST":
        logout(request)
        messages.success(request, _("You are signed out."))
        return HttpResponseRedirect("/")
    if not request.user.is_authenticated:
        return redirect("customer:login")
    return render(request, "customer/sign-out.html")
