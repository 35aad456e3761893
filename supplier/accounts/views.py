"""Pages about who is asking: a form that was refused."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Our own page for a refused form: what happened, and the way back. What was typed is not lost: Back shows it."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)
