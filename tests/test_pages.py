"""The pages in a real browser: offline, honest about their sentences, and deaf to markup in texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.build import build
from kgraph.namespaces import KG
from kgraph.views.data import page_data

HOSTILE = ('Sweden rejected the <script>alert(1)</script> plan.\n\nPeru signed the </script><img src=x onerror="document.title=\'hit\'"> treaty.\n\n'
           'Kenya proposed a "><img onerror=alert(2)> deal.\n')

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(browser):
    contexts = []

    def opened(path: Path):
        context = browser.new_context(viewport={"width": 1300, "height": 800})
        contexts.append(context)
        page = context.new_page()
        page.noise, page.asked = [], []
        page.on("console", lambda message: page.noise.append(message.text))
        page.on("pageerror", lambda error: page.noise.append(str(error)))
        page.on("dialog", lambda dialog: page.noise.append("dialog " + dialog.message))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(path.resolve().as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def test_the_network_asks_for_nothing(visit, seeds):
    page = visit(seeds.outputs["network"])
    page.wait_for_timeout(500)
    assert page.asked == [seeds.outputs["network"].resolve().as_uri()]
    assert page.noise == []
    assert page.locator("#mynetwork canvas").count() == 1


def test_everything_is_drawn(visit, seeds, store):
    page = visit(seeds.outputs["network"])
    data = page_data(store)
    assert page.evaluate("nodes.length") == len(data.nodes)
    assert page.evaluate("edges.length") == len(data.edges)
    assert page.locator("#table tbody tr").count() == len(data.statements)


def test_a_thing_shows_its_sentences(visit, seeds):
    page = visit(seeds.outputs["network"])
    page.fill("#search", "20-point peace plan")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    text = (seeds.folder.parent / "seeds" / "putin-trump-call.txt").read_text(encoding="utf-8")
    marks = panel.locator("mark").all_inner_texts()
    assert len(marks) == 2
    assert all(" ".join(mark.split()) in " ".join(text.split()) for mark in marks)
    assert "between 22 December 2025 and 28 December 2025" in panel.inner_text()
    assert "Russia rejects 20-point peace plan" in panel.inner_text()


def test_an_edge_shows_its_sentences(visit, seeds):
    page = visit(seeds.outputs["network"])
    spot = page.evaluate("""() => {
        const edge = edges.get().find((e) => e.label.startsWith('claims'));
        network.fit({nodes: [edge.from, edge.to]});
        const a = network.getPosition(edge.from), b = network.getPosition(edge.to);
        network.body.emitter.emit('click', {nodes: [], edges: [edge.id]});
        return [a, b];
    }""")
    assert len(spot) == 2
    assert "claims" in page.locator("#panel h2").inner_text()
    assert page.locator("#panel mark").count() == 1


def test_a_click_on_the_canvas_selects_the_thing(visit, seeds):
    page = visit(seeds.outputs["network"])
    page.wait_for_timeout(300)
    place = page.evaluate("""() => { network.focus('%sstate/ukraine', {scale: 1.4}); return network.canvasToDOM(network.getPosition('%sstate/ukraine')); }""" % (KG, KG))
    box = page.locator("#mynetwork").bounding_box()
    page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])
    page.wait_for_timeout(300)
    assert page.locator("#panel h2").inner_text().startswith("Ukraine")


def test_the_legend_hides_a_type(visit, seeds):
    page = visit(seeds.outputs["network"])
    page.locator("#legend input[data-type=Person]").uncheck()
    assert page.evaluate("nodes.get().filter((n) => n.hidden).length") == 3


def test_markup_in_a_text_shows_as_text(visit, tmp_path):
    (tmp_path / "a.txt").write_text(HOSTILE, encoding="utf-8")
    result = build([tmp_path / "a.txt"], tmp_path / "out")
    for name in ("network", "timeline"):
        page = visit(result.outputs[name])
        page.wait_for_timeout(300)
        assert page.noise == []
        assert page.title().startswith("Negotiation")
        assert page.locator("img").count() == 0
        if name == "network":
            page.locator("#table summary").click()
        assert "<script>alert(1)</script> plan" in page.locator("body").inner_text()
        assert "onerror" in page.locator("body").inner_text()


def test_the_timeline_lists_dated_and_undated(visit, seeds, records):
    page = visit(seeds.outputs["timeline"])
    dated = sum(bool(r["date"]) for r in records)
    assert f"Dated ({dated})" in page.locator("main").inner_text()
    assert page.locator("article").count() == len(records)
    assert page.asked == [seeds.outputs["timeline"].resolve().as_uri()]


def test_the_page_is_small(seeds):
    assert seeds.outputs["network"].stat().st_size < 2_000_000
    assert "https://cdn" not in seeds.outputs["network"].read_text(encoding="utf-8")


def test_a_large_graph_opens_on_its_most_connected_things():
    from kgraph.views.data import Edge, Node, PageData
    from kgraph.views.network import MOST_NODES, excerpt

    nodes = [Node(f"n{i:04}", f"thing {i}", "Measure", i % 7 + 1, []) for i in range(1000)]
    edges = [Edge(f"e{i}", f"n{i:04}", f"n{i + 1:04}", "meets", [], False) for i in range(999)]
    shown = excerpt(PageData(nodes, edges, [], []))
    assert len(shown.nodes) == MOST_NODES
    assert min(n.statements for n in shown.nodes) >= 5
    kept = {n.id for n in shown.nodes}
    assert all(e.source in kept and e.target in kept for e in shown.edges)
