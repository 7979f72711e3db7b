"""Renders a page template: autoescaped, with a Content-Security-Policy made of the digests of its own scripts."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kgraph.views.packing import deflated

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_POLICY_PLACE = "content-security-policy-goes-here"
# Libraries and the page's own script are the same on every page.
_deflated_script = lru_cache(maxsize=8)(deflated)


@cache
def _environment() -> Any:
    found = Environment(
        loader=FileSystemLoader(Path(str(files("kgraph.views"))) / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["deflated"] = deflated
    found.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return found


def render(name: str, worker: bool = False, scripts: Iterable[str] = (), **values: Any) -> str:
    """A page as text; whatever is not marked safe in the template is escaped.

    ``scripts`` are carried deflated, as the template's ``packed_scripts``, and may run as those that stand in it.
    ``worker`` lets the page start a worker that runs WebAssembly.
    """
    carried = [*scripts]
    packed_scripts = [_deflated_script(script) for script in carried]
    page: str = _environment().get_template(name).render(packed_scripts=packed_scripts, **values)
    texts = (*_SCRIPT.findall(page), *carried)
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    admitted = " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"
    more = " 'wasm-unsafe-eval' blob:; worker-src blob:" if worker else ""
    policy = (
        f"default-src 'none'; script-src {admitted}{more}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
    return page.replace(_POLICY_PLACE, policy, 1)
