"""serve."""

from __future__ import annotations

import re

import click

from kgraph.cli.common import COUNT, SECONDS, Whole, echo, store_option
from kgraph.rdf.store import is_url
from kgraph.rdf.worker import Source
from kgraph.serve.settings import LOOPBACK, Settings

_ORIGIN = re.compile(r"\*|https?://[^\s/?#]+")


@click.command()
@click.option(
    "--data",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="Serve an RDF file as it is (.ttl .nt .nq .trig .rdf .jsonld) instead of a store; may be repeated.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=Whole(0, 65535), default=7200, show_default=True, help="Port; 0 picks a free one.")
@click.option(
    "--allow-host", "hosts", multiple=True, metavar="NAME", help="Another host name that the server answers to."
)
@click.option(
    "--cors", metavar="ORIGIN", help="Web origin whose pages may send queries (https://example.org); none by default."
)
@click.option(
    "--timeout",
    type=SECONDS,
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="Longest time for a query.",
)
@click.option(
    "--rows", type=COUNT, default=100_000, show_default=True, metavar="N", help="Largest number of rows in an answer."
)
@click.option(
    "--memory",
    type=Whole(64, 1_000_000_000),
    default=2048,
    show_default=True,
    metavar="MEGABYTES",
    help="Largest amount of memory for a query.",
)
@click.option(
    "--workers",
    type=Whole(1, 64),
    default=2,
    show_default=True,
    metavar="N",
    help="Queries answered at the same time.",
)
@click.option(
    "--edit", is_flag=True, help="Let people judge in the browser: merge, keep apart, accept, reject, correct, undo."
)
@click.option(
    "--user-header",
    metavar="NAME",
    help="With --edit behind a proxy that authenticates: the header that names the person who asks.",
)
@store_option
def serve(
    files: tuple[str, ...],
    host: str,
    port: int,
    hosts: tuple[str, ...],
    cors: str | None,
    timeout: float,
    rows: int,
    memory: int,
    workers: int,
    edit: bool,
    user_header: str | None,
    store: str,
) -> None:
    """Serve the graph: a SPARQL endpoint at /sparql, and pages to search, read and query it.

    A store is queried with the union of its graphs as default graph; --data FILE has the default graph of the file, and
    no prefixes are declared. A new build is picked up automatically. Stop with Ctrl-C.

    Nothing can be changed, unless --edit lets people judge; that is for this machine alone, or for a proxy that
    authenticates and says in the header --user-header who asks.

    \b
    Examples:
      kgraph serve          then open http://127.0.0.1:7200/
      kgraph serve --store exports --port 8080 --timeout 60
      kgraph serve --edit
      kgraph serve --data graph.trig --port 0
      curl http://127.0.0.1:7200/sparql -d 'query=ASK { ?s a neg:Plan }'
    """
    try:
        from kgraph.serve.app import serve as run
    except ImportError as error:
        raise click.UsageError(
            f"serving needs a library that is not installed ({error.name}); pip install 'kgraph[serve]'"
        ) from error
    if timeout > 3600:
        raise click.UsageError("--timeout is in seconds, at most 3600")
    if cors is not None and not _ORIGIN.fullmatch(cors):
        raise click.UsageError(f"--cors {cors!r} is not the origin of pages; write https://example.org, or * for any")
    if edit:
        _check_editing(host, files, store, hosts, cors, user_header)
    settings = Settings(
        Source(None if files else store, files),
        timeout,
        rows,
        memory,
        workers,
        (*LOOPBACK, "::1", host, *hosts),
        cors,
        edit,
        user_header,
    )
    run(
        settings,
        host,
        port,
        lambda address: echo(f"serving at {address} (SPARQL at {address}sparql); stop with Ctrl-C", err=True),
    )


def _check_editing(
    host: str, files: tuple[str, ...], store: str, hosts: tuple[str, ...], cors: str | None, user_header: str | None
) -> None:
    """Raises UsageError where judging would be open to anybody, or has nothing to write into."""
    if files or is_url(store):
        raise click.UsageError("--edit writes into the folder of a build; name it with --store FOLDER")
    if cors:
        raise click.UsageError("--edit and --cors do not go together: pages of another site could judge")
    if host not in ("127.0.0.1", "localhost", "::1"):
        # Whoever reached the port past the proxy could name themselves.
        raise click.UsageError("--edit listens on this machine alone; let the proxy that authenticates ask it there")
    if hosts and user_header is None:
        raise click.UsageError(
            "--edit is for this machine alone; behind a proxy that authenticates, name the header in which it says who "
            "asks (--user-header X-Forwarded-User)"
        )
