"""Imports point down only, heavy libraries stay in their rooms, modules and functions stay small."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "kgraph"
LAYERS = [
    (
        "base",
        {"errors", "files", "identifiers", "namespaces", "knowledge", "progress", "vocabulary", "vocabulary_source"},
    ),
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
    "networkx": {"export", "views", "opened", "analysis"},
    "rapidfuzz": {"errors", "link"},
    "snowballstemmer": {"link"},
}
ALL = sorted(PACKAGE.rglob("*.py"))
MODULES = [p for p in ALL if p.name != "__init__.py" or p.parent != PACKAGE]


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> list[tuple[str, ast.AST]]:
    found = []
    for node in ast.walk(_tree(path)):
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


# Where a statement comes out of the graph, and what there may be a dictionary without types: JSON and keyword arguments.
TYPED = ("analysis", "export", "rdf", "serve", "views")
UNTYPED = {
    "rdf/mapping.py": "the fields of a statement that is being read",
    "rdf/query.py": "options of the engine",
    "rdf/store/manifest.py": "the manifest as JSON, also of older versions",
    "serve/pages.py": "what a template is given",
    "views/contract.py": "the page's data as JSON, and its schema",
    "views/data.py": "the fields of a statement in the page's contract",
    "views/desk.py": "examples as JSON",
    "views/explorer.py": "what a template is given",
    "views/packing.py": "the page's data as JSON",
}


def _untyped(tree: ast.AST) -> bool:
    return any(isinstance(node, ast.Subscript) and ast.unparse(node) == "dict[str, Any]" for node in ast.walk(tree))


def test_the_type_checker_sees_statements():
    found = {str(path.relative_to(PACKAGE)) for path in MODULES if _room(path) in TYPED and _untyped(_tree(path))}
    assert found == UNTYPED.keys()


# Whoever else made a digest would give it another length.
DIGESTING = {
    "identifiers.py": "every IRI and digest that the program mints",
    "build/cache.py": "whole digests of files",
    "build/fingerprints.py": "whole digests of files",
    "views/template.py": "what the Content-Security-Policy asks for",
}


def test_digests_are_made_in_one_place():
    users = {str(path.relative_to(PACKAGE)) for path in MODULES if "hashlib" in {name for name, _ in _imports(path)}}
    assert users == DIGESTING.keys()


def test_only_builds_load_knowledge():
    callers = {
        str(path.relative_to(PACKAGE))
        for path in MODULES
        for node in ast.walk(_tree(path))
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
    tree = _tree(path)
    holders = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_"))]
    functions = [node for holder in holders for node in holder.body if isinstance(node, ast.FunctionDef)]
    for node in functions:
        if not node.name.startswith("_") and path.name != "__main__.py":
            assert ast.get_docstring(node), f"{path.name}: {node.name} has no docstring"


# What may be imported inside a function: libraries that take a tenth of a second or more, or that only an extra
# installs, and the modules of ours that load them. Everything else is imported at the top.
DEFERRED = {
    "networkx",
    "oxrdflib",
    "pandas",
    "pyshacl",
    "pyvis",
    "rdflib",
    "rich",
    "trafilatura",
    "kgraph.build.cluster",  # dask, an extra
    "kgraph.calibrate",  # spaCy
    "kgraph.cli.llm_answers",  # spaCy and openai
    "kgraph.cli.tables",  # rich
    "kgraph.extract.extraction",  # spaCy
    "kgraph.extract.llm.answers",  # spaCy
    "kgraph.extract.llm.distill",  # spaCy
    "kgraph.link.alike",  # numpy
    "kgraph.opened",  # whoever asks for the version alone
    "kgraph.rdf.store.remote",  # urllib3
    "kgraph.serve.app",  # starlette, an extra
    "kgraph.views.pages",  # jinja2 and all analyses, for a build that changes nothing
}
MOST_DEFERRED = 40


def _deferred(tree: ast.AST) -> list[str]:
    """The modules that are imported inside functions, as often as they are."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = {node for function in functions for node in ast.walk(function)}
    names = [[alias.name for alias in node.names] for node in inside if isinstance(node, ast.Import)]
    return [name for several in names for name in several] + [
        node.module or "" for node in inside if isinstance(node, ast.ImportFrom)
    ]


def test_only_what_is_heavy_is_imported_inside_functions():
    found = [(str(path.relative_to(PACKAGE)), name) for path in ALL for name in _deferred(_tree(path))]
    hidden = [
        (path, name)
        for path, name in found
        if name not in DEFERRED and name.partition(".")[0] not in DEFERRED - {"kgraph"}
    ]
    assert not hidden, "imported inside a function: import it at the top"
    assert len(found) <= MOST_DEFERRED
    used = {name if name in DEFERRED else name.partition(".")[0] for _, name in found}
    assert used == DEFERRED, "nothing defers these any more"


def test_an_import_inside_a_function_is_seen():
    tree = ast.parse(
        "import a\ndef f():\n    from b.c import d\n    def g():\n        import e, f\nasync def h():\n    import i"
    )
    assert sorted(_deferred(tree)) == ["b.c", "e", "f", "i"]


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _needed(path: Path, modules: dict[str, Path]) -> set[str]:
    """The modules that one imports: of ``from package import module`` the module, not the package that it stands in."""
    found: set[str] = set()
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            longer = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in modules else str(node.module) for name in longer}
    return found & modules.keys() - {_module(path)}


def _circle(below: dict[str, set[str]]) -> list[str]:
    """The modules that import each other, or stand on such; empty where there is none."""
    while below:
        lowest = {name for name, needed in below.items() if not needed & below.keys()}
        if not lowest:
            return sorted(below)
        below = {name: needed for name, needed in below.items() if name not in lowest}
    return []


def test_no_modules_import_each_other():
    modules = {_module(path): path for path in ALL}
    assert _circle({name: _needed(path, modules) for name, path in modules.items()}) == []


def test_a_circle_is_seen():
    assert _circle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]
