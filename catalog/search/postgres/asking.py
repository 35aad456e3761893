from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import connection


def ask(sql: str, params: Mapping[str, Any]) -> Any:
    """The one JSON value that a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        value = cursor.fetchone()[0]
    return json.loads(value) if isinstance(value, str) else value
