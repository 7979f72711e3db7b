"""The pages for people: home, search, statements with facets, things, documents, the query page."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from json import loads
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode

import pyoxigraph
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from kgraph.assets import asset
from kgraph.errors import KGraphError
from kgraph.link.judgements import CHOICES
from kgraph.model.statement import ACTOR_TYPES, MATTER_TYPES
from kgraph.model.telling import in_short
from kgraph.namespaces import KG, PREFIXES, local_name, short
from kgraph.rdf.query import GRAPH_FORMATS
from kgraph.serve.judged import made_about, values
from kgraph.serve.library import FACETS, PAGE, VERBS, Library, local_path
from kgraph.serve.negotiation import TRIPLES, triples_format, wants_html
from kgraph.serve.protocol import Refused, read_body
from kgraph.serve.state import State, beside
from kgraph.views.desk import FIRST_QUERY, OFFERED, examples
from kgraph.views.explorer import links_to
from kgraph.views.pages import DRAWN
from kgraph.vocabulary import Relation

# What an IRI is written with besides letters and digits.
_OF_IRIS = ":/?#[]@!$&'()*+,;=%"
_ASSET = re.compile(r"[a-z]+(-[a-z]+)*\.(css|js)")
_JUDGED = {*ACTOR_TYPES, *MATTER_TYPES, "Meeting"}
_MOST_LABELS = 2000
_MOST_BODY = 1_000_000
_SCRIPTS = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_MORE_FORMATS = {"ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples"}


@cache
def _environment() -> Any:
    found = Environment(
        loader=FileSystemLoader(Path(str(files("kgraph.serve"))) / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(
        local_path=local_path,
        short=short,
        in_short=in_short,
        local_name=local_name,
        more_formats=_MORE_FORMATS,
        verbs=VERBS,
    )
    return found


def page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page from its template; whatever is not markup of the template is escaped."""
    state: State = request.app.state.kgraph
    edit = state.settings.edit
    shell = {"path": request.url.path, "edit": edit, "navigation": _links(edit), "build_title": state.edition.title}
    text = _environment().get_template(template).render(**shell, **values)
    return HTMLResponse(text, status, {"Content-Security-Policy": _SCRIPTS})


@cache
def _links(edit: bool) -> list[tuple[str, str]]:
    """The pages that every page links to, as those of the build do."""
    return [(f"/{name.removeprefix('/')}", words) for name, words in links_to({**DRAWN, **beside(edit)})]


def _library(request: Request) -> Library:
    state: State = request.app.state.kgraph
    return state.edition.library


def home(request: Request) -> Response:
    """``/``: where to begin."""
    library = _library(request)
    return page(
        request,
        "home.html",
        actors=library.most_active(ACTOR_TYPES),
        matters=library.most_active([*MATTER_TYPES, "Meeting"]),
        documents=library.documents(),
        statements=len(library.graph.statements()),
        latest=[library.card(s) for s in library.narrowed({})[:6]],
    )


def search(request: Request) -> Response:
    """``/search?q=``: things and documents by any of their names; JSON for programs."""
    text = request.query_params.get("q", "")[:200]
    found = _library(request).search(text)
    if not wants_html(request.headers.get("accept", "")):
        return JSONResponse(
            [
                {"iri": f.iri, "label": f.label, "type": f.type, "matched": f.matched, "statements": f.count}
                for f in found
            ]
        )
    return page(request, "search.html", text=text, found=found)


