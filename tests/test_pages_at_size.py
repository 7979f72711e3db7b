"""The pages of sixty texts about five talks: readable when they open, and honest about what they leave out."""

from __future__ import annotations

import json

import pytest

from kgraph.analysis.corpus import Corpus
from kgraph.analysis.positions import positions
from kgraph.build.pipeline import build
from kgraph.model.selection import Selection
from kgraph.views.data import page_data
from kgraph.views.explorer import CONFIDENCE, view_names
from kgraph.views.packing import packed
from tests.real_sized import MANY, TALKS, write_corpus

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Labels that are drawn, with where they stand on the page.
WRITTEN = """(() => { window.written = []; const fill = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    if (text.trim()) window.written.push(text.trim()); return fill.apply(this, arguments); }; })()"""
PICTURE = """(() => { const { picture } = kgraph.views.network.shown(); return {
    regions: picture.regions.map((r) => ({ key: r.key, shown: r.shown, things: r.things.length, statements: r.statements })),
    things: [...picture.things.keys()], out: picture.out,
    ends: picture.lines.flatMap((l) => [l.from, l.to]), anchors: picture.bundles.map((b) => b.anchor) }; })()"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sixty")
    result = build([write_corpus(folder / "texts")], folder / "out")
    assert sum(1 for _ in result.documents()) == MANY
    return result


@pytest.fixture(scope="module")
def data(built):
    return page_data(built)


@pytest.fixture
def network(built):
    return built.outputs["network"]


def left(page) -> int:
    return int(page.locator("#left").inner_text().split(" of ")[0].replace(",", ""))


def test_it_is_as_large_as_it_says(data):
    assert len(data.documents) > 50
    assert sorted(one.label for one in data.negotiations) == sorted(TALKS)
    assert len(data.statements) > 300


def test_the_opening_says_what_it_leaves_out_and_why(visit, network, data):
    page = visit(network)
    sure = [s for s in data.statements if s.confidence >= CONFIDENCE]
    assert left(page) == len(sure) < len(data.statements)
    assert page.locator("#unsure").inner_text() == (f"{len(data.statements) - len(sure)} less sure ones are left out")
    assert page.locator("#confidence-value").inner_text() == f"{CONFIDENCE:.2f}"
    page.locator("#confidence").fill("0")
    assert left(page) == len(data.statements)
    assert page.locator("#unsure").inner_text() == ""


def test_the_network_opens_on_the_talks_with_no_thing_without_a_line(visit, network, data):
    page = visit(network)
    found = page.evaluate(PICTURE)
    assert len(found["regions"]) >= 3
    assert 14 <= len(found["things"]) <= 80
    assert set(found["things"]) == {*found["ends"], *found["anchors"]}
    told = {region["key"]: region["statements"] for region in found["regions"]}
    for key, statements in told.items():
        assert statements == sum(s.negotiation == key and s.confidence >= CONFIDENCE for s in data.statements)


def test_hubs_are_named_and_no_label_has_more_than_eight_words(visit, network, data):
    page = visit(network, script=WRITTEN)
    page.evaluate("window.written = []; network.redraw()")
    written = page.evaluate("window.written")
    assert max(len(text.split()) for text in written) <= 8
    found = page.evaluate(PICTURE)
    told = page.evaluate("Object.fromEntries(kgraph.filters.result.degree)")
    for region in found["regions"]:
        hub = max(region["shown"], key=lambda n: (told[str(n)], -n))
        first = page.evaluate("(text) => text.split(/\\s+/).slice(0, 2).join(' ')", data.nodes[hub].label)
        assert any(text.startswith(first.split()[0]) for text in written), data.nodes[hub].label


def test_a_filter_leaves_what_a_selection_of_the_graph_has(visit, network, data, built):
    page = visit(network, "#confidence=0")
    for day in ("1974-01-16", data.until):
        page.evaluate("(day) => kgraph.state.set({ day })", day)
        assert left(page) == len(Selection(as_of=day).apply(built.statements()))
    page.click("#reset")
    page.evaluate("kgraph.state.set({ confidence: 0 })")
    for relation in ("rejects", "proposes", "callsFor"):
        page.locator("#no-relation .switch", has=page.locator(f"[data-name={relation}]")).locator("button").click()
        assert left(page) == len(Selection(relations=(relation,)).apply(built.statements()))
    page.get_by_role("button", name="All relations").click()
    assert left(page) == len(data.statements)
    page.get_by_role("button", name="None of relations").click()
    assert left(page) == 0


def test_counts_follow_the_filters(visit, network, data):
    page = visit(network, "#confidence=0")
    talk = next(n for n, one in enumerate(data.negotiations) if one.label == "Canal talks")
    page.select_option("#negotiation", str(talk))
    inside = [s for s in data.statements if s.negotiation == talk]
    assert left(page) == len(inside)
    for relation in {s.relation for s in data.statements}:
        shown = page.locator(f"#no-relation [data-count={relation}]").inner_text()
        assert shown == str(sum(s.relation == relation for s in inside))
    assert len(page.evaluate(PICTURE)["regions"]) == 1


def test_a_group_opens_and_the_rest_stays(visit, network):
    page = visit(network)
    first = page.evaluate(PICTURE)
    region = next(r for r in first["regions"] if r["things"] > len(r["shown"]))
    page.evaluate("(place) => kgraph.state.set({ selected: { kind: 'group', place } })", region["key"])
    page.locator("#evidence .actions button").first.click()
    after = page.evaluate(PICTURE)
    assert set(first["things"]) <= set(after["things"])
    assert len(next(r for r in after["regions"] if r["key"] == region["key"])["shown"]) > len(region["shown"])


def test_positions_are_those_of_the_analysis(visit, network, data, built):
    page = visit(network, "#view=positions&confidence=0")
    held = positions(Corpus(built))
    assert page.locator("#matrix button.stance").count() == len(held)
    assert page.locator("#matrix").bounding_box()["width"] < 2400


def test_nothing_scrolls_sideways_on_a_phone(visit, network, built):
    page = visit(network, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    for view in view_names():
        page.evaluate("(view) => kgraph.state.set({ view })", view)
        page.wait_for_timeout(200)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, view


def test_the_files_of_a_build_link_to_each_other(built):
    pages = {name: built.outputs[name].read_text(encoding="utf-8") for name in ("network", "timeline", "analysis")}
    assert 'href="analysis.html"' in pages["network"] and 'href="analysis.html"' in pages["timeline"]
    assert 'href="network.html"' in pages["analysis"] and 'href="timeline.html"' in pages["analysis"]


def test_the_data_of_a_page_are_less_than_half_of_what_they_are_plainly(data):
    plain = len(json.dumps(data.as_json(), ensure_ascii=False, separators=(",", ":")))
    texts = sum(len(source.text) for source in data.documents)
    carried = len(json.dumps(packed(data), ensure_ascii=False, separators=(",", ":")))
    assert carried - texts < (plain - texts) / 2
