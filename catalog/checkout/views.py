"""Checkout in three pages: who and where, delivery, pay."""

from django.http import Http404, HttpRequest, HttpResponse


def address(request: HttpRequest) -> HttpResponse:
    raise Http404


def delivery(request: HttpRequest) -> HttpResponse:
    raise Http404


def pay(request: HttpRequest) -> HttpResponse:
    raise Http404


def payment_return(request: HttpRequest) -> HttpResponse:
    raise Http404
