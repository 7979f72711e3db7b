"""The pages in a real browser.

Every view on the seeds, offline, honest about their sentences, and deaf to markup in texts.
"""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from kgraph.build.pipeline import build
from kgraph.model.selection import Selection
from kgraph.namespaces import KG
from kgraph.views.data import page_data
from kgraph.views.explorer import explorer_page, view_names
from tests.chromium import settle
from tests.synthetic import Move, graph_of, random_moves

HOSTILE = (
    "Sweden rejected the <script>alert(1)</script> plan.\n\nPeru signed the </script><img src=x onerror=\"document.title='hit'\"> treaty.\n\n"
    'Kenya proposed a "><img onerror=alert(2)> deal.\n'
)
PLAN = "plan/20-point-peace-plan"
VIEWS = view_names()
SIZES = ({"width": 1440, "height": 900}, {"width": 1280, "height": 720}, {"width": 390, "height": 844})

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def data(seeds):
    return page_data(seeds)


@pytest.fixture(scope="module")
def network(data, tmp_path_factory):
    """The page of the seeds, with all statements left by its filters."""
    path = tmp_path_factory.mktemp("page") / "network.html"
    path.write_text(explorer_page(data, confidence=0.0), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def timeline(data, tmp_path_factory):
    """The same, opening on the timeline."""
    path = tmp_path_factory.mktemp("page") / "timeline.html"
    path.write_text(explorer_page(data, "timeline", confidence=0.0), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """A graph of about 2,000 things, and its page."""
    found = page_data(graph_of(random_moves(3400, 600, 1300)))
    path = tmp_path_factory.mktemp("crowd") / "network.html"
    path.write_text(explorer_page(found, confidence=0.0), encoding="utf-8")
    return path, found


def built(tmp_path, moves) -> Path:
    path = tmp_path / "page.html"
    path.write_text(explorer_page(page_data(graph_of(moves)), confidence=0.0), encoding="utf-8")
    return path


def left(page) -> int:
    return int(page.locator("#left").inner_text().split(" of ")[0].replace(",", ""))


def cards(page) -> list[str]:
    return sorted(page.locator("#evidence article").evaluate_all("all => all.map((one) => one.dataset.statement)"))


def short(address: str) -> str:
    return address.removeprefix(KG)


def undated(found) -> int:
    return sum(not s.date for s in found.statements)


# Every view, with no network


def test_all_views_open_without_a_request_or_a_word_on_the_console(visit, seeds):
    for name in ("network", "timeline"):
        page = visit(seeds.outputs[name])
        assert page.get_attribute("body", "data-view") == name
        for view in VIEWS:
            page.click(f"#{view}-tab")
            settle(page)
            assert page.locator("main > section:visible").get_attribute("id") == f"{view}-view"
        assert page.asked == [page.file]


# Evidence


def test_a_thing_shows_its_sentences(visit, network, seeds):
    page = visit(network)
    page.fill("#search", "20-point peace")
    page.keyboard.press("Enter")
    panel = page.locator("#evidence")
    text = (seeds.folder.parent / "seeds" / "putin-trump-call.txt").read_text(encoding="utf-8")
    marks = panel.locator("mark").all_text_contents()
    assert len(marks) == 2
    assert all(mark in text for mark in marks)
    said = panel.inner_text()
    assert "between 22 December 2025 and 28 December 2025" in said and "2025-12-22/2025-12-28" in said
    assert "Russia rejects 20-point peace plan" in said
    assert "undated (not after 29 December 2025)" in said
    assert "blocked: Russia rejected it" in said
    assert f"{KG}{PLAN}" in said
    assert all(
        words in said
        for words in (
            "affirmed",
            "actual",
            "confidence 0.",
            "According to: the text itself",
            "Reported by: Kremlin",
            "2025-12-29",
        )
    )


def test_the_sentence_is_that_of_the_record(visit, network, records):
    page = visit(network)
    for record in records:
        page.evaluate(
            "(id) => kgraph.state.set({ selected: { kind: 'statement', place: kgraph.model.statementAt(id) } })",
            short(record["id"]),
        )
        assert page.locator("#evidence mark").text_content() == record["quote"]
        assert record["quote"] in page.locator("#evidence blockquote").text_content()
        if record["speakers"]:
            assert " → ".join(s["label"] for s in record["speakers"]) in page.locator("#evidence").inner_text()


# Where a line runs that no other comes near, and that lies on no name: a pointer stands on a whole pixel.
POINT_OF_ITS_OWN = """(id) => {
    const way = network.body.edges[id].edgeType;
    const isItsOwn = (at, dx, dy) => network.getEdgeAt({ x: at.x + dx, y: at.y + dy }) === id;
    const around = [-2, 0, 2].flatMap((dx) => [-2, 0, 2].map((dy) => [dx, dy]));
    return Array.from({ length: 81 }, (_, step) => way.getPoint(0.1 + step / 100, way.getViaNode()))
        .find((point) => around.every(([dx, dy]) => isItsOwn(network.canvasToDOM(point), dx, dy)));
}"""


def test_a_click_on_the_drawing_selects(visit, network, data):
    page = visit(network)
    spot = """(n) => { const at = network.canvasToDOM(n), box = document.querySelector('#mynetwork canvas').getBoundingClientRect();
        return [box.left + at.x, box.top + at.y]; }"""
    ukraine = next(place for place, n in enumerate(data.nodes) if n.id == f"{KG}state/ukraine")
    page.mouse.click(*page.evaluate(spot, page.evaluate("(n) => network.getPosition(n)", ukraine)))
    page.wait_for_selector("#evidence h2:has-text('Ukraine')")
    page.keyboard.press("Escape")
    page.click("#fit")
    line = page.evaluate(
        "kgraph.views.network.shown().picture.lines.sort((a, b) => b.statements.length - a.statements.length)[0]"
    )
    alone = page.evaluate(POINT_OF_ITS_OWN, line["id"])
    page.mouse.click(*page.evaluate(spot, alone))
    page.wait_for_selector("#evidence article")
    assert cards(page) == sorted(short(data.statements[s].id) for s in line["statements"])
    assert page.locator("#evidence h2").inner_text().startswith(data.nodes[line["from"]].label)


def test_an_edge_shows_all_that_is_gathered_in_it(visit, network, data):
    page = visit(network)
    for place, edge in enumerate(data.edges):
        page.evaluate("(place) => kgraph.state.set({ selected: { kind: 'edge', place } })", place)
        assert cards(page) == sorted(short(data.statements[s].id) for s in edge.statements)


def test_the_text_of_a_document_is_whole_and_its_clause_marked(visit, network, data):
    page = visit(network, f"#selected=node:{PLAN}")
    chosen = page.locator("#evidence mark").first.text_content()
    page.locator("#evidence article").first.get_by_role("button", name="Read it in the text").click()
    assert page.locator("#document-text").text_content() == next(
        d.text for d in data.documents if d.id == "putin-trump-call"
    )
    assert "".join(page.locator("#document-text mark.chosen").all_text_contents()) == chosen
    page.keyboard.press("Escape")
    assert not page.locator("#document").is_visible()


def test_the_iri_is_copied(visit, network):
    page = visit(network, f"#selected=node:{PLAN}", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the IRI of this thing").click()
    page.wait_for_selector("#announcement:has-text('copied')", state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == KG + PLAN


def test_sentences_are_copied_with_who_says_so_and_where(visit, network, data):
    page = visit(network, f"#selected=node:{PLAN}", permissions=["clipboard-read", "clipboard-write"])
    many = page.locator("#evidence article").count()
    page.get_by_role("button", name=f"Copy the {many} sentences").click()
    page.wait_for_selector(f"#announcement:has-text('{many} sentences copied')", state="attached")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.count("According to: ") == text.count("Reported by: ") == many == text.count("“")
    assert "Volodymyr Zelensky proposes 20-point peace plan (between 22 December 2025 and 28 December 2025)\n“" in text
    assert all(mark in text for mark in page.locator("#evidence mark").all_text_contents())


def test_where_nothing_can_be_copied_sentences_are_saved(visit, network):
    closed = (
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } })"
    )
    page = visit(network, f"#selected=node:{PLAN}", script=closed)
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("Copy the .* sentences")).click()
    assert download.value.path().read_text(encoding="utf-8").count("According to: ") > 1


