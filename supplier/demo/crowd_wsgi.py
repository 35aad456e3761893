"""Only for `./bin/bench crowd`: the shop and, in the same process, Django without any middleware for /_bare/."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supplier.settings")
settings.ROOT_URLCONF = "supplier.demo.crowd_urls"
_shop = get_wsgi_application()
_middleware, settings.MIDDLEWARE = settings.MIDDLEWARE, []
_bare = WSGIHandler()
settings.MIDDLEWARE = _middleware


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    handler = _bare if environ["PATH_INFO"].startswith("/_bare/") else _shop
    return handler(environ, start_response)
