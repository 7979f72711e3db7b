"""The served pages in a real browser: the query page asks its own server and nobody else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from urllib.parse import quote

import pytest

from tests.chromium import settle

pytestmark = pytest.mark.browser
ROWS = "SELECT ?who ?matter WHERE { ?who neg:rejects ?matter } ORDER BY ?who"


@pytest.fixture(scope="module")
def address(seeds):
    command = [sys.executable, "-m", "kgraph", "serve", "--port", "0", "--timeout", "1", "--store", str(seeds.folder)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        yield re.search(r"http://\S+?:\d+/", process.stderr.readline()).group()
        process.terminate()


@pytest.fixture
def page(browser, address):
    context = browser.new_context(viewport={"width": 1200, "height": 900}, accept_downloads=True)
    found = context.new_page()
    found.noise, found.elsewhere = [], []
    found.on("console", lambda message: found.noise.append(message.text))
    found.on("pageerror", lambda error: found.noise.append(str(error)))
    found.on(
        "request",
        lambda request: (
            None if request.url.startswith((address, "blob:", "data:")) else found.elsewhere.append(request.url)
        ),
    )
    yield found
    assert found.elsewhere == []
    context.close()


def ask(page, address, query):
    page.goto(f"{address}query")
    page.goto(f"{address}query#query={quote(query)}")


def test_rows_have_names_and_link_to_their_pages(page, address):
    ask(page, address, ROWS)
    page.wait_for_selector("#answer .name")
    assert page.locator("#state").inner_text().startswith("4 rows in")
    text = page.locator("#answer").inner_text()
    assert "Vladimir Putin" in text
    assert "20-point peace plan" in text
    page.locator("#answer a.iri", has_text="Russia").first.click()
    page.wait_for_selector("h1")
    assert page.locator("h1").inner_text().startswith("Russia")
    assert page.noise == []


def test_an_example_runs_and_the_address_keeps_the_query(page, address):
    page.goto(f"{address}query")
    page.select_option("#examples", "who-rejected-what")
    page.click("#forms button >> nth=0")
    page.wait_for_selector("#outcome:not([hidden])")
    kept = page.url
    assert "#query=" in kept
    page.goto(address)
    page.goto(kept)
    page.wait_for_selector("#outcome:not([hidden])")
    assert "rejecter" in page.locator("#editor").inner_text()
    assert page.noise == []


def test_a_syntax_error_is_shown_at_its_line(page, address):
    ask(page, address, "SELECT *\nWHERE {\n  ?s foaf:name ?o\n}")
    page.wait_for_selector("#error:not([hidden])")
    assert "line 3" in page.locator("#error").inner_text()
    assert "foaf: is not declared" in page.locator("#error").inner_text()
    assert page.locator(".wrong-line").count() == 1


def test_a_query_over_the_limit_is_kept_and_the_setting_named(page, address):
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    ask(page, address, endless)
    page.wait_for_selector("#error:not([hidden])")
    assert "--timeout" in page.locator("#error").inner_text()
    assert endless.split()[1] in page.locator("#editor").inner_text()
    ask(page, address, ROWS)
    page.wait_for_selector("#answer .name")


def test_a_construct_is_drawn_as_its_hint_says(page, address):
    construct = "CONSTRUCT { ?a neg:rejects ?b } WHERE { ?a neg:rejects ?b }"
    for query, view in ((construct, "Network"), (f"#defaultView: Response\n{construct}", "Response")):
        ask(page, address, query)
        page.wait_for_selector("#views [aria-pressed=true]")
        assert page.locator("#views [aria-pressed=true]").inner_text() == view
    ask(page, address, construct)
    page.wait_for_selector("#drawing canvas")
    page.wait_for_function("document.getElementById('state').textContent.includes('4 edges')")
    assert page.noise == []


def test_downloads_hold_the_answer(page, address):
    ask(page, address, ROWS)
    page.wait_for_selector("#answer .name")
    with page.expect_download() as got:
        page.click("[data-download=csv]")
    assert got.value.path().read_text(encoding="utf-8").startswith("who,matter")
    with page.expect_download() as got:
        page.click("[data-download=json]")
    assert len(json.loads(got.value.path().read_text(encoding="utf-8"))["results"]["bindings"]) == 4


def test_a_form_completes_names_and_says_what_it_does_not_know(page, address):
    page.goto(f"{address}query")
    page.select_option("#examples", "who-rejected-what")
    actor = page.locator("#forms input").first
    actor.fill("Mosc")
    page.wait_for_selector("#forms datalist option", state="attached")
    assert "Russia" in page.locator("#forms datalist").first.locator("option").evaluate_all(
        "all => all.map((o) => o.value)"
    )
    actor.fill("Atlantis")
    page.click("#forms button >> nth=0")
    page.wait_for_selector("#error:not([hidden])")
    assert page.locator("#error").inner_text().startswith("Nothing is called “Atlantis” here")
    actor.fill("Russia")
    page.click("#forms button >> nth=0")
    page.wait_for_selector("#answer table")
    assert page.locator("#answer tbody tr").count() == 2
    network = page.locator("#elsewhere a").first.get_attribute("href")
    assert re.fullmatch(r"/network.html#view=network&confidence=0&among=[0-9a-f]{16}\|[0-9a-f]{16}", network)
    page.goto(address.rstrip("/") + network)
    page.wait_for_selector("#focused:not([hidden])")
    assert page.locator("#focused-name").inner_text() == "Only the 2 statements of an answer"
    assert page.noise == []


def test_the_other_pages_are_quiet(page, address):
    for path in (
        "",
        "statements",
        "documents",
        "search?q=putin",
        "id/state/russia",
        "id/document/putin-trump-call",
        "network.html",
        "timeline.html",
    ):
        page.goto(address + path)
        settle(page)
    assert page.noise == []


def test_the_skip_link_leads_past_the_head_and_keeps_the_query(page, address):
    page.goto(f"{address}documents")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    ask(page, address, ROWS)
    page.wait_for_selector("#answer .name")
    page.locator("a.skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.url == f"{address}query#query={quote(ROWS)}"