# Finding and filtering


def test_search_finds_wordings_and_says_where_nothing_is_called_so(visit, network, data):
    page = visit(network)
    node = next(n for n in data.nodes if n.aliases and n.statements and n.type == "Plan")
    page.fill("#search", node.aliases[0])
    assert node.label in page.locator("#suggestions").inner_text()
    page.keyboard.press("ArrowDown")
    assert page.locator("#search").get_attribute("aria-activedescendant") == "suggestion-0"
    page.keyboard.press("Enter")
    assert node.label in page.locator("#evidence h2").inner_text()
    page.fill("#search", "zzzz")
    assert "Nothing here has that name" in page.locator("#suggestions").inner_text()


def test_the_legend_hides_a_type(visit, network, data):
    page = visit(network)
    shown = "nodes.get().flatMap((n) => kgraph.model.nodes[n.id]?.type ?? [])"
    assert "Person" in page.evaluate(shown)
    page.locator("#no-type input[data-name=Person]").uncheck()
    types = page.evaluate(shown)
    assert types and "Person" not in types
    kept = [
        s
        for s in data.statements
        if data.nodes[s.object].type != "Person" and any(data.nodes[a].type != "Person" for a in s.actors)
    ]
    assert left(page) == len(kept)
    page.locator("#no-type input[data-name=Person]").check()
    assert left(page) == len(data.statements)


@pytest.mark.parametrize("filter", ["actor", "speaker", "text", "document", "issue"])
def test_a_choice_leaves_what_it_names(visit, network, data, filter):
    page = visit(network)
    about = [
        [i for n in (s.object, s.condition, s.content) if n is not None for i in data.nodes[n].issues]
        for s in data.statements
    ]
    lists = {
        "actor": [s.actors for s in data.statements],
        "speaker": [s.speakers for s in data.statements],
        "issue": about,
        "document": [[s.document] for s in data.statements],
        "text": [["text"] * (not s.speakers) for s in data.statements],
    }[filter]
    for value in sorted({v for values in lists for v in values}, key=str):
        page.select_option({"document": "#in-document", "text": "#speaker"}.get(filter, f"#{filter}"), str(value))
        assert left(page) == sum(value in values for values in lists)
    page.click("#reset")
    assert left(page) == len(data.statements)


def test_what_has_one_name_is_told_apart_in_a_choice(visit, tmp_path, data):
    path = tmp_path / "page.html"
    documents = [replace(document, title="Untitled") for document in data.documents]
    path.write_text(explorer_page(replace(data, documents=documents), confidence=0.0), encoding="utf-8")
    page = visit(path)
    titles = [re.sub(r" \(\d+\)$", "", text) for text in page.locator("#in-document option").all_inner_texts()[1:]]
    assert len(set(titles)) == len(documents)
    shown = page.locator("#evidence .documents .name").all_inner_texts()
    assert len(set(shown)) == len(documents)


@pytest.mark.parametrize("group", ["relation", "polarity", "modality"])
def test_a_switch_takes_out_what_it_names(visit, network, data, group):
    page = visit(network)
    for value in sorted({getattr(s, group) for s in data.statements}):
        page.locator(f"input[data-group=no-{group}][data-name={value}]").uncheck()
        assert left(page) == sum(getattr(s, group) != value for s in data.statements)
        page.locator(f"input[data-group=no-{group}][data-name={value}]").check()


def test_confidence_leaves_what_is_as_sure(visit, network, data):
    page = visit(network)
    page.locator("#confidence").fill("80")
    assert left(page) == sum(s.confidence >= 0.8 for s in data.statements) < len(data.statements)


def placed(s) -> tuple[str, str]:
    """The first and the last day on which a statement can stand: what is undated stands at its report."""
    if not s.date and s.reportedOn:
        return s.reportedOn, s.reportedOn
    return s.earliest or "0", s.latest or "9"


def test_the_time_range_and_the_undated_switch_count_right(visit, network, data):
    page = visit(network)
    assert page.locator("#undated-count").inner_text() == str(undated(data))
    page.fill("#from", "2025-12-28")
    page.locator("#from").dispatch_event("change")
    late = [s for s in data.statements if placed(s)[1] >= "2025-12-28"]
    assert left(page) == len(late) > sum(bool(s.date) for s in late)
    page.locator("#undated").uncheck()
    assert left(page) == sum(bool(s.date) for s in late)
    page.fill("#to", "2025-12-27")
    page.fill("#from", "2025-12-22")
    early = [s for s in data.statements if s.date and s.earliest <= "2025-12-27"]
    assert left(page) == len(early)


