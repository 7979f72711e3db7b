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
    r"(?:get (?:our|the) (?:newsletter|app|briefing|e-?mail)|get our|download (?:our|the) app|support our)\b",
    r"(?:share|tweet|e-?mail|print|save|copy link)(?: (?:this|on|via|to|the|article|page|story)\b.{0,40})?\s*$",
    r"(?:you (?:can|may) )?unsubscribe\b|(?:update|manage) your (?:e-?mail )?preferences\b",
    r"forward (?:this|to a friend)\b|was this (?:e-?mail )?forwarded\b|you (?:are|['’]re) (?:receiving|getting) this\b",
    r"(?:this (?:e-?mail|message)|the (?:information|contents?) (?:in|of) this (?:e-?mail|message))\b.{0,120}"
    r"\b(?:confidential|intended (?:only|solely))\b|sent from my \w+|virus-free\b",
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
    r"the post .{1,200} (?:appeared first|first appeared) on\b|continue reading\b",
    r"for immediate release\s*$|(?:strictly )?embargo(?:ed)?\b.{0,60}(?:until|:).{0,60}$|for release\b.{0,40}$",
    r"(?:(?:media|press|further|for more) )?(?:contacts?|enquiries|inquiries)(?: information| details)?\s*(?::|$)",
    r"(?:for )?(?:more|further) information[,:]? (?:please )?(?:contact|visit|see|about)\b",
    # what was wrong in it before
    r"this (?:article|item|page|piece|post|report|story) (?:was|has been) "
    r"(?:amended|changed|corrected|edited|updated)\b",
    r"(?:correction|clarification)s?\s*[:–—-]|an earlier version of this\b",
    # what news agencies write to their clients
    r"(?-i:[A-Z]{2,}(?:[-/][A-Z0-9]{2,})+(?:/\d+)?)(?: \(.{1,40}\))?\s*$",
    r"(?:urgent|flash|bulletin|news ?alert|breaking(?: news)?|snap|(?:update|corrected|refile|wrapup)(?: \d+)?)\s*$",
    r"(?:additional )?(?:reporting|writing|editing|compiled) by\b.{0,300}$|\(\(.{3,200}\)\)\s*$|keywords?:",
    r"load-date:|end of document\s*$",
    # signs that end or part a text
    r"[\W_]{3,}$|-?30-?$",
)  # fmt: skip
_BOILERPLATE = re.compile(r"[\W_]*(?:" + "|".join(_PATTERNS) + ")", re.IGNORECASE)


# Alone on a line it heads a list of other pages, whose lines are titles: they do not end as sentences do.
_TEASERS = re.compile(
    r"[\W_]*(?:read (?:more|also|next)|see also|related(?: \w+)?|recommended(?: reading)?|more (?:on|from|in)\b.{0,40}"
    r"|more (?:stories|news|coverage|headlines)|you (?:may|might) also like|most (?:read|popular)|trending(?: now)?"
    r"|top stories|editors?['’]s? picks?|don['’]t miss|up next|in case you missed it|latest (?:news|stories|headlines)"
    r"|(?:what )?(?:we['’]re|we are|i['’]m) (?:reading|watching|following)"
    r"|elsewhere|further reading"
    r"|(?:other|in other) news|also in the news|links)[\W_]*",
    re.IGNORECASE,
)
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*$")
# Ends a press release; what stands below is about whoever published it.
_END_MARK = re.compile(
    r"[-–—#* ]*(?:###+|-30-|ends?|end of (?:release|text|statement)|notes? (?:to|for) editors?"
    r"|about (?:us|(?:the |this )?(?:agency|authors?|cent(?:er|re)|committee|company|foundation|institute|ministry"
    r"|newsletter|organi[sz]ation)\b.{0,40}))[-–—#*: ]*",
    re.IGNORECASE,
)


def is_about_the_page(line: str) -> bool:
    """Whether a line is about the page, not about the world."""
    return len(line) <= _LONGEST and _BOILERPLATE.match(line) is not None


def blank_boilerplate(canvas: Canvas, after: int) -> int:
    """Blank every line of that kind that begins after a position (the end of the headline); returns how many."""
    text, count = canvas.text, 0
    teasers = False
    lines = list(canvas.lines(after))
    end_mark = _end_mark(text, lines)
    for number, (start, end) in enumerate(lines):
        line = text[start:end]
        teasers = _TEASERS.fullmatch(line) is not None or teasers and not _ENDS_SENTENCE.search(line)
        if teasers or number >= end_mark or is_about_the_page(line):
            canvas.blank(start, end)
            count += 1
    return count


def _end_mark(text: str, lines: list[tuple[int, int]]) -> int:
    """The number of the line that ends the text, by a mark in its latter half; beyond the last where there is none."""
    marks = (n for n, (start, end) in enumerate(lines) if _END_MARK.fullmatch(text[start:end]))
    return next((n for n in marks if lines[n][0] - lines[0][0] > lines[-1][1] - lines[n][1]), len(lines))
