"""What a reader keeps on a page: saved views and notes; and how the keyboard does what the buttons do."""

from __future__ import annotations

import json

import pytest

from kgraph.views.data import page_data
from kgraph.views.explorer import explorer_page, view_names
from tests.synthetic import Move, graph_of

pytestmark = pytest.mark.browser
MOVES = [
    Move("Norway", "proposes", "9-step plan", day="2024-03-05", reported="2024-03-05"),
    Move("Sweden", "rejects", "9-step plan", day="2024-04-05", reported="2024-04-05"),
]
# A browser that lets no page keep anything, as some do for files.
CLOSED = """Object.defineProperty(window, "localStorage", { get() { throw new DOMException("closed", "SecurityError"); } })"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Network and timeline of one small graph."""
    folder, found = tmp_path_factory.mktemp("kept"), page_data(graph_of(MOVES), title="Talks of the north")
    for view in ("network", "timeline"):
        (folder / f"{view}.html").write_text(explorer_page(found, view, confidence=0.0), encoding="utf-8")
    return folder


def node(page, name: str) -> None:
    page.fill("#search", name)
    page.keyboard.press("Enter")


def note(page, text: str) -> None:
    page.locator("#evidence > .note button").click()
    page.fill("#evidence > .note textarea", text)
    page.locator("#evidence > .note button", has_text="Keep").click()


def keep_view(page, name: str) -> None:
    page.click("#kept summary")
    page.fill("#view-name", name)
    page.keyboard.press("Enter")


def saved(page) -> dict:
    if not page.locator("#kept-out").is_visible():
        page.click("#kept summary")
    with page.expect_download() as download:
        page.click("#kept-out")
    return json.loads(download.value.path().read_text(encoding="utf-8"))


def test_a_view_is_kept_and_opens_again_also_in_the_other_file(visit, pages):
    page = visit(pages / "network.html")
    page.locator("input[data-name=proposes]").uncheck()
    keep_view(page, "without proposals")
    page.click("#reset")
    page.reload()
    page.wait_for_selector("body[data-ready=yes]", state="attached")
    page.click("#kept summary")
    page.click("#kept-views >> text=without proposals")
    assert not page.locator("input[data-name=proposes]").is_checked()
    page.go_back()
    assert page.locator("input[data-name=proposes]").is_checked()
    # Files of one build share what is kept.
    page.file = (pages / "timeline.html").as_uri()
    page.goto(page.file)
    page.wait_for_selector("body[data-ready=yes]", state="attached")
    page.click("#kept summary")
    page.click("#kept-views >> text=without proposals")
    assert page.locator("#network-view").is_visible() and not page.locator("input[data-name=proposes]").is_checked()
    page.asked.clear()


def test_a_note_stands_beside_what_it_is_about_and_goes_when_it_is_emptied(visit, pages):
    page = visit(pages / "network.html")
    node(page, "Norway")
    note(page, "ask their embassy")
    page.locator("#evidence article .note button").first.click()
    page.fill("#evidence article textarea", "<b>see</b> annex 2")
    page.locator("#evidence article .note button", has_text="Keep").click()
    page.keyboard.press("Escape")
    assert page.locator("#evidence h2").inner_text() == "Sentences"
    page.click("#kept summary")
    assert page.locator("#kept-notes p").all_inner_texts() == ["ask their embassy", "<b>see</b> annex 2"]
    page.locator("#kept-notes button", has_text="proposes").click()
    assert page.evaluate("kgraph.state.now.selected.kind") == "statement"
    assert page.locator("#evidence .note p").inner_text() == "<b>see</b> annex 2"
    node(page, "Norway")
    note(page, "")
    assert page.locator("#evidence > .note p").count() == 0


def test_views_and_notes_go_to_a_colleague_as_a_file(visit, pages, tmp_path):
    page = visit(pages / "network.html")
    node(page, "Norway")
    note(page, "ask their embassy")
    keep_view(page, "Norway alone")
    content = saved(page)
    assert content["title"] == "Talks of the north"
    assert [(one["words"], one["text"]) for one in content["notes"]] == [("Norway", "ask their embassy")]
    path = tmp_path / "notes.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    other = visit(pages / "network.html")
    node(other, "Norway")
    note(other, "seen in May")
    other.click("#kept summary")
    other.set_input_files("#kept-in", path)
    other.wait_for_selector("#kept-views >> text=Norway alone")
    assert other.locator("#evidence > .note p").inner_text() == "seen in May\n\nask their embassy"
    path.write_text("{}", encoding="utf-8")
    other.set_input_files("#kept-in", path)
    other.wait_for_selector("#kept-where >> text=Nothing was loaded")
    assert other.locator("#kept-views li").count() == 1


def test_where_the_browser_keeps_nothing_it_says_so_and_the_file_still_works(visit, pages):
    page = visit(pages / "network.html", script=CLOSED)
    node(page, "Sweden")
    note(page, "why?")
    keep_view(page, "Sweden")
    assert "keeps nothing" in page.locator("#kept-where").inner_text()
    assert [one["text"] for one in saved(page)["notes"]] == ["why?"]


def test_the_keys_are_listed_and_do_what_the_list_says(visit, pages):
    page = visit(pages / "network.html")
    page.keyboard.press("?")
    said = page.locator("#keys").inner_text()
    assert page.locator("#keys").is_visible() and "walk from thing to thing" in said and "Ctrl+K" in said
    page.keyboard.press("2")
    assert page.get_attribute("body", "data-view") == "network", "behind the list nothing happens"
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    for number, view in enumerate(("network", "timeline", "positions", "conditions", "table"), start=1):
        page.keyboard.press(str(number))
        assert page.get_attribute("body", "data-view") == view
    page.keyboard.press("Control+k")
    page.keyboard.type("1?/")
    assert page.input_value("#search") == "1?/"
    page.click("#show-keys")
    assert page.locator("#keys").is_visible()
    assert set(view_names()) >= {"network", "table"}


def test_the_search_finds_commands(visit, pages):
    page = visit(pages / "network.html")
    keep_view(page, "the beginning")
    page.keyboard.press("Escape")
    for typed, view in (("timel", "timeline"), ("view begin", "network"), ("go posi", "positions")):
        page.keyboard.press("Control+k")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        assert page.get_attribute("body", "data-view") == view
    page.locator("input[data-name=proposes]").uncheck()
    page.keyboard.press("Control+k")
    page.keyboard.type("reset")
    page.keyboard.press("Enter")
    assert page.locator("input[data-name=proposes]").is_checked()
    page.keyboard.press("Control+k")
    page.keyboard.type("csv")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "kgraph-positions.csv"
