"""The SPARQL 1.1 Protocol and the reading half of the Graph Store Protocol.

After the W3C recommendations of 21 March 2013: a query comes by GET, by POST of a form, or by POST of its text; the
dataset may be named in the request; an update is refused.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from urllib.parse import parse_qsl

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kgraph.errors import QueryError, QueryLimitError
from kgraph.namespaces import iri
from kgraph.rdf.query import GRAPH_FORMATS, Dataset
from kgraph.rdf.sparql import MOST_CHARACTERS
from kgraph.rdf.worker import Task
from kgraph.serve.negotiation import ROWS, TRIPLES, rows_format, triples_format, wants_html
from kgraph.serve.pool import Busy
from kgraph.serve.state import State

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)
# A form encodes a character in up to three bytes, twelve for the rarest.
MOST_BODY = 12 * MOST_CHARACTERS
_STATUS = {"time": 503, "rows": 413, "memory": 503, "crash": 400}


class Refused(Exception):
    """A request that is answered with an error status and one line, and after how many seconds to try again, if at
    all.
    """

    def __init__(self, status: int, message: str, retry: float | None = None) -> None:
        self.status, self.retry = status, retry
        super().__init__(message)

    def response(self) -> Response:
        """The answer."""
        headers = {"Retry-After": str(ceil(self.retry))} if self.retry is not None else None
        return PlainTextResponse(f"{self}\n", self.status, headers)


async def sparql(request: Request) -> Response:
    """``/sparql``: a query by GET or POST.

    Without one, the description of the service (browsers are sent to the query page).
    """
    state: State = request.app.state.kgraph
    try:
        fields = await _fields(request)
        texts = fields.get("query", [])
        if request.method in ("GET", "HEAD") and not fields.keys() - {"format"}:
            return await _described(request, state)
        if "update" in fields or any(name.startswith("using-") for name in fields):
            raise Refused(403, "this endpoint is read-only: updates are refused")
        if len(texts) != 1:
            raise Refused(
                400, "give exactly one query" if texts else "no query given; send it as the parameter `query`"
            )
        return await _answered(request, state, texts[0], fields)
    except Refused as error:
        return error.response()


async def graphs(request: Request) -> Response:
    """``/graphs?default`` and ``/graphs?graph=IRI``: a graph as RDF (Graph Store Protocol, reading only)."""
    state: State = request.app.state.kgraph
    names = request.query_params.getlist("graph")
    if ("default" in request.query_params) == bool(names) or len(names) > 1:
        return PlainTextResponse("say which graph: ?default, or ?graph=IRI once\n", 400)
    try:
        form = triples_format(request.headers.get("accept", ""), request.query_params.get("format", ""))
        if form is None:
            raise Refused(406, f"none of the formats you accept is offered; these are: {', '.join(TRIPLES.values())}")
        dataset = state.settings.source.dataset
        pattern = "{ ?s ?p ?o }"
        if names:
            node = _node(names[0])
            if not await _run(
                request, state, Task(f"ASK {{ GRAPH {node} {{ ?s ?p ?o }} }}", "csv", dataset=dataset)
            ) == (
                "csv",
                b"true\n",
            ):
                raise Refused(404, f"there is no graph {names[0]}")
            pattern = f"{{ GRAPH {node} {{ ?s ?p ?o }} }}"
        _, content = await _run(
            request, state, Task(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {pattern}", triples=form, dataset=dataset)
        )
        return Response(content, media_type=TRIPLES[form])
    except Refused as error:
        return error.response()


async def _answered(request: Request, state: State, text: str, fields: dict[str, list[str]]) -> Response:
    accept, name = request.headers.get("accept", ""), fields.get("format", [""])[0]
    rows, triples = rows_format(accept, name), triples_format(accept, name)
    if rows is None and triples is None:
        raise Refused(
            406,
            f"none of the formats you accept is offered; these are: {', '.join([*ROWS.values(), *TRIPLES.values()])}",
        )
    form, content = await _run(
        request,
        state,
        Task(text, rows or "json", triples or "ttl", _dataset(request, state, fields), state.settings.rows),
    )
    return Response(content, media_type=(ROWS | TRIPLES)[form])


async def _run(request: Request, state: State, task: Task) -> tuple[str, bytes]:
    """The answer of a worker; raises Refused where there is none."""
    try:
        return await state.pool.answer(task, request.client.host if request.client else "")
    except Busy as error:
        message = f"too many queries wait already; try again in a moment; {state.settings.remedy('busy')}"
        raise Refused(503, message, error.seconds) from error
    except QueryLimitError as error:
        raise Refused(_STATUS[error.limit], f"{error}; {state.settings.remedy(error.limit)}") from error
    except QueryError as error:
        raise Refused(400, str(error)) from error


async def _fields(request: Request) -> dict[str, list[str]]:
    """The parameters of a request, from its address and its body."""
    found: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        found.setdefault(name, []).append(value)
    if request.method != "POST":
        return found
    kind, _, options = request.headers.get("content-type", "").partition(";")
    kind, options = kind.strip().lower(), options.replace(" ", "").replace('"', "").lower()
    if kind == "application/sparql-update":
        raise Refused(403, "this endpoint is read-only: updates are refused")
    if kind not in ("application/sparql-query", "application/x-www-form-urlencoded"):
        raise Refused(415, "send a query as application/sparql-query or application/x-www-form-urlencoded")
    if options and options != "charset=utf-8":
        raise Refused(415, f"only UTF-8 is read, not {options}")
    try:
        text = (await read_body(request, MOST_BODY)).decode("utf-8")
        pairs = (
            [("query", text)]
            if kind == "application/sparql-query"
            else parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
        )
    except ValueError as error:
        raise Refused(400, "the body is not a form or query in UTF-8") from error
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


async def read_body(request: Request, most: int) -> bytes:
    """The body of a request, refused as soon as it is longer than ``most`` bytes, or where it ends too early."""
    content = bytearray()
    try:
        async for piece in request.stream():
            content += piece
            if len(content) > most:
                raise Refused(413, f"the request is longer than {most} bytes")
    except ClientDisconnect as error:
        # Nobody is there to be told; but it is no failure of the server, and fills no log.
        raise Refused(400, "the request ended before its body did") from error
    return bytes(content)


def _dataset(request: Request, state: State, fields: dict[str, list[str]]) -> Dataset:
    """The dataset of the request where it names one.

    Else that of the source. Relative IRIs are relative to the endpoint.
    """
    own = replace(state.settings.source.dataset, base=str(request.url.replace(query="")))
    default, named = fields.get("default-graph-uri"), fields.get("named-graph-uri")
    if default is None and named is None:
        return own
    chosen = [tuple(str(_node(name).value) for name in names or ()) for names in (default, named)]
    return replace(own, default=chosen[0], named=chosen[1])


def _node(address: str) -> NamedNode:
    try:
        return NamedNode(address)
    except ValueError as error:
        raise Refused(400, f"{address!r} is not an IRI") from error


async def _described(request: Request, state: State) -> Response:
    """The service in the terms of SPARQL 1.1 Service Description."""
    accept = request.headers.get("accept", "")
    if wants_html(accept):
        return RedirectResponse("/query", 303)
    form = triples_format(accept, request.query_params.get("format", ""))
    if form is None:
        raise Refused(406, f"none of the formats you accept is offered; these are: {', '.join(TRIPLES.values())}")
    endpoint = str(request.url.replace(query=""))
    service, dataset, default = NamedNode(endpoint), NamedNode(f"{endpoint}#dataset"), NamedNode(f"{endpoint}#default")
    kind = NamedNode(iri("rdf:type"))
    triples = [
        Triple(service, kind, NamedNode(f"{SD}Service")),
        Triple(service, NamedNode(f"{SD}endpoint"), service),
        Triple(service, NamedNode(f"{SD}supportedLanguage"), NamedNode(f"{SD}SPARQL11Query")),
        Triple(service, NamedNode(f"{SD}defaultDataset"), dataset),
        Triple(dataset, kind, NamedNode(f"{SD}Dataset")),
        Triple(dataset, NamedNode(f"{SD}defaultGraph"), default),
        Triple(default, kind, NamedNode(f"{SD}Graph")),
        Triple(
            service,
            NamedNode(iri("rdfs:comment")),
            Literal(
                f"Read-only. A query may take {state.settings.timeout:g} seconds "
                f"and give {state.settings.rows} rows. No SERVICE."
            ),
        ),
    ]
    triples += [Triple(service, NamedNode(f"{SD}resultFormat"), NamedNode(_FORMATS + name)) for name in _RESULT_FORMATS]
    if state.settings.source.dataset.union:
        triples.append(Triple(service, NamedNode(f"{SD}feature"), NamedNode(f"{SD}UnionDefaultGraph")))
    return Response(
        pyoxigraph.serialize(triples, format=GRAPH_FORMATS[form], prefixes={"sd": SD}), media_type=TRIPLES[form]
    )
