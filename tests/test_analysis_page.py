"""The analysis page in a browser: what a choice leaves is what the analyses found, marks stand in the address."""

from __future__ import annotations

import re

import pytest

from kgraph.analysis.answers import answers
from kgraph.analysis.corpus import Corpus
from kgraph.analysis.positions import positions
from kgraph.views.pages import page_files

pytestmark = pytest.mark.browser
SHOWN = ".finding:not([hidden])"


@pytest.fixture(scope="module")
def analysis(seeds):
    return seeds.folder / "analysis.html"


def headings(page) -> set[str]:
    while page.locator("#more").is_visible():
        page.click("#more")
    return set(page.locator(f"{SHOWN} h2").all_inner_texts())


def test_a_kind_leaves_what_the_analysis_found(visit, analysis, seeds):
    page = visit(analysis)
    page.click("button[data-only=Positions]")
    found = {answer.explanation for answer in answers(positions(Corpus(seeds)))}
    assert headings(page) == found
    assert page.locator("#count").inner_text().startswith(f"{len(found)} of ")
    page.select_option("#party", "Russia")
    assert headings(page) == {one for one in found if one.startswith("Russia on ")}
    assert "kind=Positions" in page.url and "party=Russia" in page.url


def test_words_and_confidence_narrow_and_everything_comes_back(visit, analysis):
    page = visit(analysis)
    everything = page.locator("#count").inner_text()
    page.fill("#words", "temporary ceasefire")
    left = page.locator(SHOWN)
    assert left.count() > 0
    for text in left.evaluate_all("all => all.map((one) => one.textContent.toLowerCase())"):
        assert "temporary" in text and "ceasefire" in text
    page.locator("#least").fill("95")
    assert all(float(c) >= 0.95 for c in left.evaluate_all("all => all.map((one) => one.dataset.confidence)"))
    page.click("#clear")
    assert page.locator("#count").inner_text() == everything


def test_a_leap_to_the_findings_keeps_what_is_chosen(visit, analysis):
    page = visit(analysis, "#kind=Positions")
    left = page.locator("#count").inner_text()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.url.endswith("#kind=Positions") and page.locator("#count").inner_text() == left


def test_what_a_page_cannot_hold_is_counted(visit, seeds, tmp_path, monkeypatch):
    monkeypatch.setattr("kgraph.views.analysis.MOST_FINDINGS", 1)
    path = tmp_path / "analysis.html"
    path.write_bytes(page_files(seeds)["analysis.html"])
    page = visit(path)
    cards = page.locator(".finding").count()
    assert f"The page holds {cards} of them: the first 1 of a kind." in page.locator("main").inner_text()
    assert page.locator("#count").inner_text() == f"{cards} findings"
    held = [text.split(" of ")[0] for text in page.locator(".summary td.number").all_inner_texts()]
    assert sum(map(int, held)) == cards
    for link in page.locator(".summary td a").all():
        ident = link.get_attribute("href").removeprefix("#")
        assert page.locator(f"[id='{ident}']").count() == 1, "what is named as the surest is on the page"


def test_a_mark_stands_in_the_address_and_comes_back_from_it(visit, analysis):
    page = visit(analysis)
    first = page.locator(SHOWN).first
    first.locator("[data-mark=wrong]").click()
    ident = first.get_attribute("id")
    assert f"wrong={ident}" in page.url
    again = visit(analysis, "#" + page.url.partition("#")[2] + "&mark=wrong")
    assert [one.get_attribute("id") for one in again.locator(SHOWN).all()] == [ident]
    again.locator("[data-mark=wrong][aria-pressed=true]").click()
    assert "wrong=" not in again.url.replace("mark=wrong", "")


def test_a_finding_shows_its_sentences_and_leads_into_the_network(visit, analysis):
    page = visit(analysis)
    card = page.locator(SHOWN).filter(has=page.locator("details")).first
    card.locator("summary").click()
    assert card.locator("mark").first.is_visible()
    assert re.fullmatch(
        r"network\.html#view=network&selected=statement%3Astatement/[0-9a-f]{16}",
        card.locator("a", has_text="in the network").get_attribute("href"),
    )


def test_notes_views_and_keys_are_there_as_on_the_other_pages(visit, analysis):
    page = visit(analysis)
    first = page.locator(SHOWN).first
    ident = first.get_attribute("id")
    first.locator(".note button").click()
    first.locator("textarea").fill("ask the desk")
    first.locator("button", has_text="Keep").click()
    assert first.locator(".note p").inner_text() == "ask the desk"
    page.click("#kept summary")
    page.fill("#view-name", "for Monday")
    page.keyboard.press("Enter")
    assert page.locator("#kept summary").inner_text() == "Views and notes (2)"
    page.keyboard.press("Escape")
    page.locator("#words").blur()
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible() and "Ctrl+K" in page.locator("#keys").inner_text()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Positions").click()
    page.wait_for_selector("body[data-ready=yes]", state="attached")
    assert page.locator("#positions-tab").get_attribute("aria-selected") == "true"
    page.click("#kept summary")
    page.locator("#kept-notes button").click()
    page.wait_for_url(f"**/analysis.html#{ident}")
    assert page.locator(f'[id="{ident}"] .note p').inner_text() == "ask the desk"
    # It went to the page beside it and back.
    page.asked.clear()


def test_it_fits_a_phone(visit, analysis):
    page = visit(analysis, viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_on_a_server_that_judges_each_sentence_leads_to_its_judging(seeds):
    plain, judging = (page_files(seeds, judging=judges)["analysis.html"].decode() for judges in (False, True))
    assert "judge this sentence" not in plain
    links = re.findall(r'href="(/id/statement/[0-9a-f]{16}#judge)"', judging)
    assert len(links) == judging.count('class="says"') > 0
