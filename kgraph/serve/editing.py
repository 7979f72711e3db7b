"""Judging in the browser: what a judgement would change, recording it, undoing it, and building again.

Only a server that was started for it (``--edit``) has these addresses. A judgement is appended to the build's log by
the same code as ``kgraph judge``, and changes the graph at the next build. What changes anything is a POST that carries
the token of the pages: no page of another site can read it, nor send it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from secrets import compare_digest
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kgraph.build.judge import checked, current_user, record
from kgraph.errors import KGraphError, QueryError
from kgraph.identifiers import judgement_iri
from kgraph.link.judgements import (
    ACCEPT,
    APART,
    CORRECT,
    CORRECTABLE,
    MERGE,
    REJECT,
    UNDO,
    VERDICTS,
    Judgement,
    active,
)
from kgraph.model.statement import Statement
from kgraph.model.wording import count
from kgraph.namespaces import KG
from kgraph.serve.judged import folder_of, log_of, made, values
from kgraph.serve.library import VERBS, Card, Library, local_path
from kgraph.serve.pages import page
from kgraph.serve.protocol import Refused, read_body
from kgraph.serve.state import State

Change = Callable[[Request, Mapping[str, str]], Response]
_MOST_BODY = 20_000
_MOST_SHOWN = 5
_DOES = {
    ACCEPT: "A person vouches for this statement. It stays as it is; the graph says who accepted it, when and why.",
    REJECT: "This statement leaves the graph, and with it everything that rests on it alone.",
    CORRECT: "This statement will say what is set here; the words that it was read from stay.",
    MERGE: "The two become one thing, under the first name; all that is said of the second is then said of it.",
    APART: "These words no longer mean this thing but something of their own.",
    UNDO: "The graph is then as if the judgement had never been made. It stays in the log.",
}


@dataclass(frozen=True)
class Preview:
    """What a judgement would change: in words, field by field (field, before, after), and the statements that it is
    about.
    """

    does: str
    fields: tuple[tuple[str, str, str], ...]
    about: str
    cards: tuple[Card, ...]


async def judgements(request: Request) -> Response:
    """``/judgements``: those in force, and whether the graph has them; a POST records one."""
    if request.method == "POST":
        return await _changing(request, _record)
    return await run_in_threadpool(_listed, request)


async def judge(request: Request) -> Response:
    """``/judge?verdict=…&target=…``: what a judgement would change, and the form to make it."""
    return await run_in_threadpool(_asked, request)


async def rebuild(request: Request) -> Response:
    """``/build``, POST alone: builds again, with the judgements made since."""
    return await _changing(request, _build)


def editor(request: Request) -> str:
    """Who judges: whom the proxy names, else the user who runs the server; raises Refused where nobody is named."""
    header = _state(request).settings.user_header
    if header is None:
        return current_user()
    name = request.headers.get(header, "").strip()
    if not name:
        raise Refused(403, f"the proxy does not say in {header} who you are")
    return name


async def _changing(request: Request, change: Change) -> Response:
    """Let a request change something, if it comes from a page of this server."""
    try:
        sent = parse_qs((await read_body(request, _MOST_BODY)).decode(), keep_blank_values=True)
        fields = {name: given[-1].strip() for name, given in sent.items()}
        _check_origin(request, fields.get("token", ""))
        return await run_in_threadpool(change, request, fields)
    except Refused as error:
        return _refused(request, error.status, str(error))
    except UnicodeDecodeError:
        return _refused(request, 400, "what was sent is not UTF-8")
    except KGraphError as error:
        return _refused(request, 400, str(error))


def _check_origin(request: Request, token: str) -> None:
    """Raises Refused for a request that no page of this server sent."""
    # A browser too old for Sec-Fetch-Site still tells the origin of a form; "null" is what our own pages send, which
    # tell nobody where they are.
    origin = request.headers.get("origin", "null")
    is_foreign = origin != "null" and origin.partition("://")[2] != request.headers.get("host")
    if is_foreign or request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise Refused(403, "another site may not judge here")
    if not compare_digest(token.encode(), _state(request).token.encode()):
        raise Refused(403, "this page is older than the server that runs now; open it anew, and judge again")


def _refused(request: Request, status: int, message: str, about: str = "") -> Response:
    """A page that says why nothing was done, and leads back to what was to be judged."""
    library = _state(request).edition.library
    back = (local_path(about), library.label(about)) if about.startswith(KG) and library.known(about) else None
    return page(request, "error.html", status, title="Not done", message=message, back=back)


def _record(request: Request, fields: Mapping[str, str]) -> Response:
    given = replace(_given(fields), who=editor(request), why=fields.get("why", ""))
    record(folder_of(_state(request)), given)
    return RedirectResponse("/judgements", 303)


def _build(request: Request, _: Mapping[str, str]) -> Response:
    editor(request)
    _state(request).start_build()
    return RedirectResponse("/judgements", 303)


def _listed(request: Request) -> Response:
    state = _state(request)
    edition = state.edition
    library, stale = edition.library, edition.stale
    log = log_of(state)
    now = active(log)
    in_force = [made(library, j, stale) for j in reversed(now)]
    gone = {j.target for j in log if j.verdict == UNDO}
    undone = [made(library, j, stale) for j in log if j.id in gone and library.known(judgement_iri(j.id))]
    return page(
        request,
        "judgements.html",
        made=in_force,
        undone=undone,
        waiting=sum(m.waiting for m in in_force) + len(undone),
        stale=sum(not m.applied and not m.waiting for m in in_force),
        building=state.building,
        token=state.token,
    )


def _asked(request: Request) -> Response:
    state = _state(request)
    edition = state.edition
    library = edition.library
    fields = {name: value.strip() for name, value in request.query_params.items()}
    try:
        given = _given(fields)
        if given.verdict in VERDICTS and given.verdict not in _PREVIEWS:
            raise QueryError(f"{given.verdict} is judged on the command line: `kgraph judge {given.verdict} --help`")
        found = checked(edition.graph.store, log_of(state), given)
        preview = _PREVIEWS[found.verdict](library, found)
    except KGraphError as error:
        return _refused(request, 400, str(error), fields.get("target", ""))
    label = "" if found.verdict == UNDO else library.label(found.target)
    others = [library.label(other) if found.verdict == MERGE else other for other in found.others]
    return page(
        request, "judge.html", given=found, label=label, others=others, preview=preview, token=state.token, why=""
    )


def _given(fields: Mapping[str, str]) -> Judgement:
    """The judgement that a form describes; what is left as it was is no correction."""
    others = tuple(line.strip() for line in fields.get("others", "").split("\n") if line.strip())
    # An empty field says nothing, but for the day: that it is not known.
    changes = {
        name: value
        for name in CORRECTABLE
        if (value := fields.get(name)) is not None and value != fields.get(f"was-{name}") and (value or name == "date")
    }
    return Judgement(
        verdict=fields.get("verdict", ""),
        target=fields.get("target", ""),
        who="",
        when="",
        why="",
        others=others,
        document=fields.get("document") or None,
        changes=changes,
    )


def _of_statement(library: Library, given: Judgement) -> Preview:
    statement = library.graph.statement(given.target)
    same = [s for s in library.graph.statements() if s.move == statement.move and s.id != statement.id]
    about = f"Not changed, though told of the same move: {count(len(same), 'other statement')}." if same else ""
    return Preview(_DOES[given.verdict], (), about, (library.card(statement),))


def _of_correction(library: Library, given: Judgement) -> Preview:
    statement = library.graph.statement(given.target)
    before = values(statement)
    fields = tuple(
        (name, _in_words(library, before[name]), _in_words(library, value) or "unknown")
        for name, value in given.changes.items()
    )
    return replace(_of_statement(library, given), fields=fields)


def _of_things(library: Library, given: Judgement) -> Preview:
    playing = [s for s in library.graph.statements() if any(_plays(s, other) for other in given.others)]
    about = f"{count(len(playing), 'statement')} will be about {library.label(given.target)} instead."
    return Preview(_DOES[MERGE], (), about, tuple(library.card(s) for s in playing[:_MOST_SHOWN]))


def _of_wordings(library: Library, given: Judgement) -> Preview:
    words = {other.casefold() for other in given.others}
    playing = [
        s
        for s in library.graph.statements()
        if given.document in (None, s.document)
        and any(
            m.entity == given.target and m.text.casefold() in words for mentions in s.roles().values() for m in mentions
        )
    ]
    about = f"{count(len(playing), 'statement')} will be about something else."
    return Preview(_DOES[APART], (), about, tuple(library.card(s) for s in playing[:_MOST_SHOWN]))


def _of_undoing(library: Library, given: Judgement) -> Preview:
    return Preview(_DOES[UNDO], (), "", ())


_PREVIEWS = {
    ACCEPT: _of_statement,
    REJECT: _of_statement,
    CORRECT: _of_correction,
    MERGE: _of_things,
    APART: _of_wordings,
    UNDO: _of_undoing,
}


def _plays(statement: Statement, thing: str) -> bool:
    return any(mention.entity == thing for mentions in statement.roles().values() for mention in mentions)


def _in_words(library: Library, value: str) -> str:
    return library.label(value) if value.startswith("http") else VERBS.get(value, value)


def _state(request: Request) -> State:
    state: State = request.app.state.kgraph
    return state
