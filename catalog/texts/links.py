"""Where links such as [text](product:SKU) lead. Each area registers its own kind when the apps are ready.

A resolver gets all keys of a page at once and answers with one query; what it leaves out has no page (any more).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

Resolver = Callable[[Collection[str]], Mapping[str, str]]

_resolvers: dict[str, Resolver] = {}


def register(kind: str, resolver: Resolver) -> None:
    _resolvers[kind] = resolver


def split(link: str) -> tuple[str, str, str]:
    """ "page:returns#excepted" → ("page", "returns", "#excepted")."""
    kind, _, rest = link.partition(":")
    key, hash_, fragment = rest.partition("#")
    return kind, key, hash_ + fragment


def addresses(links: Iterable[str]) -> dict[tuple[str, str], str]:
    """Addresses by (kind, key), at most one query for each kind."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        kind, key, _ = split(link)
        wanted[kind].add(key)
    return {
        (kind, key): address
        for kind, keys in wanted.items()
        if kind in _resolvers
        for key, address in _resolvers[kind](keys).items()
    }
