"""Imports point down only, heavy libraries stay in their rooms, modules and functions stay small."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "kgraph"
LAYERS = [
    ("base", {"errors", "files", "identifiers", "namespaces", "knowledge", "vocabulary", "vocabulary_source"}),
    ("values", {"model"}),
    ("reading", {"sources", "extract"}),
    ("linking", {"link"}),
    ("graph", {"rdf", "queries", "validate", "verify", "analysis"}),
    ("outputs", {"assets", "export", "views"}),
    ("pipeline", {"build", "calibrate"}),
    ("shell", {"cli", "serve", "opened", "__main__"}),
]
ROOMS = {
    "click": {"cli"},
    "rich": {"cli"},
    "spacy": {"extract"},
    "onnxruntime": {"extract"},
    "distributed": {"build"},
    "tokenizers": {"extract"},
    "openai": {"extract"},
    "pyvis": {"views", "serve"},
    "jinja2": {"views", "serve", "extract"},
    "pyoxigraph": {
        "knowledge",
        "vocabulary_source",
        "rdf",
        "validate",
        "verify",
        "export",
        "views",
        "opened",
        "build",
        "analysis",
        "cli",
        "serve",
    },
    "rdflib": {"validate", "export", "opened"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
    "mimeparse": {"serve"},
    "oxrdflib": {"opened"},
    "pandas": {"opened"},
    "filelock": {"rdf"},
    "urllib3": {"rdf"},
    "pyshacl": {"validate"},
    "trafilatura": {"sources"},
    "lxml": {"sources"},
    "yaml": {"sources"},
    "markdown_it": {"sources"},
    "charset_normalizer": {"sources"},
    "pypdf": {"sources"},
    "docx": {"sources"},
    "warcio": {"sources"},
    "langdetect": {"sources"},
    "datasketch": {"sources"},
    "networkx": {"export", "views", "opened", "analysis"},
    "rapidfuzz": {"link"},
    "snowballstemmer": {"link"},
}
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p.name != "__init__.py" or p.parent != PACKAGE)


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> list[tuple[str, ast.AST]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [(node.module, node)] + [(f"{node.module}.{alias.name}", node) for alias in node.names]
    return found


def _rank(room: str) -> int:
    return next(i for i, (_, rooms) in enumerate(LAYERS) if room in rooms)


def test_every_module_has_a_layer():
    assert len(MODULES) > 40
    rooms = set().union(*(rooms for _, rooms in LAYERS))
    assert {_room(p) for p in MODULES} <= rooms


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down(path):
    for name, _ in _imports(path):
        parts = name.split(".")
        if parts[0] == "kgraph" and len(parts) > 1 and parts[1] not in ("ontology", "__version__"):
            assert _rank(parts[1]) <= _rank(_room(path)), f"{path.name} imports {name} from a higher layer"


# A build has its own knowledge: whoever loads it elsewhere answers with the shipped one.
LOADERS = {
    "build/opening.py": "opens builds",
    "build/pipeline.py": "makes builds, with the folder that it is given",
    "build/reading.py": "reads without a build (`kgraph extract`), in worker processes that are given the folder",
    "calibrate/calibration.py": "reads annotated texts, without a build",
}


def test_only_builds_load_knowledge():
    callers = {
        str(path.relative_to(PACKAGE))
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "load_knowledge"
    }
    assert callers == LOADERS.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_libraries_stay_in_their_rooms(path):
    for name, _ in _imports(path):
        library = name.split(".")[0]
        if library in ROOMS:
            assert _room(path) in ROOMS[library], f"{library} does not belong in {path.name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_public_functions_have_docstrings(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    holders = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_"))]
    functions = [node for holder in holders for node in holder.body if isinstance(node, ast.FunctionDef)]
    for node in functions:
        if not node.name.startswith("_") and path.name != "__main__.py":
            assert ast.get_docstring(node), f"{path.name}: {node.name} has no docstring"


EXTRACT = sorted((PACKAGE / "extract").rglob("*.py"))
# Reading loads lazily from outside ("kgraph --help" stays fast): only these import inside functions.
_DOORS = {PACKAGE / "extract" / "__init__.py", PACKAGE / "extract" / "language.py"}


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_reading_hides_no_import_in_a_function():
    for path in set(EXTRACT) - _DOORS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
                assert not inner, f"{path.name}: {node.name} imports inside"


def test_reading_has_no_circle_of_imports():
    modules = {_module(path): path for path in EXTRACT}
    below = {name: {n for n, _ in _imports(path)} & modules.keys() - {name} for name, path in modules.items()}
    for name in below:
        below[name].discard("kgraph.extract")  # the package's door, not what stands in it
    while below:
        lowest = {name for name, needed in below.items() if not needed & below.keys()}
        assert lowest, f"these import each other: {sorted(below)}"
        below = {name: needed for name, needed in below.items() if name not in lowest}
