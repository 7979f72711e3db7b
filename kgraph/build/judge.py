"""Judging: checks a decision against the graph, and writes it into the build's log; the next build applies it."""

from __future__ import annotations

import getpass
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import Store

from kgraph.build.folder import claim_folder
from kgraph.errors import QueryError, UnknownNameError
from kgraph.files import write_file
from kgraph.identifiers import given_negotiation_iri
from kgraph.link.judgements import (
    ACCEPT,
    ADD,
    APART,
    CORRECT,
    DIFFERENT,
    JUDGEMENTS,
    MERGE,
    MOVE,
    NAME,
    REJECT,
    RENAME,
    SHAPED,
    UNDO,
    VERDICTS,
    Judgement,
    active,
    check_changes,
    is_unwritable,
    read_log,
    write_log,
)
from kgraph.namespaces import iri, local_name
from kgraph.rdf.lookup import (
    ACTOR_CLASSES,
    NEGOTIATION_CLASSES,
    THING_CLASSES,
    find_statement,
    find_thing,
    find_things,
    is_actor,
)
from kgraph.rdf.mapping import Columns
from kgraph.rdf.read import GraphReader
from kgraph.rdf.store import judging_lock, open_store
from kgraph.vocabulary import Term

# What may take the place of what, and what it is called where there is none of that name.
_CLASSES = {"actor": ACTOR_CLASSES, "object": THING_CLASSES, "condition": THING_CLASSES}
_KINDS = {"actor": "actor", "object": "thing", "condition": "thing"}


def record(output: str | Path, given: Judgement, server: str | None = None) -> Judgement:
    """Write a judgement into the log of a build's folder; the next build applies it. A build that runs meanwhile has
    read the log already, and does not stand in the way.

    Its ``target`` and ``others`` are names or IRIs (wordings, for keep-apart; ids of documents, for move and add, whose
    target may also be the name of a negotiation that is to be). Where ``who`` is empty it is the user who runs this,
    where ``when`` is, now. Returns it as it stands in the log. Raises UnknownNameError or QueryError where it does not
    fit the graph; nothing is recorded then.
    """
    folder = Path(output)
    if not given.why.strip():
        raise QueryError("a judgement needs a reason (--why)")
    store = open_store(server or folder)
    signed = replace(
        given,
        who=given.who or current_user(),
        when=given.when or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        why=given.why.strip(),
    )
    claim_folder(folder)
    with judging_lock(folder):
        log = read_log(folder / JUDGEMENTS)
        found = checked(store, log, signed)
        write_file(folder / JUDGEMENTS, write_log([*log, found]))
    return found


def current_user() -> str:
    """The user who runs this; raises QueryError where the system does not know."""
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise QueryError("the system does not know who you are; say who decides (--by NAME)") from error


def checked(store: Store, log: list[Judgement], given: Judgement) -> Judgement:
    """The judgement with IRIs for names; raises UnknownNameError or QueryError where it does not fit the graph, or has
    been made already.
    """
    checks = {
        MERGE: _several,
        DIFFERENT: _several,
        APART: _apart,
        MOVE: _documents,
        ADD: _documents,
        RENAME: _rename,
        ACCEPT: _statement,
        REJECT: _statement,
        CORRECT: _correct,
    }
    if given.verdict not in VERDICTS:
        raise UnknownNameError("verdict", given.verdict, VERDICTS)
    texts = (given.why, given.who, given.target, given.document or "", *given.others, *given.changes.values())
    if any(is_unwritable(text) for text in texts):
        raise QueryError(
            "the judgement holds control characters, or is not written in UTF-8; correct the terminal's encoding"
        )
    if given.verdict == UNDO:
        return _undo(log, given)
    found = checks[given.verdict](store, given)
    if any(
        (j.verdict, j.target, j.others, j.document, dict(j.changes))
        == (found.verdict, found.target, found.others, found.document, dict(found.changes))
        for j in active(log)
    ):
        raise QueryError("this has been judged already; see `kgraph judge list`")
    return found


