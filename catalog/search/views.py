"""The search page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .queries import MAX_LENGTH, find

PER_PAGE = 24


def search(request: HttpRequest) -> HttpResponse:
    question = request.GET.get("q", "").replace("\x00", " ").strip()[:MAX_LENGTH]
    page = Paginator(find(question), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "search/results.html", {"question": question, "page": page})