@pytest.mark.parametrize("day", ["2025-12-27", "2025-12-28", "2025-12-29"])
def test_what_was_known_by_a_day_is_what_an_excerpt_of_that_day_has(visit, network, seeds, day):
    page = visit(network, f"#day={day}")
    assert left(page) == len(page_data(seeds, Selection(as_of=day)).statements)


def test_a_bar_of_the_histogram_chooses_its_time(visit, network, data):
    page = visit(network)
    months = sorted({day[:7] for s in data.statements for day in placed(s) if len(day) == 10})
    year, month = map(int, months[0].split("-"))
    bars = (int(months[-1][:4]) - year) * 12 + int(months[-1][5:]) - month + 1
    assert page.locator("#histogram g.bar").count() == bars
    box = page.locator("#histogram svg").bounding_box()
    page.mouse.click(box["x"] + box["width"] * (bars - 0.5) / bars, box["y"] + box["height"] / 2)
    assert (page.input_value("#from"), page.input_value("#to")) == ("2025-12-01", "2025-12-31")
    assert left(page) == sum(placed(s)[0] <= "2025-12-31" and placed(s)[1] >= "2025-12-01" for s in data.statements)


def drawn(page) -> dict:
    """What the network shows: things, their lines, and what is gathered."""
    return page.evaluate(
        """(() => { const { picture } = kgraph.views.network.shown(); return {
            things: [...picture.things.keys()], lines: picture.lines.map((l) => [l.from, l.to]),
            gathered: picture.bundles.flatMap((b) => b.things), anchors: picture.bundles.map((b) => b.anchor) }; })()"""
    )


def test_focus_shows_the_neighbourhood_and_says_so(visit, network, data):
    page = visit(network, "#selected=node:state/russia")
    near = {next(i for i, n in enumerate(data.nodes) if n.id == f"{KG}state/russia")}
    for depth, name in ((1, "Only what is around it"), (2, "Two steps")):
        page.get_by_role("button", name=name).click()
        near |= {end for e in data.edges if {e.source, e.target} & near for end in (e.source, e.target)}
        found = drawn(page)
        assert {*found["things"], *found["gathered"]} <= near
        inside = [
            s for s in data.statements if {n for n in (*s.actors, s.object, s.condition) if n is not None} <= near
        ]
        assert left(page) == len(inside) < len(data.statements)
        assert f"depth={depth}" in page.url or depth == 1
        steps = "1 step" if depth == 1 else "2 steps"
        assert page.locator("#focused-name").inner_text() == f"Only what is within {steps} of Russia"
    page.click("#no-focus")
    assert left(page) == len(data.statements)
    assert not page.locator("#focused").is_visible()


# The address


def test_a_mailed_view_opens_as_it_was(visit, network, data):
    page = visit(network)
    page.select_option(
        "#actor",
        label=next(o for o in page.locator("#actor option").all_inner_texts() if o.startswith("Vladimir Putin")),
    )
    page.locator("input[data-name=claims]").uncheck()
    page.locator("#undated").uncheck()
    page.click("#timeline-tab")
    page.select_option("#lanes-by", "matter")
    other = visit(network, "#" + page.url.split("#")[1])
    assert left(other) == left(page)
    assert other.evaluate("kgraph.state.address()") == page.evaluate("kgraph.state.address()")
    assert other.locator("#timeline-view").is_visible() and other.input_value("#lanes-by") == "matter"
    assert not other.locator("#undated").is_checked() and not other.locator("input[data-name=claims]").is_checked()


def test_back_and_forward_work(visit, network):
    page = visit(network)
    page.fill("#search", "Ukraine")
    page.keyboard.press("Enter")
    page.click("#positions-tab")
    page.go_back()
    assert page.locator("#network-view").is_visible() and "Ukraine" in page.locator("#evidence h2").inner_text()
    page.go_back()
    assert page.locator("#evidence h2").inner_text() == "Sentences"
    page.go_forward()
    page.go_forward()
    assert page.locator("#positions-view").is_visible()
    page.reload()
    page.wait_for_selector("body[data-ready=yes]", state="attached")
    assert page.locator("#positions-view").is_visible()


def test_a_slider_is_one_step_back(visit, network, data):
    page = visit(network)
    page.locator("input[data-name=claims]").uncheck()
    page.focus("#confidence")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("kgraph.state.now.confidence") == pytest.approx(0.2)
    page.locator("#confidence").blur()
    while page.evaluate("kgraph.state.now.confidence") > 0:
        page.go_back()
        assert not page.locator("input[data-name=claims]").is_checked()
    page.go_back()
    assert page.locator("input[data-name=claims]").is_checked()
    page.evaluate(
        "for (const c of [0.1, 0.2, 0.3]) kgraph.state.set({ confidence: c }, true); kgraph.state.set({ confidence: 0.3 })"
    )
    page.go_back()
    assert page.evaluate("kgraph.state.now.confidence") == 0


def test_an_address_that_names_what_is_not_there_opens_the_page(visit, network, data):
    page = visit(
        network,
        "#view=nonsense&selected=node:no/such&actor=who&from=2025-99-99&confidence=x&depth=9&selected=edge:a|b|c&day=never&no-type=x",
    )
    assert page.locator("#network-view").is_visible()
    assert left(page) == len(data.statements)
    assert page.locator("#reset").is_disabled()
    for kind in ("constructor", "__proto__", "toString", "stance", "link", "box"):
        assert left(visit(network, f"#selected={kind}:x")) == len(data.statements)


# The other views


