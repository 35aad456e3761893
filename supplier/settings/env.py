"""Where settings come from: environment variables only, each missing or bad one named with what to set."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(os.environ.get("SHOP_VAR_DIR") or BASE_DIR / "var")

env = environ.Env()


def required(name: str, *, example: str) -> str:
    """The variable's value, or an error that says what to set."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(
            f"The environment variable {name} is not set. Set it, for example: {name}={example}\n"
            "(To look round with everything set for you, run ./bin/demo.)"
        )
    return value


def text(name: str, default: str = "") -> str:
    """The variable's value; an empty one counts as not set."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """1/0, true/false, yes/no, on/off; anything else is an error."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no. Set it to 1 or 0.")


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def origin(name: str, default: str) -> str:
    """scheme://host[:port] without a path; an error says what is wrong with it."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(
            f"{name}={value!r} is not an address like https://shop.example.com "
            "(http or https, a host, maybe a port, no path)."
        )
    return value


def address_list(name: str, default: str) -> list[str]:
    """A comma-separated list of e-mail addresses."""
    values = words(name, default)
    for value in values:
        if value.count("@") != 1 or value.startswith("@") or value.endswith("@"):
            raise ImproperlyConfigured(f"{name}: {value!r} is not an e-mail address. Set {name}=sales@shop.example.com")
    return values
