"""The pages of sixty texts about five talks: readable when they open, and honest about what they leave out."""

from __future__ import annotations

import json
import re
from xml.sax.saxutils import escape

import pytest

from kgraph.analysis.corpus import Corpus
from kgraph.analysis.positions import positions
from kgraph.build.pipeline import build
from kgraph.model.selection import Selection
from kgraph.model.telling import in_short
from kgraph.views.data import page_data
from kgraph.views.explorer import CONFIDENCE, view_names
from kgraph.views.packing import packed
from kgraph.vocabulary import Modality, Polarity
from tests.chromium import settle
from tests.real_sized import MANY, TALKS, write_corpus

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Labels that are drawn, with where they stand on the page.
WRITTEN = """(() => { window.written = []; window.boxes = []; const fill = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    if (text.trim()) { window.written.push(text.trim());
      const wide = this.measureText(text).width, left = x - { center: wide / 2 }[this.textAlign];
      window.boxes.push([left, y - 6, left + wide, y + 6, text.trim()]); }
    return fill.apply(this, arguments); }; })()"""
CARDS = """(() => { const { regions } = kgraph.views.network.shown().places, { clientWidth } = document.getElementById("network");
  return [...regions.values()].every(({ x, y, rx }) =>
    network.canvasToDOM({ x: x - rx, y }).x >= -1 && network.canvasToDOM({ x: x + rx, y }).x <= clientWidth + 1); })()"""
