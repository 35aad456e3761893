"""Guest links: an address that nobody can guess, of which only the hash is stored, one row a link."""

import base64
import hashlib
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from django.db import models
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache

P = ParamSpec("P")


class GuestLinkQuerySet(models.QuerySet[Any]):
    def issue(self, **owner: Any) -> str:
        """Make a link for `owner` (order=…, quote=…, inquiry=…) and return its token; it can't be read again later."""
        token = secrets.token_urlsafe(32)
        self.create(token_hash=hash_token(token), **owner)
        return token

    def derive(self, *, salt: str, secret: str, **owner: Any) -> str:
        """The same token for the same salt and secret: it follows from our secret key and is stored nowhere."""
        digest = salted_hmac(salt, secret, algorithm="sha256").digest()
        token = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        self.get_or_create(token_hash=hash_token(token), defaults=owner)
        return token

    def find(self, token: str) -> Any | None:
        """The living link of this token, or None."""
        return self.filter(token_hash=hash_token(token), revoked_at=None).first()


class AbstractGuestLink(models.Model):
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = GuestLinkQuerySet.as_manager()

    class Meta:
        abstract = True

    def revoke(self) -> None:
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def private_page(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """For pages behind a guest link: kept by no cache, named to no search engine, told to no other site."""

    @never_cache
    @wraps(view)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "no-store, private"
        # Not "no-referrer": with it browsers send "Origin: null" with our own forms, and Django refuses them.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return wrapped
