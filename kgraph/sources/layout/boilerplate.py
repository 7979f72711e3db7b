"""Lines of pages and newsletters that are about the page, not about the world: they are not read."""

from __future__ import annotations

import re

from kgraph.sources.layout.canvas import Canvas

_LONGEST = 400
# A line that begins so is about other pages, the reader's account, or the page itself.
_PATTERNS = (
    # teasers of other articles: "Read more: Chile rejects tariff deal"
    r"(?:read|see|watch|listen|view|find out|learn)[ -](?:more|also|next|on)\b.{0,3}(?::|$|\babout\b|\bon\b)",
    r"(?:also|more) (?:read|from|on|in|stories|news|coverage)\b[^.]{0,40}(?::|$)",
    r"related(?: (?:articles?|stor(?:y|ies)|content|links?|topics?|coverage))?\s*(?::|$)",
    r"(?:recommended(?: reading)?|you (?:may|might) also like|most read|most popular|trending|top stories)\s*(?::|$)",
    r"(?:editors?['’]s? picks?|don['’]t miss|up next|in case you missed it)\s*(?::|$)",
    # the reader's account
    r"(?:sign[ -]up|subscribe|register|log ?in|sign ?in) (?:to|for|here|now|today)\b|(?:follow|join) us\b",
    r"(?:get our|download (?:our|the) app|support our)\b",
    r"(?:share|tweet|e-?mail|print|save|copy link)(?: (?:this|on|via|to|the|article|page|story)\b.{0,40})?\s*$",
    r"(?:you (?:can|may) )?unsubscribe\b|(?:update|manage) your (?:e-?mail )?preferences\b",
    r"view (?:this e-?mail )?in (?:your )?browser\b",
    # consent and rights
    r"(?:we|this (?:site|website|page)) uses? cookies?\b|(?:accept|reject|manage)(?: all)? cookies?\b",
    r"by (?:continuing|using|clicking)\b.{0,80}\b(?:cookies?|terms|privacy)\b",
    r"(?:cookie|privacy) (?:policy|settings|preferences|notice)\s*$|terms (?:of (?:use|service)|and conditions)\s*$",
    r"(?:©|\(c\)|copyright\b)|all rights reserved\b",
    # about the page itself
    r"(?:advertisement|advertising|sponsored(?: content)?|skip to (?:main )?content|back to top|menu|home)\s*$",
    r"(?:(?:last|first) )?(?:updated?|published|modified)(?: on| at)?:? .{0,40}\d.{0,12}$",
    r"(?:image|photo|picture|video)(?: (?:credit|caption|source|by))?\s*:",
    # signs that end or part a text
    r"[\W_]{3,}$|-?30-?$",
)  # fmt: skip
_BOILERPLATE = re.compile(r"[\W_]*(?:" + "|".join(_PATTERNS) + ")", re.IGNORECASE)


def blank_boilerplate(canvas: Canvas, after: int) -> int:
    """Blank every line of that kind that begins after a position (the end of the headline); returns how many."""
    text, count = canvas.text, 0
    for start, end in canvas.lines(after):
        if end - start <= _LONGEST and _BOILERPLATE.match(text[start:end]):
            canvas.blank(start, end)
            count += 1
    return count
