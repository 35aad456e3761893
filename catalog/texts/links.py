"""Where links such as [text](article:slug) lead. Each area registers its own kinds when the apps are ready.

A resolver gets all keys of a text at once, by kind, and answers with one query; what it leaves out has no page (any
more). Links to products are not registered: their addresses come with the cards (display.py).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

Addresses = Mapping[tuple[str, str], str]
Resolver = Callable[[Mapping[str, Collection[str]]], Addresses]

_resolvers: dict[str, Resolver] = {}


def register(*kinds: str, resolver: Resolver) -> None:
    _resolvers.update(dict.fromkeys(kinds, resolver))


def split(link: str) -> tuple[str, str, str]:
    """ "page:returns#excepted" → ("page", "returns", "#excepted")."""
    kind, _, rest = link.partition(":")
    key, hash_, fragment = rest.partition("#")
    return kind, key, hash_ + fragment


def addresses(links: Iterable[str]) -> dict[tuple[str, str], str]:
    """Addresses by (kind, key), with one query for each resolver that is asked."""
    wanted: defaultdict[Resolver, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for link in links:
        kind, key, _ = split(link)
        if kind in _resolvers:
            wanted[_resolvers[kind]][kind].add(key)
    return {place: address for resolver, keys in wanted.items() for place, address in resolver(keys).items()}
