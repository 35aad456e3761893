from typing import Any

import pytest


@pytest.fixture
def outbox(settings: Any) -> None:
    """Letters are kept as in the shop itself."""
    settings.EMAIL_BACKEND = "supplier.outbox.backend.EmailBackend"
