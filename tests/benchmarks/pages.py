"""Our network page beside plain pyvis on the same graphs: bytes, seconds to the first drawing, seconds that a filter
takes, frames a second while the drawing is dragged.

For each size the table has our page as it opens and what pyvis
writes for the same things and edges with its defaults. Both run in the same headless Chromium, one after the other; a
page that has drawn nothing by the time limit is said so. pyvis's page asks a CDN for two files; these requests are
refused at once, which is kinder to it than a network that does not answer.

python -m tests.benchmarks.pages [--limit SECONDS] [--sizes 50,500]    a quarter of an hour; a minute with --quick
python -m tests.benchmarks.pages --parts FILE

The second says what the bytes of a page are: each style, script and block of data as it is carried and as it is, and
the fields of its data.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import tempfile
import time
import zlib
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, sync_playwright

from kgraph.views.contract import PageData
from kgraph.views.data import page_data
from kgraph.views.explorer import explorer_page
from tests.benchmarks.history import History
from tests.chromium import launch
from tests.synthetic import graph_of, random_moves

# The largest has 20,000 statements.
SIZES = (50, 500, 2_000, 15_000)
# Beyond this pyvis alone draws nothing within the limit.
MOST_FOR_PYVIS = 2_000
DRAG_SECONDS = 3.0
# The first line that is drawn on a canvas, seen from the start of the page.
NOTE = """(() => { const stroke = CanvasRenderingContext2D.prototype.stroke;
  CanvasRenderingContext2D.prototype.stroke = function (...given) {
    if (window.firstLine === undefined && this.canvas.isConnected) { window.firstLine = 0; requestAnimationFrame(() => { window.firstLine = performance.now(); }); }
    return stroke.apply(this, given); };
  window.frames_drawn = 0;
  const tick = () => { window.frames_drawn += 1; requestAnimationFrame(tick); }; requestAnimationFrame(tick); })()"""


# How long it takes until the page stands again after the threshold of confidence was moved.
FILTER = """(() => { const start = performance.now(); kgraph.state.set({ confidence: 0.7 }); return performance.now() - start; })()"""


def graph(things: int) -> PageData:
    """A synthetic graph of about so many things."""
    return page_data(graph_of(random_moves(int(things * 1.35), max(8, things // 4), max(10, things // 2))))


def plain_pyvis(data: PageData) -> str:
    """What pyvis writes for the same things and edges, as it comes."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", height="100vh")
    drawn = sorted({end for edge in data.edges for end in (edge.source, edge.target)})
    for place in drawn:
        network.add_node(place, label=data.nodes[place].label)
    for edge in data.edges:
        network.add_edge(edge.source, edge.target, label=edge.relation)
    return network.generate_html()


def measure(browser: Browser, path: Path, fragment: str | None, limit: float) -> tuple[str, str, str]:
    """Seconds to the first drawing, seconds that a filter takes, and frames a second while dragging."""
    page = browser.new_page(viewport={"width": 1300, "height": 850})
    try:
        page.set_default_timeout(limit * 1000)
        page.add_init_script(NOTE)
        page.route(
            "**/*",
            lambda route: (
                route.continue_() if route.request.url.startswith(("file:", "blob:", "data:")) else route.abort()
            ),
        )
        page.goto(path.as_uri() + (fragment or ""), wait_until="commit")
        page.wait_for_function("() => window.firstLine > 0", polling="raf")
        first = page.evaluate("window.firstLine / 1000")
        if fragment is not None:
            # Ours counts as drawn once all that it is to show stands in it and every control works.
            page.wait_for_function("() => document.body.dataset.ready === 'yes'", polling="raf")
            first = page.evaluate(
                "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() / 1000))))"
            )
        filtered = page.evaluate(FILTER) / 1000 if fragment is not None else None
        box = page.locator("#mynetwork").bounding_box()
        x, y = box["x"] + 20, box["y"] + 20
        page.mouse.move(x, y)
        page.mouse.down()
        before, start, step = page.evaluate("window.frames_drawn"), time.perf_counter(), 0
        while time.perf_counter() - start < DRAG_SECONDS:
            step += 1
            page.mouse.move(x + 60 + 50 * (step % 7), y + 60 + 40 * (step % 5))
        seconds = time.perf_counter() - start
        took = f"{filtered:.2f} s" if filtered is not None else "–"
        return f"{first:.2f} s", took, f"{(page.evaluate('window.frames_drawn') - before) / seconds:.0f}"
    except Error:
        return f"> {limit:.0f} s", "–", "–"
    finally:
        page.close()


