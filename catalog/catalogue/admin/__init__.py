"""Products and categories, each edited on one page. Oscar's own registrations are not used: ours replace them all."""

from . import categories, classes, products  # noqa: F401
