"""Every kind of source is verified: its evidence stands in the file as it is read anew, and pages show it there."""

from __future__ import annotations

import gzip
import json

import pytest

from kgraph.build.pipeline import build
from kgraph.serve.library import Library
from kgraph.verify import verify
from kgraph.views.data import page_data
from tests.test_hostile_files import PAGE, SOUND

MOVE = "Sweden rejected the 12-point plan"
SPOKEN = (
    "Briefing in Oslo\n\nMR. BERG: Sweden rejected the 12-point plan.\n\nQ    Has Peru accepted it?\n\n"
    "MR. BERG: Peru has not accepted it."
)
WRAPPED = "Report of the day\n\nSweden rejected the 12-\npoint plan. Peru will sign the\nLima accord next week.\n"
COUNCIL = (
    "9000th meeting\n\nThe President (Norway): I call on Sweden.\n\nMs. Lund (Sweden) (spoke in Spanish): We rejected the 12-point plan.\n\n"
    "The President: Thank you.\n\nMs. Lund: Peru rejected it."
)
CHAT = "[14/05/2024, 09:12] Eva Vik: Sweden rejected the 12-point plan today\n[15/05/2024, 09:15] Jon Berg: Peru rejected it\n[15/05/2024, 09:16] Eva Vik: No"
TIMELINE = "# Timeline\n\n- **2024-05-13**: Sweden rejected the 12-point plan.\n- 14 May 2024 – Peru rejected the Lima accord.\n"
ROWS = "\n".join(
    json.dumps({"id": f"row-{n}", "text": text}) for n, text in enumerate(("Peru waits.", f"{MOVE} on Tuesday."))
)
# A file of each kind by the end of its name, and further ones by what is hard about them.
FILES = {
    **SOUND,
    "-wrapped.txt": WRAPPED.encode(),
    "-spoken.txt": SPOKEN.encode(),
    "-council.txt": COUNCIL.encode(),
    "-remarks.md": b"---\ntitle: Remarks by President Biden on Sweden\n---\n\nGood day. We rejected the 12-point plan. I will sign the accord.\n",
    "-chat.txt": CHAT.encode(),
    "-timeline.md": TIMELINE.encode(),
    "-cyrillic.html": PAGE.replace("<head>", '<head><meta charset="windows-1251">')
    .replace("</p>", "</p><p>Газета пишет.</p>")
    .encode("windows-1251"),
    "-rows.jsonl": ROWS.encode(),
    "-packed.txt.gz": gzip.compress(SOUND[".txt"], mtime=0),
    "-rows-packed.jsonl.gz": gzip.compress(ROWS.replace("row-", "packed-").encode(), mtime=0),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """One build of a file of each kind."""
    folder = tmp_path_factory.mktemp("kinds")
    for number, (name, content) in enumerate(FILES.items()):
        content = content.replace(b"urn:a", b"urn:atom").replace(b"https://e.org/a", f"https://e.org/{number}".encode())
        (folder / f"kind-{number}{name}").write_bytes(content.replace(b'"id": "a"', f'"id": "k{number}"'.encode()))
    return build([folder], folder / "out")


@pytest.fixture(scope="module")
def data(built):
    return page_data(built)


def test_nothing_is_found(built):
    assert built.report.sources.skipped == []
    checked = verify(built, built.manifest, built.folder)
    assert checked.findings == ()
    assert checked.documents >= len(FILES) and checked.evidence > 2 * len(FILES)


@pytest.mark.parametrize("number", range(len(FILES)), ids=list(FILES))
def test_pages_show_the_words_in_their_text(built, data, number):
    sources = {entry.id: entry.source for entry in built.manifest.documents}
    own = {ident for ident, source in sources.items() if f"kind-{number}{list(FILES)[number]}" in source}
    library = Library(built)
    cards = [library.card(statement) for statement in built.statements() if statement.document in own]
    assert any("reject" in card.statement.quote for card in cards)
    shown = {place.id: place for place in data.statements}
    for card in cards:
        place = shown[card.statement.id]
        text = data.documents[place.document].text
        assert text[place.start : place.end] == card.statement.quote
        assert text[place.opens : place.closes] == card.before + card.statement.quote + card.after
