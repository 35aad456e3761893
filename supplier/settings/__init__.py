"""The shop's settings, one file a subject; only environment variables make one site differ from another."""

import django_stubs_ext

from .core import *  # noqa: F403
from .database import *  # noqa: F403
from .files import *  # noqa: F403
from .logging import *  # noqa: F403
from .mail import *  # noqa: F403
from .oscar import *  # noqa: F403
from .payments import *  # noqa: F403
from .security import *  # noqa: F403

# ModelForm[Article] and its like at run time (Django's own classes don't all take a subscript).
django_stubs_ext.monkeypatch()