def seconds(told: str) -> float:
    """The seconds that ``measure`` tells, the limit where nothing was drawn within it."""
    return float(told.removeprefix("> ").removesuffix(" s"))


def parts(page: str) -> list[tuple[str, int, int]]:
    """What a page is made of: each part with its bytes as they are carried, and unpacked."""
    found = []
    for tag, attributes, content in re.findall(r"<(style|script)([^>]*)>(.*?)</\1>", page, re.DOTALL):
        name = re.search(r'id="([\w-]+)"', attributes)
        full = zlib.decompress(base64.b64decode(content)) if "data-packed" in attributes else content.encode()
        found.append((name[1] if name else tag, len(content.encode()), len(full)))
        if name and name[1] in ("data", "apart"):
            found += fields(json.loads(full))
    return found


def fields(data: dict[str, Any]) -> list[tuple[str, int, int]]:
    """The lists of the page's data and their columns, each deflated by itself and as it is, the largest first."""
    sizes = []
    for name, value in data.items():
        columns = value.get("columns", {"": value}) if isinstance(value, dict) else {"": value}
        for column, content in columns.items():
            text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
            sizes.append((f"  {name}.{column}".rstrip("."), len(zlib.compress(text, 9)) * 4 // 3, len(text)))
    return sorted(sizes, key=lambda one: -one[1])


def print_parts(path: Path) -> None:
    """Print what a page is made of."""
    page = path.read_text(encoding="utf-8")
    print(f"{'part':32} {'carried':>10} {'in full':>10}")
    for name, carried, full in [("the whole", len(page.encode()), len(page.encode())), *parts(page)]:
        print(f"{name:32} {carried:10,} {full:10,}")


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--limit", type=float, default=120.0)
    arguments.add_argument("--sizes", default=",".join(map(str, SIZES)))
    arguments.add_argument("--quick", action="store_true", help="the two smallest sizes, as make bench has them")
    arguments.add_argument("--parts", type=Path, metavar="FILE")
    given = arguments.parse_args()
    if given.parts:
        return print_parts(given.parts)
    history = History("pages")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as play:
        folder = Path(name)
        print(
            f"{'things':>7} {'edges':>7}  {'page':28} {'bytes':>10} {'first drawing':>14} {'filter':>8} {'frames/s':>9}"
        )
        for size in SIZES[:2] if given.quick else map(int, given.sizes.split(",")):
            data = graph(size)
            ours, theirs = folder / f"ours-{size}.html", folder / f"pyvis-{size}.html"
            ours.write_text(explorer_page(data), encoding="utf-8")
            theirs.write_text(plain_pyvis(data), encoding="utf-8")
            drawn: list[tuple[int, str]] = []
            things = len({end for edge in data.edges for end in (edge.source, edge.target)})
            for path, fragment, label in (
                (ours, "", "kgraph, as it opens"),
                *([(theirs, None, "pyvis as it comes")] if size <= MOST_FOR_PYVIS else []),
            ):
                # A browser of its own for each: a page that never settles must not slow the next one.
                browser = launch(play)
                first, filtered, frames = measure(browser, path, fragment, given.limit)
                browser.close()
                print(
                    f"{things:7,} {len(data.edges):7,}  {label:28} {path.stat().st_size:10,} {first:>14} {filtered:>8} {frames:>9}",
                    flush=True,
                )
                drawn.append((path.stat().st_size, first))
            if len(drawn) == 2:
                (our_bytes, our_first), (their_bytes, their_first) = drawn
                history.compare(f"network of {things:,} things", "MB", our_bytes / 1e6, "pyvis", their_bytes / 1e6)
                history.compare(f"{things:,} things drawn", "s", seconds(our_first), "pyvis", seconds(their_first))


if __name__ == "__main__":
    main()
