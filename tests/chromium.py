"""The browser of the tests and benchmarks: Debian's Chromium, or the one that KGRAPH_CHROMIUM names."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Page, Playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def settle(page: Page) -> None:
    """Wait until the page has drawn what it was told to: until two frames have passed."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))")


def launch(play: Playwright) -> Browser:
    """A headless browser."""
    path = os.environ.get("KGRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    return play.chromium.launch(executable_path=path, args=FLAGS)
