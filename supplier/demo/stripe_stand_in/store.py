"""All that the stand-in remembers: objects, events and idempotency keys; in memory, and in a file if one is named."""

import json
import os
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .errors import not_found

Object = dict[str, Any]
API_VERSION = "2026-10-28.endive"


class Store:
    """Hold `lock` while you read and change. Names that begin with `_` are our own notes on an object.

    `base_url` is where the hosted page lives now: after a restart it may be another port.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        self.lock = threading.RLock()
        self.objects: dict[str, Object] = {}
        self.replies: dict[str, dict[str, Any]] = {}
        self.base_url = ""
        self.ahead_seconds = 0
        # Is told about each event while the lock is held: it must not block.
        self.on_event: Callable[[Object], None] = lambda _event: None
        if file and file.exists():
            self._load(file)

    def now(self) -> int:
        """Seconds since 1970. A test may move this clock ahead; signatures keep to the true time."""
        return int(time.time()) + self.ahead_seconds

    def add(self, prefix: str, **values: Any) -> Object:
        obj = {"id": f"{prefix}_{uuid.uuid4().hex}", "created": self.now(), "livemode": False, **values}
        self.objects[obj["id"]] = obj
        return obj

    def get(self, kind: str, object_id: str) -> Object:
        obj = self.objects.get(object_id)
        if obj is None or obj["object"] != kind:
            raise not_found(kind.replace(".", " "), object_id)
        return obj

    def all(self, kind: str) -> list[Object]:
        """Newest first, as Stripe lists."""
        return [obj for obj in reversed(self.objects.values()) if obj["object"] == kind]

    def shown(self, obj: Object) -> Object:
        """As the API shows it: without our own notes, and the hosted page has an address only while it can be used."""
        shown = {name: value for name, value in obj.items() if not name.startswith("_")}
        if obj["object"] == "checkout.session":
            shown["url"] = f"{self.base_url}/pay/{obj['id']}" if obj["status"] == "open" else None
        return shown

    def emit(self, kind: str, obj: Object) -> Object:
        data = {"object": json.loads(json.dumps(self.shown(obj)))}
        request = {"id": None, "idempotency_key": None}
        event = self.add(
            "evt", object="event", type=kind, api_version=API_VERSION, data=data, request=request, pending_webhooks=1
        )
        self.on_event(event)
        return event

    def save(self) -> None:
        if not self.file:
            return
        draft = self.file.with_suffix(".draft")
        draft.write_text(json.dumps({"objects": self.objects, "replies": self.replies}))
        os.replace(draft, self.file)

    def _load(self, file: Path) -> None:
        state = json.loads(file.read_text())
        self.objects, self.replies = state["objects"], state["replies"]