def statements(request: Request) -> Response:
    """``/statements``: all statements, narrowed by facets."""
    library = _library(request)
    chosen = {name: request.query_params[name] for name in FACETS if request.query_params.get(name)}
    found = library.narrowed(chosen)
    number = request.query_params.get("page", "1")
    current = max(1, int(number)) if number.isdecimal() and len(number) < 7 else 1
    shown = [library.card(s) for s in found[(current - 1) * PAGE : current * PAGE]]

    def link(**changes: str | int | None) -> str:
        return "/statements?" + urlencode({k: v for k, v in {**chosen, **changes}.items() if v is not None})

    labels = {
        name: _labels(library, [value]).get(value, value) if value.startswith("http") else value
        for name, value in chosen.items()
    }
    return page(
        request,
        "statements.html",
        total=len(found),
        shown=shown,
        facets=library.facets(found),
        chosen=labels,
        link=link,
        current=current,
        pages=-(-len(found) // PAGE),
        names=FACETS,
    )


def documents(request: Request) -> Response:
    """``/documents``: all documents."""
    return page(request, "documents.html", documents=_library(request).documents())


async def thing(request: Request) -> Response:
    """``/id/…``: whatever the graph knows under this IRI, as a page for people, as RDF for programs."""
    return await run_in_threadpool(_thing, request)


def _unknown(request: Request, address: str, accept: str) -> Response:
    if wants_html(accept):
        message = f"The graph knows nothing under {address}."
        return page(request, "error.html", 404, title="Not found", message=message, back=None)
    # What a program prints may command a terminal.
    return PlainTextResponse(f"The graph knows nothing under {quote(address, safe=_OF_IRIS)}.\n", 404)


def _as_rdf(library: Library, address: str, form: str | None) -> Response:
    if form is None:
        offered = ", ".join(TRIPLES.values())
        return PlainTextResponse(f"none of the formats you accept is offered; these are: text/html, {offered}\n", 406)
    content = pyoxigraph.serialize(library.triples(address), format=GRAPH_FORMATS[form], prefixes=PREFIXES)
    return Response(content, media_type=TRIPLES[form], headers={"Vary": "Accept"})


def _thing(request: Request) -> Response:
    state: State = request.app.state.kgraph
    library = state.edition.library
    address = KG + unquote(request.path_params["path"])
    try:
        known = library.known(address) or bool(library.links(address))
    except ValueError:
        known = False
    wanted = request.query_params.get("format", "")
    accept = request.headers.get("accept", "")
    if not known:
        return _unknown(request, address, accept)
    if wanted in GRAPH_FORMATS or not wants_html(accept):
        return _as_rdf(library, address, triples_format(accept, wanted))
    if "/evidence/" in address and address.startswith(f"{KG}statement/"):
        return RedirectResponse(local_path(address.partition("/evidence/")[0]), 303)
    common: dict[str, Any] = {
        "iri": address,
        "label": library.label(address),
        "kind": library.kind(address),
        "properties": library.properties(address),
        "links": library.links(address),
        "name": library.label,
        "made": made_about(state, library, address) if state.settings.edit else [],
    }
    if common["kind"] == "Document":
        cards = [library.card(s) for s in library.of_document(address)]
        return page(request, "document.html", pieces=library.pieces(address), statements=cards, **common)
    if common["kind"] == "Statement":
        statement = library.graph.statement(address)
        evidence = library.evidence(statement)
        common |= {"values": values(statement), "choices": CHOICES, "evidence": evidence}
        return page(request, "statement.html", card=library.card(statement), **common)
    wordings = library.wordings(address) if common["kind"] in _JUDGED else []
    return page(request, "thing.html", roles=library.roles(address), wordings=wordings, **common)


def query_page(request: Request) -> Response:
    """``/query``: ask by a form or in SPARQL, see rows or a network."""
    state: State = request.app.state.kgraph
    prefixes = PREFIXES if state.settings.source.dataset.prefixes else {}
    settings = {
        "prefixes": prefixes,
        "start": KG,
        "first": FIRST_QUERY,
        "relations": [{"id": relation, "label": relation.traits.verb} for relation in Relation],
        "types": OFFERED,
    }
    return page(request, "query.html", examples=examples(), settings=settings)


async def labels(request: Request) -> Response:
    """``/labels``: a JSON list of IRIs, answered by what they are called, so that tables need not show bare IRIs."""
    try:
        wanted = loads(await read_body(request, _MOST_BODY))
        addresses = [str(address) for address in wanted][:_MOST_LABELS] if isinstance(wanted, list) else []
    except Refused as error:
        return error.response()
    except (ValueError, RecursionError):
        return PlainTextResponse("send a JSON list of IRIs\n", 400)
    return JSONResponse(await run_in_threadpool(_labels, _library(request), addresses))


def _labels(library: Library, addresses: list[str]) -> dict[str, str]:
    found = {}
    for address in addresses:
        try:
            found[address] = library.label(address)
        except ValueError:
            continue
    return found


def drawn(request: Request) -> Response:
    """``/network.html``, ``/timeline.html``, ``/analysis.html``.

    The pages of the build; they carry a policy of their own.
    """
    state: State = request.app.state.kgraph
    name = request.url.path.rpartition("/")[2]
    return HTMLResponse(state.edition.pages[name], headers={"Content-Security-Policy": "frame-ancestors 'none'"})


def static(request: Request) -> Response:
    """``/static/…``: styles, scripts and the front-end libraries."""
    name = request.path_params["name"]
    if not _ASSET.fullmatch(name):
        return PlainTextResponse("there is nothing of this name\n", 404)
    try:
        if name == "vis-network.js":
            return FileResponse(Path(str(files("pyvis"))) / "lib" / "vis-9.1.2" / "vis-network.min.js")
        return FileResponse(asset(name))
    except KGraphError:
        return PlainTextResponse(f"there is nothing at {quote(request.url.path)}\n", 404)
