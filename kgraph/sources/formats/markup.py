"""HTML that somebody wrote as a text (an item of a feed, a letter): its lines, each a paragraph."""

from __future__ import annotations

from lxml import etree, html

_BLOCKS = frozenset(("p", "div", "li", "br", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "ul", "ol", "hr"))
_UNSEEN = frozenset(("script", "style", "head", "title"))


def lines_of(content: str, quote: str = "") -> list[str]:
    """The lines of running text in a piece of HTML; ``quote`` stands before a line once for each block quotation that
    holds it.
    """
    try:
        tree = html.fromstring(f"<div>{content}</div>")
    except (etree.ParserError, ValueError):
        return [" ".join(content.split())]
    lines = [("", [""])]
    marks = ""
    hidden = 0
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        opens = event == "start"
        if opens or event == "end":
            hidden += (node.tag in _UNSEEN) * (1 if opens else -1)
            if node.tag == "blockquote":
                marks = marks + quote if opens else marks.removesuffix(quote)
            if node.tag in _BLOCKS:
                lines.append((marks, []))
        if not hidden:
            lines[-1][1].append((node.text if opens else node.tail) or "")
    found = ((marks, " ".join("".join(parts).split())) for marks, parts in lines)
    return [marks + line for marks, line in found if line]
