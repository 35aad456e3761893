"""Only for `./bin/bench crowd`: the shop's addresses, and a bare view that returns what it is told to."""

import json
import os
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path

from supplier.urls import urlpatterns as shop_urlpatterns


@cache
def _told(name: str) -> tuple[dict[str, str], bytes]:
    folder = Path(os.environ["CROWD_FOLDER"])
    return json.loads((folder / f"{name}.json").read_text()), (folder / f"{name}.body").read_bytes()


def bare(request: HttpRequest, name: str) -> HttpResponse:
    headers, body = _told(name)
    return HttpResponse(body, headers=headers)


urlpatterns = [path("_bare/<slug:name>/", bare), *shop_urlpatterns]
