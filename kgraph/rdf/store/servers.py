"""The addresses of SPARQL 1.1 servers: where each product takes queries, updates and graphs, and how it is asked over
all graphs.

A URL may name the product in front (``fuseki+https://host/dataset``); without it the product is told from the path
where it can be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from kgraph.errors import StoreError, UnknownNameError


@dataclass(frozen=True)
class Endpoints:
    """Where a server is asked and written to; ``update`` and ``graphs`` are None where only reading is known to work.

    ``union`` are the request parameters that make the union of all named graphs the default graph; products without
    any do so by themselves.
    """

    query: str
    update: str | None = None
    graphs: str | None = None
    union: tuple[tuple[str, str], ...] = ()


def _oxigraph(base: str) -> Endpoints:
    base = base.removesuffix("/query")
    return Endpoints(f"{base}/query", f"{base}/update", f"{base}/store", (("union-default-graph", "true"),))


def _fuseki(base: str) -> Endpoints:
    base = base.removesuffix("/query").removesuffix("/sparql")
    return Endpoints(
        f"{base}/query", f"{base}/update", f"{base}/data", (("default-graph-uri", "urn:x-arq:UnionGraph"),)
    )


def _graphdb(base: str) -> Endpoints:
    return Endpoints(base, f"{base}/statements", f"{base}/rdf-graphs/service")


def _virtuoso(base: str) -> Endpoints:
    base = base.removesuffix("/sparql")
    return Endpoints(f"{base}/sparql", f"{base}/sparql-auth", f"{base}/sparql-graph-crud-auth")


def _neptune(base: str) -> Endpoints:
    base = base.removesuffix("/sparql")
    return Endpoints(f"{base}/sparql", f"{base}/sparql", f"{base}/sparql/gsp/")


def _stardog(base: str) -> Endpoints:
    base = base.removesuffix("/query")
    return Endpoints(f"{base}/query", f"{base}/update", base, (("default-graph-uri", "tag:stardog:api:context:all"),))


_PRODUCTS: dict[str, Callable[[str], Endpoints]] = {
    "oxigraph": _oxigraph,
    "fuseki": _fuseki,
    "graphdb": _graphdb,
    "virtuoso": _virtuoso,
    "neptune": _neptune,
    "stardog": _stardog,
}


def is_url(location: str) -> bool:
    """Whether a store's location is a server's URL rather than a folder."""
    return "://" in location


def _parts(address: str) -> SplitResult | None:
    """The parts of an address; None where it is none ("http://[", a port that is no number)."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


def endpoints(url: str) -> Endpoints:
    """The addresses behind a URL.

    Raises UnknownNameError for a product that is not known, StoreError for what is no http(s) URL or holds a password.
    """
    scheme = url.partition("://")[0]
    product, plus, transport = scheme.rpartition("+")
    address = url[len(product) + len(plus) :].rstrip("/")
    parts = _parts(address)
    if transport not in ("http", "https") or parts is None or not parts.hostname:
        # What stands before an @ may be a password.
        raise StoreError(
            f"{url.rpartition('@')[2]}: not the URL of a SPARQL server; write http://HOST:PORT/… or a folder"
        )
    if parts.username or parts.password:
        raise StoreError(
            f"{parts.hostname}: a password does not belong in the URL; set KGRAPH_STORE_USER and "
            "KGRAPH_STORE_PASSWORD, or KGRAPH_STORE_TOKEN"
        )
    if product:
        if product not in _PRODUCTS:
            raise UnknownNameError("kind of server", product, _PRODUCTS)
        return _PRODUCTS[product](address)
    if parts.path in ("", "/query"):
        return _oxigraph(address)
    if "/repositories/" in parts.path:
        return _graphdb(address)
    return Endpoints(address)
