"""Reads Stripe's form-encoded parameters (`line_items[0][price_data][currency]=gbp`) and checks single values."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from .errors import invalid, missing, unknown

Params = dict[str, Any]
METADATA_KEYS, METADATA_KEY_LENGTH, METADATA_VALUE_LENGTH = 50, 40, 500


def to_tree(pairs: Iterable[tuple[str, str]]) -> Params:
    """Nested dicts; a dict whose keys are all numbers becomes a list."""
    tree: Params = {}
    for name, value in pairs:
        *path, last = re.findall(r"[^\[\]]+", name) or [name]
        branch = tree
        for part in path:
            branch = branch.setdefault(part, {})
        if name.endswith("[]"):
            branch.setdefault(last, {})[str(len(branch[last]))] = value
        else:
            branch[last] = value
    return {name: _lists(value) for name, value in tree.items()}


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _lists(inner) for key, inner in value.items()}


def refuse_unknown(params: Params, known: Iterable[str], prefix: str = "") -> None:
    """Stripe refuses a parameter that it does not know, so a typing error must not pass here either."""
    for name in params:
        if name not in set(known):
            raise unknown(f"{prefix}[{name}]" if prefix else name)


def required(params: Params, name: str, shown: str = "") -> Any:
    if params.get(name) in (None, "", [], {}):
        raise missing(shown or name)
    return params[name]


def whole_number(value: Any, param: str) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise invalid(param, f"Invalid integer: {value}", "parameter_invalid_integer") from None


def web_address(value: str, param: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise invalid(param, "Not a valid URL", "url_invalid")
    return value


def email(value: str, param: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        raise invalid(param, f"Invalid email address: {value}", "email_invalid")
    return value


def metadata(params: Params, prefix: str = "metadata") -> dict[str, str]:
    values = params.get("metadata") or {}
    if not isinstance(values, Mapping):
        raise invalid(prefix, "Invalid object")
    if len(values) > METADATA_KEYS:
        raise invalid(prefix, f"You can specify up to {METADATA_KEYS} keys.")
    for key, value in values.items():
        if len(key) > METADATA_KEY_LENGTH or len(str(value)) > METADATA_VALUE_LENGTH:
            raise invalid(f"{prefix}[{key}]", "Metadata keys may have 40 characters, values 500.")
    return {key: str(value) for key, value in values.items()}
