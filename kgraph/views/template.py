"""Renders a page template: autoescaped, with a Content-Security-Policy made of the digests of its own scripts."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_POLICY_PLACE = "content-security-policy-goes-here"


def template_folder() -> Path:
    """Where the templates and the style that all pages share lie."""
    return Path(str(files("kgraph.views"))) / "templates"


@cache
def _environment() -> Any:
    found = Environment(
        loader=FileSystemLoader(template_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return found


def render(name: str, worker: bool = False, **values: Any) -> str:
    """A page as text; whatever is not marked safe in the template is escaped.

    ``worker`` lets it start a worker that runs WebAssembly.
    """
    page: str = _environment().get_template(name).render(**values)
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in _SCRIPT.findall(page))
    scripts = " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"
    more = " 'wasm-unsafe-eval' blob:; worker-src blob:" if worker else ""
    policy = (
        f"default-src 'none'; script-src {scripts}{more}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
    return page.replace(_POLICY_PLACE, policy, 1)