PICTURE = """(() => { const { picture } = kgraph.views.network.shown(); return {
    regions: picture.regions.map((r) => ({ key: r.key, shown: r.shown, things: r.things, statements: r.statements })),
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
    assert page.locator("#unsure").inner_text() == (
        f"{len(data.statements) - len(sure)} less certain ones are left out"
    )
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
    page.evaluate("window.written = []; window.boxes = []; network.redraw()")
    written = page.evaluate("window.written")
    assert max(len(text.split()) for text in written) <= 8
    assert not overlapping(page.evaluate("window.boxes"))
    found = page.evaluate(PICTURE)
    told = page.evaluate("Object.fromEntries(kgraph.filters.result.degree)")
    for region in found["regions"]:
        hubs = sorted(region["shown"], key=lambda n: (-told[str(n)], n))[:2]
        for hub in hubs:
            assert first_line(data.nodes[hub].label) in written, data.nodes[hub].label
        assert data.negotiations[region["key"]].label in " ".join(written), "groups have their titles"


def overlapping(boxes) -> list[tuple[str, str]]:
    """The texts that lie over each other; boxes are left, top, right, bottom and the text."""
    return [
        (one[4], other[4])
        for n, one in enumerate(boxes)
        for other in boxes[:n]
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]


def first_line(label: str) -> str:
    """What the page writes of a label in its first line: whole words, 24 letters at most."""
    line = ""
    for word in re.split(r"(?<=\s)", label):
        if line and len(line + word) > 24:
            break
        line += word
    return line.strip()


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
    page.get_by_role("button", name="No relations").click()
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


NAMED = """(() => { const { picture, places } = kgraph.views.network.shown(), body = network.body.nodes, scale = network.getScale();
  const region = picture.regions.find((r) => r.open), card = places.regions.get(region.key), middle = network.canvasToDOM(card);
  return { hubs: [...region.shown].sort((a, b) => kgraph.filters.result.degree.get(b) - kgraph.filters.result.degree.get(a)).slice(0, 4),
    shown: region.shown, card: [middle.x - card.rx * scale, middle.y - card.ry * scale, middle.x + card.rx * scale, middle.y + card.ry * scale],
    stage: [document.getElementById("network").clientWidth, document.getElementById("network").clientHeight] }; })()"""


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def open_a_group(page) -> None:
    """Open the largest group as a reader does: by the panel."""
    talk = page.evaluate(PICTURE)["regions"][0]["key"]
    page.evaluate("(place) => kgraph.state.set({ selected: { kind: 'group', place } })", talk)
    page.locator("#evidence .actions button").first.click()


@pytest.mark.parametrize("phone", [False, True])
def test_an_opened_group_fills_the_stage_and_most_of_it_is_named(visit, network, data, phone):
    options = PHONE if phone else {}
    page = visit(network, script=WRITTEN, **options)
    open_a_group(page)
    if phone:
        assert not page.locator("#panel").is_visible(), "the panel lay over what was opened"
    settle(page)
    page.evaluate("window.written = []; window.boxes = []; network.redraw()")
    written, boxes, found = page.evaluate("window.written"), page.evaluate("window.boxes"), page.evaluate(NAMED)
    assert not overlapping(boxes)
    left, top, right, bottom = found["card"]
    wide, tall = found["stage"]
    shares = sorted([(right - left) / wide, (bottom - top) / tall])
    assert shares[0] > 0.65 and shares[1] > 0.85, found
    named = [n for n in found["shown"] if first_line(data.nodes[n].label) in written]
    assert set(found["hubs"]) <= set(named)
    assert len(named) >= (0.6 if phone else 0.75) * len(found["shown"])


@pytest.mark.parametrize("through", ["", "timeline"])
@pytest.mark.parametrize("phone", [False, True])
def test_a_mailed_link_shows_the_group_that_was_opened(visit, network, phone, through):
    options = PHONE if phone else {}
    sent = visit(network, **options)
    open_a_group(sent)
    if through:
        sent.click(f"#{through}-tab")
    received = visit(network, sent.evaluate("location.hash"), **options)
    for page in (sent, received):
        page.click("#network-tab")
        settle(page)
    first, second = sent.evaluate(NAMED), received.evaluate(NAMED)
    assert first["shown"] == second["shown"]
    (left, top, right, bottom), (wide, tall) = second["card"], second["stage"]
    assert -1 <= left < right <= wide + 1 and -1 <= top < bottom <= tall + 1, "the opened group is in view"
    assert max((right - left) / wide, (bottom - top) / tall) > 0.85, "and is what is in view"


def test_everything_is_shown_on_cards_that_can_be_told_apart(visit, network):
    page = visit(network)
    page.click("#group-by")
    page.select_option("#group-by", "community")
    page.click("#show-all")
    cards = page.evaluate("[...kgraph.views.network.shown().places.regions.values()]")
    assert len(cards) > 5
    wide = max(c["x"] + c["rx"] for c in cards) - min(c["x"] - c["rx"] for c in cards)
    tall = max(c["y"] + c["ry"] for c in cards) - min(c["y"] - c["ry"] for c in cards)
    assert tall > 0.4 * wide


def test_paper_has_the_whole_of_what_is_wider_or_longer_than_the_screen(visit, network):
    page = visit(network, "#view=positions&confidence=0")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    # A sheet of A4 on its side, less its margins.
    assert page.locator("#matrix").bounding_box()["width"] < (297 - 20) * 96 / 25.4
    heads = page.locator("#matrix tbody th")
    assert heads.first.bounding_box()["width"] > 3 * heads.first.bounding_box()["height"]
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.click("#timeline-tab")
    settle(page)
    on_screen = page.locator("#lanes").bounding_box()["height"]
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#lanes").bounding_box()["height"] > 2 * on_screen
    ends = "[...document.querySelectorAll('#lanes .item')].map((one) => one.getBoundingClientRect().right)"
    sheet = page.locator("#lanes").bounding_box()
    assert sheet["width"] < (210 - 20) * 96 / 25.4 and max(page.evaluate(ends)) <= sheet["x"] + sheet["width"]
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    settle(page)
    assert page.locator("#lanes").bounding_box()["height"] == on_screen


@pytest.mark.parametrize("wide", [1300, 1440])
def test_no_page_is_wider_than_its_window(visit, network, wide):
    page = visit(network, viewport={"width": wide, "height": 900})
    for view in view_names():
        page.evaluate("(view) => kgraph.state.set({ view })", view)
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= wide, view


def test_paper_and_pictures_have_every_condition(visit, network):
    page = visit(network, "#view=conditions&confidence=0")
    boxes = page.evaluate(
        "(() => { const drawn = kgraph.views.conditions.shown().network.body; return drawn.nodeIndices.map((id) => "
        "drawn.nodes[id].options.label.split('\\n')[0]); })()"
    )
    assert len(boxes) > 20
    before = page.evaluate("kgraph.views.conditions.shown().network.getViewPosition()")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    sheets = page.locator("#picture svg")
    printed = sheets.locator("text").all_text_contents()
    assert not [label for label in boxes if label not in printed]
    assert sheets.count() > 1, "and none is made so small that it cannot be read"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    picture = page.evaluate("kgraph.views.conditions.picture()")
    assert not [label for label in boxes if escape(label) not in picture]
    assert page.evaluate("kgraph.views.conditions.shown().network.getViewPosition()") == pytest.approx(before)


def test_the_page_says_a_statement_as_all_others_do(visit, network, data, built):
    page = visit(network)
    said = dict(page.evaluate("kgraph.model.statements.map((s) => [s.id, kgraph.model.words(s)])"))
    plainly = [
        s
        for s in built.statements()
        if s.modality is Modality.actual and not (s.condition or s.content or s.value is not None)
    ]
    assert any(s.polarity is Polarity.negative for s in plainly) and any(len(s.parties) > 1 for s in plainly)
    assert {s.id: said[s.id] for s in plainly} == {s.id: in_short(s) for s in plainly}
    for statement in built.statements():
        if statement.condition and statement.modality is Modality.actual:
            assert said[statement.id].replace("“", "").replace("”", "") == in_short(statement)
    page.evaluate("kgraph.state.set({ view: 'timeline', confidence: 0 })")
    settle(page)
    several = next(s for s in plainly if len(s.parties) > 1 and s.polarity is Polarity.positive)
    alone = page.evaluate(
        "(id) => kgraph.model.act(kgraph.model.statements.find((s) => s.id === id), false)", several.id
    )
    assert alone.startswith(several.relation.traits.verb), "on the lane of one party the verb is that of one"


def test_positions_are_those_of_the_analysis(visit, network, data, built):
    page = visit(network, "#view=positions&confidence=0")
    held = positions(Corpus(built))
    assert page.locator("#matrix button.stance").count() == len(held)
    assert page.locator("#matrix").bounding_box()["width"] < 2400


def test_nothing_scrolls_sideways_on_a_phone(visit, network, built):
    page = visit(network, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    for view in view_names():
        page.evaluate("(view) => kgraph.state.set({ view })", view)
        settle(page)
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


# Three tasks of an analyst, each in no more steps than it was counted to take: a click, a choice in a list, or Enter.


class Steps:
    """A page, and how many steps were taken on it; typing a name is not counted, confirming it is."""

    def __init__(self, page) -> None:
        self.page, self.taken = page, 0

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.taken += 1

    def choose(self, selector: str, label: str) -> None:
        options = self.page.locator(f"{selector} option")
        self.page.select_option(selector, label=next(o for o in options.all_inner_texts() if o.startswith(label)))
        self.taken += 1

    def slide(self, selector: str, value: int) -> None:
        self.page.locator(selector).fill(str(value))
        self.taken += 1

    def find(self, name: str) -> None:
        self.page.keyboard.press("/")
        self.page.keyboard.type(name)
        self.page.keyboard.press("Enter")
        self.taken += 1


def test_who_blocks_something_and_why_takes_three_steps(visit, network, data):
    against = [p for p in data.stances if not p.as_of and p.tone == "against"]
    sure = [p for p in against if all(data.statements[s].confidence >= CONFIDENCE for s in p.statements)]
    issue = data.issues[sure[0].issue].label
    steps = Steps(visit(network))
    steps.click("#positions-tab")
    steps.choose("#issue", f"{issue} (")
    blocking = {data.nodes[p.actor].label for p in sure if data.issues[p.issue].label == issue}
    seen = steps.page.locator("#matrix tr:has(.stance.against) th").all_inner_texts()
    assert blocking <= set(seen)
    steps.click("#matrix .stance.against")
    said = steps.page.locator("#evidence")
    assert said.locator("mark").count() and said.locator("h2").inner_text().endswith(f" on {issue}")
    assert steps.taken == 3


def test_who_is_for_and_who_against_a_matter_is_drawn_in_one_step(visit, network, data):
    page = visit(network)
    shown = set(page.evaluate(PICTURE)["things"])
    sure = [s for s in data.statements if s.confidence >= CONFIDENCE and s.actors]
    about = {n: {a for s in sure if s.object == n for a in s.actors} for n in {s.object for s in sure}}
    matter = max((n for n in about if n not in shown), key=lambda n: len(about[n]))
    page.evaluate("(place) => kgraph.state.set({ selected: { kind: 'node', place } })", matter)
    drawn = set(page.evaluate(PICTURE)["things"])
    assert len(about[matter] & drawn) >= min(5, len(about[matter])) > 1
    assert page.evaluate(CARDS), "and nothing lies beside the stage"


def test_the_search_offers_the_issue_of_a_name(visit, network, data):
    page = visit(network)
    issue = data.issues[
        data.nodes[max(range(len(data.nodes)), key=lambda n: len(data.nodes[n].issues))].issues[0]
    ].label
    page.keyboard.press("/")
    page.keyboard.type(issue)
    page.locator("#suggestions [role=option]", has_text=f"Only what is about {issue}").first.click()
    assert page.evaluate("kgraph.model.issues[kgraph.state.now.issue].label") == issue


def test_a_search_leads_to_what_shows_sentences(visit, network, data):
    page = visit(network)
    hidden = next(
        n
        for n, node in enumerate(data.nodes)
        if node.statements
        and all(s.confidence < CONFIDENCE for s in data.statements if n in (*s.actors, s.object))
        and not any(n in (s.condition, s.content, *s.speakers) for s in data.statements)
    )
    name = data.nodes[hidden].label
    word = max(name.split(), key=len)
    page.keyboard.press("/")
    page.keyboard.type(word)
    offered = page.locator("#suggestions [role=option]").all_inner_texts()
    filtered = [one.endswith("filtered out") for one in offered if not one.startswith("›")]
    assert filtered == sorted(filtered), "what shows nothing comes last"
    page.evaluate("(place) => kgraph.state.set({ selected: { kind: 'node', place } })", hidden)
    assert page.locator("#evidence article").count() == 0
    page.get_by_role("button", name="Show them, however certain").click()
    assert page.locator("#evidence article").count() >= 1
    assert page.locator("#evidence h2").inner_text().strip().startswith(name)


def test_what_a_party_held_on_two_days_takes_four_steps(visit, network, data):
    early, late = data.days[0], data.days[-1]
    held = {p.actor: p for p in data.stances if p.as_of == early}
    party = max(held, key=lambda n: data.nodes[n].statements)
    steps = Steps(visit(network, "#confidence=0"))
    steps.click("#positions-tab")
    steps.choose("#actor", f"{data.nodes[party].label} (")
    steps.choose("#against", early)
    steps.slide("#day-slider", len(data.days) - 1)
    heads = steps.page.locator("#matrix thead th").all_inner_texts()
    assert heads == ["Party", "Issue", f"as of {early}", f"as of {late}", "Change"]
    rows = steps.page.locator("#matrix tbody tr")
    assert rows.count() >= len({p.issue for p in data.stances if p.actor == party and p.as_of == early}) > 0
    assert steps.page.locator("#matrix tbody th").all_inner_texts() == [data.nodes[party].label]
    assert steps.taken == 4


def test_sending_a_colleague_the_sentences_takes_two_steps(visit, network, data):
    sure = [s for s in data.statements if s.confidence >= CONFIDENCE]
    matter = max((s.object for s in sure), key=lambda n: sum(s.object == n for s in sure))
    steps = Steps(visit(network, permissions=["clipboard-read", "clipboard-write"]))
    steps.find(data.nodes[matter].label)
    many = steps.page.locator("#evidence article").count()
    steps.click("#evidence button:has-text('Copy the ')")
    steps.page.wait_for_selector("#announcement:has-text('copied')", state="attached")
    assert steps.page.evaluate("navigator.clipboard.readText()").count("According to: ") == many > 1
    assert steps.taken == 2
