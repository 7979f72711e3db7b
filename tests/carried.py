"""What a page carries deflated, as its own script inflates it."""

from __future__ import annotations

import base64
import re
import zlib


def inflated(page: str, attributes: str) -> list[str]:
    """The texts of a page's packed scripts that have these attributes."""
    blocks = re.findall(f"<script {attributes} data-packed>(.*?)</script>", page)
    return [zlib.decompress(base64.b64decode(block)).decode() for block in blocks]
