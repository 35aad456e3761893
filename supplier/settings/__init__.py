"""The shop's settings, one file a subject; only environment variables make one site differ from another."""

import django_stubs_ext

from .caches import *
from .core import *
from .database import *
from .files import *
from .logging import *
from .mail import *
from .oscar import *
from .payments import *
from .security import *

# ModelForm[Article] and its like at run time (Django's own classes don't all take a subscript).
django_stubs_ext.monkeypatch()
