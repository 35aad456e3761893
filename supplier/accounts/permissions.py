"""Who of the staff may do what: permissions, not only `is_staff`."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from .models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def staff_required(*permissions: str) -> Callable[[View[P]], View[P]]:
    """Strangers are asked to sign in; people without one of the permissions get 403."""

    def decorate(view: View[P]) -> View[P]:
        @never_cache
        @wraps(view)
        def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            user = request.user
            if not user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not user.is_staff or not user.has_perms(permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def staff_of(request: HttpRequest) -> User:
    """Who is asking, in a view that `staff_required` guards."""
    return cast(User, request.user)


def customer_of(request: HttpRequest) -> User:
    """Who is asking, in a view for people who are signed in."""
    return cast(User, request.user)
