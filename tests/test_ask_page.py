"""SPARQL in one file: a graph, an engine and an editor, opened from disk with no network."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest

import kgraph
from kgraph.errors import QueryError
from kgraph.rdf.query import ask, filled_in, named_queries, serialize_answer
from kgraph.views.pages import write_pages
from tests.chromium import settle

pytestmark = pytest.mark.browser
ROWS = "SELECT ?who ?matter WHERE { ?who neg:rejects ?matter } ORDER BY ?who ?matter"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def written(seeds, tmp_path_factory):
    return write_pages(seeds, tmp_path_factory.mktemp("ask"), with_sparql=True)


@pytest.fixture(scope="module")
def asking(written):
    return written["ask"]


def run(page, query: str) -> None:
    page.evaluate("(text) => kgraph.state.set({ view: 'ask', query: text })", query)
    page.wait_for_selector("#outcome:not([hidden])")


def answer(page, query: str, accept: str = "application/sparql-results+json") -> str:
    return page.evaluate("([text, accept]) => kgraph.views.ask.shown().engine.ask(text, accept)", [query, accept])[
        "body"
    ]


def _rows(answered) -> list[str]:
    """Rows in an order of their own; what is joined into one value has no order in SPARQL, so its parts are sorted."""
    rows = []
    for row in answered["results"]["bindings"]:
        for value in row.values():
            value["value"] = "; ".join(sorted(value["value"].split("; ")))
        rows.append(json.dumps(row, sort_keys=True))
    return sorted(rows)


def test_it_answers_from_a_file_as_the_program_does(visit, asking, store):
    page = visit(asking)
    assert page.locator("#ask-view").is_visible()
    page.click("#sparql > summary")
    page.click("#run")
    page.wait_for_selector("#answer .name")
    assert "Vladimir Putin" in page.locator("#answer").inner_text()
    odd = [
        f"# from the texts\n{ROWS}",
        'SELECT ?s WHERE { ?s a neg:Statement FILTER(STR(?s) != "from") }',
        "SELECT ?from WHERE { ?from a neg:Plan }",
        "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/kgraph/id/graph/entities> WHERE { ?s a neg:Statement }",
    ]
    for query in [ROWS, *odd, "ASK { ?s a neg:Statement }", *map(filled_in, named_queries())]:
        ours = json.loads(serialize_answer(ask(store, query), "json"))
        found = json.loads(answer(page, query))
        assert found["head"] == ours["head"] and found.get("boolean") == ours.get("boolean")
        if "results" in ours:
            assert _rows(found) == _rows(ours), query


def test_the_examples_are_the_named_queries(visit, asking):
    page = visit(asking)
    assert set(page.locator("#examples option").evaluate_all("all => all.map((o) => o.value)")) == {
        "",
        *named_queries(),
    }
    page.select_option("#examples", "who-rejected-what")
    page.click("#forms button >> nth=0")
    page.wait_for_selector("#outcome:not([hidden])")
    assert "Moscow rejected the proposal" in page.locator("#answer").inner_text()
    assert "query=" in page.url


def test_a_question_is_put_together_sorted_and_saved(visit, asking, statements):
    page = visit(asking)
    page.click("#together > summary")
    page.fill("#together input >> nth=0", "Russia")
    page.select_option("#together select", "rejects")
    page.click("#together button")
    page.wait_for_selector("#answer table")
    expected = [
        s for s in statements if s.relation == "rejects" and s.object and any(p.label == "Russia" for p in s.parties)
    ]
    assert page.locator("#answer tbody tr").count() == len(expected) > 0
    page.click("#answer th[data-column=confidence] button")
    assert page.locator("#answer th[data-column=confidence]").get_attribute("aria-sort") == "ascending"
    page.click("#answer .columns summary")
    page.uncheck("#answer .columns label:has-text('polarity') input")
    with page.expect_download() as got:
        page.click("[data-download=csv]")
    columns = got.value.path().read_text(encoding="utf-8").splitlines()[0].split(",")
    assert columns == page.locator("#answer thead th").evaluate_all("all => all.map((th) => th.dataset.column)")
    assert "polarity" not in columns and "who" in columns
    page.click("#elsewhere a[data-view=timeline]")
    assert page.locator("#timeline-view").is_visible()
    assert page.locator("#focused-name").inner_text().startswith(f"Only the {len(expected)} statement")


def test_a_row_leads_into_the_network(visit, asking):
    page = visit(asking, "#query=" + quote(ROWS))
    page.wait_for_selector("#answer .name")
    page.locator("#answer a.iri", has_text="20-point peace plan").first.click()
    assert page.locator("#network-view").is_visible()
    assert "20-point peace plan" in page.locator("#evidence h2").inner_text()
    page.go_back()
    assert page.locator("#ask-view").is_visible()


def test_a_statement_leads_to_its_sentence(visit, asking):
    page = visit(asking)
    run(
        page, "SELECT ?s WHERE { ?s rdf:predicate neg:rejects ; rdf:subject <https://w3id.org/kgraph/id/state/russia> }"
    )
    page.wait_for_selector("#answer .name")
    page.locator("#answer a.iri").first.click()
    assert "Moscow rejected the proposal" in page.locator("#evidence mark").inner_text()


def test_an_endless_query_is_stopped_and_the_next_one_answered(visit, asking):
    page = visit(asking)
    with page.expect_worker():
        page.evaluate("(text) => kgraph.state.set({ query: text })", ENDLESS)
    page.wait_for_selector("#stop:enabled")
    page.click("#network-tab")
    page.click("#ask-tab")
    page.click("#stop")
    page.wait_for_selector("#state:has-text('stopped')")
    assert ENDLESS in page.locator("#editor").inner_text()
    run(page, ROWS)
    page.wait_for_selector("#answer .name")


def test_a_mistake_is_shown_where_the_program_shows_it(visit, asking, store):
    page = visit(asking)
    for query in (
        "SELECT * WHERE { ?s foo:bar ?o }",
        "SELECT *\nWHERE {\n  ?s ?p ,\n}",
        "SELECT *\nWHERE {\n  ?s ?p ?o }}",
    ):
        with pytest.raises(QueryError, match=r"line \d+") as refused:
            ask(store, query)
        line = re.search(r"line (\d+)", str(refused.value)).group(1)
        page.evaluate("(text) => kgraph.state.set({ query: text })", query)
        page.wait_for_selector(f"#error:has-text('line {line}, column')")
        assert page.locator(".wrong-line").count() == 1


def test_triples_are_drawn_and_downloaded(visit, asking):
    page = visit(asking)
    run(page, "CONSTRUCT { ?a neg:rejects ?b } WHERE { ?a neg:rejects ?b }")
    page.wait_for_selector("#drawing canvas")
    assert "4 edges" in page.locator("#state").inner_text()
    with page.expect_download() as got:
        page.click("[data-download=ttl]")
    assert got.value.path().read_text(encoding="utf-8").count("rejects") == 4


def test_the_whole_page_works_with_the_engine_inside(visit, written):
    drawn = "[...kgraph.views.network.shown().picture.things.keys()].sort((a, b) => a - b)"
    opening = visit(written["network"]).evaluate(drawn)
    page = visit(written["ask"], "#view=timeline")
    page.wait_for_selector("#lanes .item")
    page.click("#network-tab")
    settle(page)
    assert page.evaluate(drawn) == opening and opening


def test_a_notebook_shows_the_page_in_a_frame(visit, seeds, tmp_path):
    shown = kgraph.open(seeds.folder).show("Moscow", depth=2)
    path = shown.save(tmp_path / "page.html")
    assert "2 steps around Russia" in path.read_text(encoding="utf-8")
    (tmp_path / "notebook.html").write_text(
        f"<!doctype html><body data-ready=yes>{shown._repr_html_()}</body>", encoding="utf-8"
    )
    page = visit(tmp_path / "notebook.html")
    frame = page.frame_locator("iframe")
    frame.locator("#timeline-tab").click()
    assert frame.locator("#timeline-view").is_visible()
    frame.locator("#table-tab").click()
    frame.locator("#statements-body a").first.click()
    assert frame.locator("#evidence mark").count() == 1