def test_the_timeline_has_dated_statements_at_their_dates_and_others_at_their_report(visit, timeline, data):
    page = visit(timeline)
    with_day = [n for n, s in enumerate(data.statements) if s.date or s.reportedOn]
    items = page.evaluate(
        "kgraph.views.timeline.shown().items.get().map((i) => ({ statement: i.statement, type: i.type, group: i.group, "
        "reported: i.className.includes('reported'), start: i.start.toISOString().slice(0, 10) }))"
    )
    assert sorted((i["statement"], i["group"]) for i in items) == sorted(
        (n, a) for n in with_day for a in data.statements[n].actors
    )
    for item in items:
        s = data.statements[item["statement"]]
        assert item["reported"] == (not s.date)
        assert item["start"] == (s.earliest if s.date else s.reportedOn)
        assert item["type"] == ("point" if not s.date or s.earliest == s.latest else "range")
    without = len(data.statements) - len(with_day)
    assert page.locator("#no-day button").count() == without
    item = page.locator("#lanes .vis-item .item").first
    item.click()
    page.wait_for_selector(f"#evidence article[data-statement='{item.get_attribute('data-statement')}']")
    dated = sum(bool(s.date) for s in data.statements)
    assert page.locator("#time-count").inner_text().startswith(f"{dated} dated statements, {len(with_day) - dated} on")
    page.locator("#lanes-undated").uncheck()
    assert page.locator("#time-count").inner_text().startswith(f"{dated} dated statements, on")
    assert page.evaluate("kgraph.views.timeline.shown().items.get().every((i) => !i.className.includes('reported'))")


def test_a_lane_is_folded_and_unfolded(visit, timeline):
    page = visit(timeline)
    lane = page.locator("#lanes .lane").first
    words = page.locator("#lanes .item").all_inner_texts()
    assert lane.get_attribute("aria-expanded") == "true"
    lane.click()
    page.wait_for_selector("#lanes .lane[aria-expanded=false]")
    assert len([text for text in page.locator("#lanes .item").all_inner_texts() if text]) < len(
        [text for text in words if text]
    )
    page.locator("#lanes .lane").first.click()
    page.wait_for_function("document.querySelector('#lanes .lane').getAttribute('aria-expanded') === 'true'")


def test_an_imprecise_date_is_drawn_as_the_span_of_its_days(visit, timeline, data):
    page = visit(timeline)
    s = next(s for s in data.statements if s.date == "2025-12-22/2025-12-28")
    span = page.evaluate(
        "(n) => { const i = kgraph.views.timeline.shown().items.get({ filter: (x) => x.statement === n })[0]; return [i.start.toISOString(), i.end.toISOString()]; }",
        data.statements.index(s),
    )
    assert span == ["2025-12-22T00:00:00.000Z", "2025-12-29T00:00:00.000Z"]


def test_the_timeline_zooms_to_a_day_and_ends_where_the_data_end(visit, timeline):
    page = visit(timeline)
    days = "(() => { const w = kgraph.views.timeline.shown().timeline.getWindow(); return (w.end - w.start) / 86400000; })()"
    page.evaluate("kgraph.views.timeline.shown().timeline.setWindow('2025-12-28', '2025-12-29', { animation: false })")
    assert page.evaluate(days) == pytest.approx(1, abs=0.2)
    page.evaluate("kgraph.views.timeline.shown().timeline.setWindow('1980-01-01', '2026-01-01', { animation: false })")
    assert page.evaluate(days) < 40
    page.click("#fit-time")
    fitted = page.evaluate(days)
    page.click("#closer-time")
    page.wait_for_function(f"(fitted) => {days} < fitted", arg=fitted)


@pytest.mark.parametrize("size", SIZES)
def test_every_line_of_the_axis_says_its_day_and_none_lies_beyond_the_data(visit, timeline, size):
    page = visit(timeline, viewport=size)
    page.wait_for_selector("#lanes .vis-time-axis .vis-minor:not(.vis-measure)")
    settle(page)
    marks = page.evaluate(
        """(() => { const end = parseFloat(getComputedStyle(document.getElementById("lanes")).getPropertyValue("--end")),
          left = (one) => new DOMMatrix(getComputedStyle(one).transform).m41;
          const words = [...document.querySelectorAll("#lanes .vis-text.vis-minor:not(.vis-measure)")].map((one) => [left(one), one.textContent]);
          return [...document.querySelectorAll("#lanes .vis-background .vis-grid.vis-minor")].map(left).filter((at) => at < end - 1)
            .map((at) => words.find(([other]) => Math.abs(other - at) < 2)?.[1]); })()"""
    )
    assert len(marks) > 1
    assert all(marks), marks


def test_lives_of_proposals_are_lanes(visit, tmp_path):
    moves = [
        Move("Norway", "proposes", "9-step plan", day="2024-01-05"),
        Move("Sweden", "agreesTo", "9-step plan", day="2024-02-05"),
        Move("Sweden", "signs", "9-step plan", day="2024-03-05"),
        Move("Norway", "signs", "9-step plan", day="2024-03-05"),
    ]
    page = visit(built(tmp_path, moves), "#view=timeline&lanes=life")
    page.wait_for_selector("#lanes .lane:has-text('9-step plan – signed')")
    assert page.locator("#lanes .lane").count() == 1
    assert sorted(page.locator("#lanes .item").all_inner_texts()) == [
        "accepted by Sweden",
        "proposed by Norway",
        "signed by Norway",
        "signed by Sweden",
    ]


def test_positions_are_those_of_the_analysis(visit, network, data):
    page = visit(network, "#view=positions")
    now = [p for p in data.stances if not p.as_of]
    assert page.locator("#matrix button.stance").count() == len(now)
    assert page.locator("#matrix thead th").count() == len({p.issue for p in now})
    page.locator("#matrix tr", has_text="Russia").locator("button").first.click()
    assert "Moscow rejected the proposal" in page.locator("#evidence").inner_text()
    page.locator("#day-slider").fill("0")
    assert page.locator("#day-value").inner_text() == f"as of {data.days[0]}"
    left_then = {p.actor for p in data.stances if p.as_of == data.days[0]}
    assert page.locator("#matrix tbody tr").count() <= len(left_then)
    assert f"day={data.days[0]}" in page.url


def test_time_is_played_from_day_to_day_and_ends_with_all_that_is_known(visit, tmp_path):
    moves = [Move("Norway", "proposes", "9-step plan", day=f"2024-0{n}-05", reported=f"2024-0{n}-05") for n in (1, 3)]
    found = page_data(graph_of(moves))
    path = tmp_path / "page.html"
    path.write_text(explorer_page(found, confidence=0.0), encoding="utf-8")
    page = visit(path, "#view=positions")
    page.click("#play")
    for day in (*found.days, ""):
        page.wait_for_function("(day) => kgraph.state.now.day === day", arg=day)
    assert page.locator("#play").inner_text() == "Play"


