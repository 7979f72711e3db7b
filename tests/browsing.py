"""A Chromium for the tests of pages."""

from __future__ import annotations

import os
import shutil

CHROMIUM = os.environ.get("KGRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
