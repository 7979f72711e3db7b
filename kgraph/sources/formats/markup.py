"""HTML that somebody wrote as a text (an item of a feed, a letter): its lines, each a paragraph."""

from __future__ import annotations

from dataclasses import dataclass, field

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
    walk = _Walk(quote)
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event == "start":
            walk.open(node.tag)
            walk.say(node.text)
        else:
            # What a comment says is no text, but what stands behind it is.
            if event == "end":
                walk.close(node.tag)
            walk.say(node.tail)
    found = ((marks, " ".join("".join(parts).split())) for marks, parts in walk.lines)
    return [marks + line for marks, line in found if line]


@dataclass
class _Walk:
    """A walk through a tree: the lines so far with their marks of quotation, and how deep it is in what is unseen."""

    quote: str
    lines: list[tuple[str, list[str]]] = field(default_factory=lambda: [("", [])])
    marks: str = ""
    hidden: int = 0

    def open(self, tag: str) -> None:
        self.hidden += tag in _UNSEEN
        if tag == "blockquote":
            self.marks += self.quote
        self.begin_line(tag)

    def close(self, tag: str) -> None:
        self.hidden -= tag in _UNSEEN
        if tag == "blockquote":
            self.marks = self.marks.removesuffix(self.quote)
        self.begin_line(tag)

    def begin_line(self, tag: str) -> None:
        """The beginning and the end of a block begin a line."""
        if tag in _BLOCKS:
            self.lines.append((self.marks, []))

    def say(self, words: str | None) -> None:
        """Take in words, which may not be seen."""
        if words and not self.hidden:
            self.lines[-1][1].append(words)