def test_rows_are_turned_into_columns_and_persons_counted_with_their_state(visit, network, data):
    page = visit(network, "#view=positions")
    now = [p for p in data.stances if not p.as_of]
    issues = {p.issue for p in now}
    page.locator("#turned").check()
    assert page.locator("#matrix tbody tr").count() == len(issues)
    page.locator("#rolled").check()
    parties = {data.nodes[p.actor].party if data.nodes[p.actor].party is not None else p.actor for p in now}
    assert page.locator("#matrix thead th").count() == len(parties) < len({p.actor for p in now})


def test_positions_change_with_the_day_that_is_asked_and_a_cell_tells_its_history(visit, tmp_path):
    for day, verb in (("2024-01-05", "accepted"), ("2024-04-05", "rejected")):
        text = f"---\npublished: {day}\n---\nNorway {verb} the 6-point peace settlement plan for Chad."
        (tmp_path / f"{verb}.md").write_text(text, encoding="utf-8")
    found = page_data(build([tmp_path / "accepted.md", tmp_path / "rejected.md"], tmp_path / "out"))
    assert found.days == ["2024-01-31", "2024-04-30"]
    path = tmp_path / "page.html"
    path.write_text(explorer_page(found, confidence=0.0), encoding="utf-8")
    page = visit(path, "#view=positions&day=2024-02-20")
    stances = "[...document.querySelectorAll('#matrix .stance')].map((b) => b.getAttribute('aria-label').split(',')[0])"
    assert set(page.evaluate(stances)) == {"accepts"}
    assert page.locator("#day-value").inner_text() == "as of 2024-02-20"
    page.locator("#day-slider").fill("1")
    assert set(page.evaluate(stances)) == {"rejects"}
    page.locator("#matrix .stance").first.click()
    assert "rejects (reported) as of 2024-04-30" in page.locator("#evidence").inner_text()
    assert page.locator(".history li").all_inner_texts() == ["2024-01-31: accepts", "2024-04-30: rejects"]


def test_two_days_stand_side_by_side_with_what_changed(visit, tmp_path):
    said = {
        "2024-03-05": "Norway accepted the 6-point peace settlement plan for Chad.\n\nSweden rejected the 4-point tariff plan.",
        "2024-06-05": "Norway rejected the 6-point peace settlement plan for Chad.\n\nPeru rejected the 4-point tariff plan.",
    }
    for day, text in said.items():
        (tmp_path / f"{day}.md").write_text(f"---\npublished: {day}\n---\n{text}", encoding="utf-8")
    found = page_data(build([tmp_path / f"{day}.md" for day in said], tmp_path / "out", readers=["rules"]))
    march, june = found.days
    path = tmp_path / "page.html"
    path.write_text(explorer_page(found, confidence=0.0), encoding="utf-8")
    page = visit(path, "#view=positions")
    page.select_option("#against", march)
    held = "tr => tr.map((one) => [...one.children].slice(-3).map((cell) => cell.textContent))"
    rows = page.locator("#matrix tbody tr")
    assert page.locator("#matrix thead th").all_inner_texts()[2:] == [
        f"as of {march}",
        "by all the reports",
        "Change",
    ]
    page.locator("#day-slider").fill("1")
    assert ["accepts", "rejects", "changed"] in rows.evaluate_all(held)
    assert ["nothing was read", "rejects", "new"] in rows.evaluate_all(held)
    assert ["rejects", "rejects", ""] in rows.evaluate_all(held)
    assert f"of 3 positions changed: as of {march}, and as of {june}" in page.locator("#positions-count").inner_text()
    page.locator("#changed").check()
    assert {row[2] for row in rows.evaluate_all(held)} == {"changed", "new"}
    page.locator("#matrix .changed .stance").first.click()
    evidence = page.locator("#evidence").inner_text()
    assert f"accepts (reported) as of {march}" in evidence and f"rejects (reported) as of {june}" in evidence
    assert page.locator("#evidence article").count() == 2
    other = visit(path, "#" + page.url.split("#")[1])
    assert other.locator("#matrix tbody").inner_text() == page.locator("#matrix tbody").inner_text()
    page.locator("#day-slider").fill("0")
    page.select_option("#against", june)
    assert page.locator("#matrix thead th").nth(2).inner_text() == f"as of {march}", "the earlier day is the first"
    page.select_option("#against", "")
    assert page.locator("#matrix .change, #matrix.compared").count() == 0


def test_conditions_lead_to_their_outcomes_and_circles_are_marked(visit, tmp_path):
    moves = [
        Move("Norway", "conditionsOn", "9-step deal", condition="4-part truce"),
        Move("Sweden", "conditionsOn", "4-part truce", condition="9-step deal"),
        Move("Peru", "conditionsOn", "6-point offer", condition="3-line note"),
    ]
    page = visit(built(tmp_path, moves), "#view=conditions")
    assert (
        "3 conditions" in page.locator("#conditions-count").inner_text()
        and "2 of them form a circle" in page.locator("#conditions-count").inner_text()
    )
    drawn = page.evaluate(
        "Object.values(kgraph.views.conditions.shown().network.body.edges).map((e) => [e.from.x, e.to.x, e.options.label])"
    )
    assert sorted(label for _, _, label in drawn) == ["Norway ⟲ circle", "Peru", "Sweden ⟲ circle"]
    assert all(left_of < right_of for left_of, right_of, label in drawn if "circle" not in label)
    page.evaluate("kgraph.state.set({ selected: { kind: 'link', place: 0 } })")
    assert page.locator("#evidence article").count() == 1
    page.select_option("#actor", label="Peru (1)")
    assert "1 condition:" in page.locator("#conditions-count").inner_text()


def test_the_table_holds_the_same_statements(visit, network, data, records):
    page = visit(network, "#view=table")
    rows = page.locator("#statements-body tr")
    assert rows.count() == len(data.statements)
    quotes = page.locator("#statements-body mark").all_text_contents()
    assert sorted(quotes) == sorted(r["quote"] for r in records)
    page.locator("input[data-name=rejects]").uncheck()
    assert rows.count() == sum(s.relation != "rejects" for s in data.statements)
    rows.first.get_by_role("button").click()
    assert cards(page) == [rows.first.get_attribute("data-statement")]


# Handing on