def _several(store: Store, given: Judgement) -> Judgement:
    """Things that are one or are not; negotiations can be merged, too."""
    classes = (*THING_CLASSES, *NEGOTIATION_CLASSES) if given.verdict == MERGE else THING_CLASSES
    target = find_thing(store, given.target, classes)
    others = tuple(find_thing(store, other, classes) for other in given.others)
    if not others or target in others:
        told = "those that are the same" if given.verdict == MERGE else "those that are something else"
        raise QueryError(f"{given.verdict} needs two different things: the one that stays, and {told}")
    if len({"/negotiation/" in thing for thing in (target, *others)}) > 1:
        raise QueryError("a negotiation can only be merged with negotiations")
    if given.verdict == MERGE and len({is_actor(store, thing) for thing in (target, *others)}) > 1:
        raise QueryError("a party and a matter cannot be one thing")
    return replace(given, target=target, others=others)


def _documents(store: Store, given: Judgement) -> Judgement:
    """Documents, by their ids, into a negotiation that there is, or a new one of that name."""
    columns = Columns(store, whole=False)
    documents = columns.subjects(iri("rdf:type"), Term.Document)
    known = {columns.first(document, iri("dcterms:identifier")) or "": document for document in documents}
    if not given.others:
        raise QueryError(f"{given.verdict} needs the ids of the documents")
    if not given.target.strip():
        raise QueryError(f"{given.verdict} needs the name of a negotiation (--to)")
    for document in given.others:
        if document not in known:
            raise UnknownNameError("document", document, known)
    try:
        found = find_things(store, given.target, NEGOTIATION_CLASSES, "negotiation")
    except UnknownNameError:
        found = []
    called = [thing for thing in found if given.target in (thing, columns.first(thing, iri("skos:prefLabel")))]
    if len(called) == 1:
        return replace(given, target=called[0])
    return replace(given, target=given_negotiation_iri(given.target), changes={NAME: given.target.strip()})


def _rename(store: Store, given: Judgement) -> Judgement:
    if not given.changes.get(NAME, "").strip():
        raise QueryError("rename needs the new name")
    return replace(given, target=find_thing(store, given.target, NEGOTIATION_CLASSES, "negotiation"))


def _apart(store: Store, given: Judgement) -> Judgement:
    target = find_thing(store, given.target)
    properties = GraphReader(store).properties(target)
    wordings = {w.casefold(): w for name in ("skos:altLabel", "skos:prefLabel") for w in properties.get(iri(name), ())}
    if not given.others:
        raise QueryError("keep-apart needs the wordings that mean something else")
    for wording in given.others:
        if wording.casefold() not in wordings:
            raise UnknownNameError(f"wording of {given.target!r}", wording, wordings.values())
    return replace(given, target=target)


def _statement(store: Store, given: Judgement) -> Judgement:
    return replace(given, target=find_statement(store, given.target))


def _correct(store: Store, given: Judgement) -> Judgement:
    found = _statement(store, given)
    if not given.changes:
        raise QueryError("correct needs at least one --set FIELD=VALUE")
    try:
        check_changes(given.changes)
    except ValueError as error:
        raise QueryError(str(error)) from error
    changes = dict(given.changes)
    properties = GraphReader(store).properties(found.target)
    relation = local_name(properties[iri("rdf:predicate")][0])
    if changes.get("relation", relation) != relation and (relation in SHAPED or changes["relation"] in SHAPED):
        raise QueryError(
            f"{relation} cannot become {changes['relation']}: {', '.join(SHAPED)} have roles of their own; "
            "reject the statement instead"
        )
    for name, predicate in (
        ("actor", iri("rdf:subject")),
        ("object", iri("rdf:object")),
        ("condition", Term.condition),
    ):
        if name in changes:
            if predicate not in properties:
                raise QueryError(f"the statement has no {name} that could be corrected")
            changes[name] = find_thing(store, changes[name], _CLASSES[name], _KINDS[name])
    return replace(found, changes=changes)


def _undo(log: list[Judgement], given: Judgement) -> Judgement:
    known = {j.id: j for j in active(log)}
    found = [ident for ident in known if given.target and ident.startswith(given.target)]
    if len(found) != 1:
        raise UnknownNameError("judgement", given.target, known or ("(none is in force)",))
    return replace(given, target=found[0])
