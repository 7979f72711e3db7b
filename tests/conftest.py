"""Shared set-up: one built copy of the seeds, one loaded knowledge, and helpers to read a text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from kgraph.build.opening import Build, open_build
from kgraph.build.pipeline import build
from kgraph.knowledge import Knowledge, load_knowledge
from kgraph.model.document import Document
from tests.chromium import launch
from tests.examples import QUICK

ROOT = Path(__file__).parent.parent
# The same examples at each run: what fails here fails everywhere.
settings.register_profile("gate", derandomize=True, deadline=None)
settings.register_profile(QUICK, settings.get_profile("gate"), max_examples=20)
settings.load_profile("gate")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def read(knowledge):
    """Reads a text by the rules (published on Wednesday 2024-05-15 unless told otherwise) into an Extraction."""
    from kgraph.extract.extraction import extract
    from kgraph.extract.registry import readers

    rules = readers(("rules",))

    def run(text: str, published: str | None = "2024-05-15", ident: str = "case"):
        document = Document(ident, text, published=published)
        return next(extraction for _, extraction in extract([document], knowledge, rules))

    return run


@pytest.fixture(scope="session")
def seeds(tmp_path_factory, worker_id) -> Build:
    """The seeds, built once into a folder of their own, for all processes that test."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "seeds-build"
    with FileLock(f"{folder}.lock"):
        if not (folder / "seeds").exists():
            shutil.copytree(ROOT / "seeds", folder / "seeds")
            build([folder / "seeds"], folder / "exports")
    return open_build(folder / "exports")


@pytest.fixture(scope="session")
def store(seeds):
    from kgraph.rdf.store import open_store

    return open_store(seeds.folder)


@pytest.fixture(scope="session")
def statements(seeds):
    return list(seeds.statements())


@pytest.fixture(scope="session")
def records(statements):
    from kgraph.model.record import record

    return [record(statement) for statement in statements]


@pytest.fixture(scope="module")
def browser():
    """One browser a module."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = launch(play)
        yield started
        started.close()


@pytest.fixture
def visit(browser):
    """Opens a file, or a page as text, and notes what it says on the console and asks for; a test fails on either."""
    pages = []

    def opened(path: Path | str, fragment: str = "", script: str = "", **options):
        context = browser.new_context(
            **{"viewport": {"width": 1300, "height": 850}, "accept_downloads": True, **options}
        )
        context.set_default_timeout(6000)
        page = context.new_page()
        page.noise, page.asked = [], []
        page.on("console", lambda message: page.noise.append(message.text))
        page.on("pageerror", lambda error: page.noise.append(str(error)))
        page.on("dialog", lambda dialog: page.noise.append("dialog " + dialog.message))
        page.on(
            "request",
            lambda request: None if request.url.startswith(("blob:", "data:")) else page.asked.append(request.url),
        )
        page.file = Path(path).resolve().as_uri()
        if script:
            page.add_init_script(script)
        page.goto(page.file + fragment)
        page.wait_for_selector("body[data-ready=yes]", state="attached")
        pages.append((page, context))
        return page

    yield opened
    for page, context in pages:
        assert page.noise == []
        assert {address.split("#")[0] for address in page.asked} <= {page.file}
        context.close()