def saved(page, way: str) -> bytes:
    page.click("#save summary")
    # A picture of a long table takes its time where several tests share a processor.
    with page.expect_download(timeout=60_000) as got:
        page.click(f"[data-save={way}]", timeout=60_000)
    assert got.value.suggested_filename == f"kgraph-{page.get_attribute('body', 'data-view')}.{way}"
    return got.value.path().read_bytes()


def test_the_shown_part_as_turtle_is_part_of_the_graph(visit, network, store, data):
    page = visit(network, "#no-relation=claims")
    text = saved(page, "ttl")
    triples = list(pyoxigraph.parse(text, format=RdfFormat.TURTLE))
    stated = {(q.subject, q.predicate, q.object) for q in store}
    assert {(t.subject, t.predicate, t.object) for t in triples} <= stated
    kinds = [t for t in triples if t.object.value.endswith("#Statement")]
    assert len(kinds) == left(page) == sum(s.relation != "claims" for s in data.statements)


def test_the_shown_part_as_csv_and_json(visit, network, data, records):
    page = visit(network, "#no-relation=claims")
    kept = [(s, r) for s, r in zip(data.statements, records, strict=True) if s.relation != "claims"]
    rows = list(csv.DictReader(io.StringIO(saved(page, "csv").decode("utf-8"))))
    assert [row["id"] for row in rows] == [s.id for s, _ in kept]
    assert [row["quote"].removeprefix("'") for row in rows] == [r["quote"] for _, r in kept]
    found = json.loads(saved(page, "json"))["statements"]
    assert [one["id"] for one in found] == [s.id for s, _ in kept]
    assert [one["quote"] for one in found] == [r["quote"] for _, r in kept]


@pytest.mark.parametrize("view", list(VIEWS))
def test_every_view_is_saved_as_a_picture(visit, network, view):
    page = visit(network, f"#view={view}")
    settle(page)
    drawing = saved(page, "svg").decode("utf-8")
    ElementTree.fromstring(drawing)
    assert "Putin" in drawing if view != "conditions" else "Russia" in drawing
    picture = saved(page, "png")
    assert picture.startswith(b"\x89PNG") and len(picture) > 10_000
    if view == "conditions":
        # All boxes, and nothing around them.
        least = float(ElementTree.fromstring(drawing).get("width"))
    else:
        drawn = {"positions": "#matrix", "table": "#statements"}.get(view, "main")
        least = page.locator(drawn).bounding_box()["width"] - 2
    assert int.from_bytes(picture[16:20]) >= 2 * least


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_drawing_is_printed_light(visit, network, scheme):
    for view in ("network", "conditions"):
        page = visit(network, f"#view={view}", color_scheme=scheme)
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print", color_scheme=scheme)
        assert page.locator("#picture svg").bounding_box()["height"] > 200
        assert page.locator("#picture svg rect").first.get_attribute("fill") == "#fff"
        assert len(page.locator("#picture svg text").all()) > 4
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert page.locator("#picture svg").count() == 0


def test_characters_that_xml_cannot_hold_break_no_picture(visit, tmp_path):
    page = visit(built(tmp_path, [Move("Nor\x0cway", "rejects", "9-step\x08 plan")]))
    for view in ("network", "timeline", "table"):
        page.click(f"#{view}-tab")
        settle(page)
        ElementTree.fromstring(saved(page, "svg").decode("utf-8"))
        assert saved(page, "png").startswith(b"\x89PNG")


def test_a_page_prints_without_its_controls(visit, network):
    page = visit(network, f"#view=table&selected=node:{PLAN}")
    page.emulate_media(media="print")
    assert not page.locator("#filters").is_visible() and not page.locator("#save").is_visible()
    assert page.locator("#statements-body tr").count() and page.locator("#evidence article").first.is_visible()
    assert len(page.pdf()) > 20_000


# For everyone


def test_the_keyboard_reaches_everything(visit, network, data):
    page = visit(network)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("russia")
    page.keyboard.press("Enter")
    assert "Russia" in page.locator("#evidence h2").inner_text()
    page.focus("#network")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("kgraph.state.now.selected.place")
    russia = next(place for place, n in enumerate(data.nodes) if n.id == f"{KG}state/russia")
    assert page.evaluate("([a, b]) => network.getPosition(a).y > network.getPosition(b).y", [chosen, russia])
    assert data.nodes[chosen].label in page.locator("#announcement").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#evidence h2").inner_text() == "Sentences"
    page.focus("#network-tab")
    page.keyboard.press("ArrowRight")
    assert page.locator("#timeline-view").is_visible() and page.evaluate("document.activeElement.id") == "timeline-tab"
    reached = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "document.activeElement.id || document.activeElement.dataset.name || document.activeElement.className"
            )
        )
    assert {
        "search",
        "from",
        "actor",
        "confidence",
        "lanes-by",
        "lanes",
        "panel",
        "Person",
        "rejects",
    } <= reached
    page.locator("#lanes .item").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("kgraph.state.now.selected.kind") == "statement"
    page.locator("#evidence article a").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("kgraph.state.now.selected.kind") == "node"
    assert page.evaluate("document.activeElement.closest('#panel') !== null")
    page.locator("#evidence .lines summary").click()
    page.locator("#evidence .lines a").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("kgraph.state.now.selected.kind") == "edge"
    page.click("#table-tab")
    page.locator("#statements-body a").nth(3).focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('tr').className") == "chosen"


@pytest.mark.parametrize(("times", "there"), [(1, "stage"), (2, "panel")])
def test_a_leap_past_the_filters_keeps_the_view(visit, network, times, there):
    page = visit(network, "#view=timeline&confidence=0.7")
    for _ in range(times):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == there
    assert page.evaluate("[kgraph.state.now.view, kgraph.state.now.confidence]") == ["timeline", 0.7]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_accessibility_checker_finds_nothing_serious(visit, network, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(network, f"#selected=node:{PLAN}", color_scheme=scheme)
    for view in VIEWS:
        page.click(f"#{view}-tab")
        settle(page)
        found = Axe().run(page).response["violations"]
        assert [
            (v["id"], [n["html"][:200] for n in v["nodes"]][:3])
            for v in found
            if v["impact"] in ("serious", "critical")
        ] == []
    page.evaluate("kgraph.text.open(0)")
    found = Axe().run(page).response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []


def test_the_page_is_dark_where_the_system_is(visit, network):
    page = visit(network, color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 29)"
    before = page.evaluate("edges.get()[0].color.color")
    page.emulate_media(color_scheme="light")
    page.wait_for_function("(before) => edges.get()[0].color.color !== before", arg=before)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_phone_shows_everything_in_its_width(visit, network):
    page = visit(network, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    for view in VIEWS:
        page.locator(f"#{view}-tab").tap()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not page.locator("#filters form").is_visible()
    page.locator("#filters summary").tap()
    assert page.locator("#filters form").is_visible()
    page.evaluate("kgraph.state.set({ view: 'network', selected: { kind: 'node', place: 0 } })")
    assert page.locator("#evidence article").first.bounding_box()["width"] > 300


def test_right_to_left_and_other_scripts_are_written_right(visit, tmp_path):
    moves = [
        Move("جمهورية مصر العربية", "rejects", "خطة السلام من عشرين نقطة"),
        Move("日本国政府", "proposes", "停戦に関する二十項目の和平案および復興計画の枠組み"),
    ]
    page = visit(built(tmp_path, moves))
    page.fill("#search", "خطة")
    page.keyboard.press("Enter")
    assert page.locator("#evidence blockquote").evaluate("(e) => getComputedStyle(e).direction") == "rtl"
    assert "خطة السلام" in page.locator("#evidence h2").inner_text()
    assert "日本国政府" in saved(page, "svg").decode("utf-8")


# Strangers' texts


def test_markup_in_a_text_shows_as_text(visit, tmp_path):
    (tmp_path / "a.txt").write_text(HOSTILE, encoding="utf-8")
    result = build([tmp_path / "a.txt"], tmp_path / "out")
    title = page_data(result).title
    for view in VIEWS:
        page = visit(result.outputs["network"], f"#view={view}&confidence=0")
        assert page.title() == title
        assert page.locator("img").count() == 0
        page.evaluate("kgraph.state.set({ selected: { kind: 'statement', place: 0 } })")
        assert "<script>alert(1)</script> plan" in page.locator("#evidence").inner_text()
        page.evaluate("kgraph.text.open(0)")
        assert "onerror" in page.locator("#document-text").inner_text()
    page.keyboard.press("Escape")
    labels = {
        t.object.value
        for t in pyoxigraph.parse(saved(page, "ttl"), format=RdfFormat.TURTLE)
        if t.predicate.value.endswith("prefLabel")
    }
    assert labels == set(page.evaluate("kgraph.model.nodes.map((n) => n.label)"))
    assert any("<script" in label for label in labels)


# Few things


def test_a_graph_without_statements_is_still_a_page(visit, tmp_path):
    page = visit(built(tmp_path, []))
    for view in (*VIEWS, "network"):
        page.click(f"#{view}-tab")
        settle(page)
    assert "No statement was read" in page.locator("#evidence").inner_text()
    assert "No statement here is dated" in page.locator("#histogram").inner_text()
    assert json.loads(saved(page, "json")) == {"statements": []}


def test_filters_that_leave_nothing_say_so(visit, network):
    page = visit(network, "#from=1950-01-01&to=1950-12-31&undated=no")
    assert "The filters leave no statement" in page.locator("#evidence").inner_text()
    for view in (*VIEWS, "network"):
        page.click(f"#{view}-tab")
    page.click("#reset")
    assert "Most active" in page.locator("#evidence").inner_text()


def test_open_ends_and_far_dates_are_drawn(visit, tmp_path):
    moves = [
        Move("Norway", "rejects", "9-step plan", day="1951-07-10"),
        Move("Norway", "proposes", "8-step plan", day="2022-01-01"),
        Move("Peru", "rejects", "9-step plan", day="2021-12-31"),
    ]
    found = page_data(graph_of(moves))
    dated = {"2022-01-01": ("2022/..", "2022-01-01", ""), "2021-12-31": ("../2021", "", "2021-12-31")}
    changed = [
        replace(
            s,
            **dict(zip(("date", "earliest", "latest"), dated.get(s.date, (s.date, s.earliest, s.latest)), strict=True)),
        )
        for s in found.statements
    ]
    path = tmp_path / "page.html"
    path.write_text(explorer_page(replace(found, statements=changed), confidence=0.0), encoding="utf-8")
    page = visit(path, "#view=timeline")
    page.wait_for_selector("#lanes .open-end.vis-range")
    assert page.evaluate("kgraph.views.timeline.shown().items.get().filter((i) => i.type === 'point').length") == 1
    sure = page.evaluate(
        "[...document.querySelectorAll('#histogram .sure')].filter((r) => r.height.baseVal.value > 0).length"
    )
    assert sure == 1
    window = page.evaluate(
        "(() => { const w = kgraph.views.timeline.shown().timeline.getWindow(); return [w.start.getUTCFullYear(), w.end.getUTCFullYear()]; })()"
    )
    assert window[0] <= 1951 and window[1] >= 2022
    assert page.locator("#lanes .open-start").count() == 1
    page.fill("#from", "1990-01-01")
    page.fill("#to", "1991-12-31")
    assert left(page) == 1


# Every size of window

CARDS = """(() => { const { regions } = kgraph.views.network.shown().places, { clientWidth, clientHeight } = document.getElementById("network");
  return [...regions.values()].every(({ x, y, rx, ry }) => {
    const from = network.canvasToDOM({ x: x - rx, y: y - ry }), to = network.canvasToDOM({ x: x + rx, y: y + ry });
    return from.x >= -1 && from.y >= -1 && to.x <= clientWidth + 1 && to.y <= clientHeight + 1; }); })()"""
BOXES = """(() => { const { network } = kgraph.views.conditions.shown(), { clientWidth } = document.getElementById("condition-graph");
  return network.body.nodeIndices.map((id) => network.getBoundingBox(id)).every(({ left, right, top }) => {
    const from = network.canvasToDOM({ x: left, y: top }), to = network.canvasToDOM({ x: right, y: top });
    return from.x >= 0 && from.y >= 0 && to.x <= clientWidth; }); })()"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("view", "inside"), [("network", CARDS), ("conditions", BOXES)])
def test_all_of_a_picture_lies_on_its_stage(visit, network, view, inside, size):
    assert visit(network, f"#view={view}", viewport=size).evaluate(inside)


@pytest.mark.parametrize(("view", "inside"), [("network", CARDS), ("conditions", BOXES)])
def test_a_picture_follows_the_size_of_its_window(visit, network, view, inside):
    page = visit(network, f"#view={view}")
    for size in SIZES:
        page.set_viewport_size(size)
        page.wait_for_function(f"() => {inside}")
    page.click("#timeline-tab")
    page.set_viewport_size(SIZES[0])
    page.click(f"#{view}-tab")
    page.wait_for_function(f"() => {inside}")


def test_a_reader_who_went_closer_stays_there_in_another_window(visit, network):
    page = visit(network)
    page.click("#closer")
    page.click("#closer")
    page.set_viewport_size({"width": 1200, "height": 760})
    page.wait_for_timeout(300)
    assert not page.evaluate(CARDS)
    page.click("#fit")
    assert page.evaluate(CARDS)


def test_the_timeline_has_the_room_of_its_window(visit, timeline):
    page = visit(timeline, viewport={"width": 1300, "height": 600})
    page.set_viewport_size({"width": 1300, "height": 1800})
    page.wait_for_function(
        """() => { const list = document.getElementById("no-day"), lanes = document.querySelector("#lanes .vis-timeline"),
          view = document.getElementById("timeline-view");
          return lanes.clientHeight > 900 && list.scrollHeight <= list.clientHeight && view.scrollHeight <= view.clientHeight; }"""
    )


# Many things


def test_a_crowd_opens_on_what_can_be_read(visit, crowd):
    path, found = crowd
    page = visit(path)
    things = {end for e in found.edges for end in (e.source, e.target)}
    assert len(things) >= 2000
    shown = drawn(page)
    assert 14 <= len(shown["things"]) <= 80
    assert page.locator("#shown").inner_text().startswith(f"{len(shown['things'])} of {len(things):,} things shown")
    page.click("#show-all", timeout=30_000)
    assert set(drawn(page)["things"]) == things
    page.click("#show-fewer")
    assert drawn(page) == shown


def test_what_is_brought_into_the_picture_leaves_every_card_on_the_stage(visit, crowd):
    page = visit(crowd[0])
    hidden = page.evaluate(
        "[...kgraph.filters.result.degree.keys()].filter((n) => !kgraph.views.network.shown().picture.things.has(n))"
    )
    for thing in hidden[::25]:
        page.click("#fit")
        page.evaluate("(place) => kgraph.state.set({ selected: { kind: 'node', place } })", thing)
        assert page.evaluate(CARDS), thing


def test_no_thing_is_without_a_line_and_what_is_left_out_is_counted(visit, crowd):
    path, found = crowd
    page = visit(path)
    shown = drawn(page)
    assert set(shown["things"]) == {end for line in shown["lines"] for end in line} | set(shown["anchors"])
    neighbours = {}
    for edge in found.edges:
        neighbours.setdefault(edge.source, set()).add(edge.target)
        neighbours.setdefault(edge.target, set()).add(edge.source)
    hidden = {n: len(neighbours[n] - set(shown["things"])) for n in shown["things"]}
    said = page.evaluate(
        """(() => { const { picture } = kgraph.views.network.shown(); return [...picture.things.keys()].map((n) => [n,
            (picture.more.get(n) || 0) + (picture.bundles.find((b) => b.anchor === n)?.things.length || 0)]); })()"""
    )
    assert dict(map(tuple, said)) == hidden


def test_a_thing_of_a_crowd_is_opened_up(visit, crowd):
    path, found = crowd
    page = visit(path)
    place = drawn(page)["anchors"][0]
    page.evaluate("(place) => kgraph.state.set({ selected: { kind: 'node', place } })", place)
    page.get_by_role("button", name=re.compile("Show its .* neighbour")).click()
    neighbours = {end for e in found.edges if place in (e.source, e.target) for end in (e.source, e.target)}
    assert neighbours <= set(drawn(page)["things"])


def test_a_group_of_a_crowd_is_opened(visit, crowd):
    page = visit(crowd[0])
    group = page.evaluate("kgraph.views.network.shown().picture.regions[0].key")
    before = drawn(page)["things"]
    page.evaluate("(place) => kgraph.state.set({ selected: { kind: 'group', place } })", group)
    page.get_by_role("button", name=re.compile("Open: ")).click()
    after = drawn(page)["things"]
    assert set(before) < set(after) and len(after) <= len(before) + 60


def test_a_search_brings_what_is_left_out_onto_the_page(visit, crowd):
    path, found = crowd
    page = visit(path)
    shown = set(drawn(page)["things"])
    joined = {end for e in found.edges for end in (e.source, e.target)}
    place = next(i for i, n in enumerate(found.nodes) if n.type == "State" and i in joined - shown)
    page.fill("#search", found.nodes[place].label)
    page.keyboard.press("Enter")
    now = drawn(page)
    assert place in now["things"]
    assert place in {end for line in now["lines"] for end in line}


@pytest.mark.parametrize("which", ["seeds", "crowd"])
def test_labels_do_not_overlap_at_the_opening(visit, network, crowd, which):
    note = """(() => { window.written = []; const fill = CanvasRenderingContext2D.prototype.fillText;
      CanvasRenderingContext2D.prototype.fillText = function (text, x, y) { const w = this.measureText(text).width;
        if (text.trim()) window.written.push([x - w / 2, y - 5, x + w / 2, y + 5, text]); return fill.apply(this, arguments); }; })()"""
    page = visit(network if which == "seeds" else crowd[0], script=note)
    page.evaluate("window.written = []; network.redraw()")
    boxes = page.evaluate("window.written")
    assert len(boxes) > 20
    for n, (left_edge, top, right, bottom, text) in enumerate(boxes):
        for other in boxes[:n]:
            apart = other[2] <= left_edge or other[0] >= right or other[3] <= top or other[1] >= bottom
            assert apart, f"{text} lies over {other[4]}"


def test_filters_of_a_crowd_leave_what_they_should(visit, crowd):
    path, found = crowd
    page = visit(path, "#undated=no&from=2022-01-01&to=2022-06-30&no-polarity=negative&no-relation=claims")
    kept = [
        s
        for s in found.statements
        if s.date and "2022-01-01" <= s.date <= "2022-06-30" and s.polarity == "positive" and s.relation != "claims"
    ]
    assert left(page) == len(kept) > 50
    page.click("#table-tab")
    assert page.locator("#statements-body tr").count() == min(200, len(kept))
    page.click("#timeline-tab")
    assert page.locator("#time-count").inner_text().startswith(f"{len(kept)} dated statements")
