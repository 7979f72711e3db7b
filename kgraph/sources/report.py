"""What reading a list of sources amounted to, for whoever has to tell people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kgraph.sources.values import SkippedSource, SourceDocument


@dataclass
class SourceReport:
    """Collects, while documents are read, what was left out and what their headers say that has no use.

    ``unused`` and ``remarks`` count documents by field and by remark, so that each is said once.
    """

    skipped: list[SkippedSource] = field(default_factory=list)
    unused: Counter[str] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)

    def skip(self, source: SkippedSource) -> None:
        """A source was left out."""
        self.skipped.append(source)

    def note(self, read: SourceDocument) -> None:
        """A document was read."""
        self.unused.update(read.unused)
        self.remarks.update(read.remarks)

    def lines(self, most: int = 20) -> list[str]:
        """The report in words, at most about ``most`` lines a kind."""
        found = [f"left out: {source}" for source in self.skipped[:most]]
        if len(self.skipped) > most:
            found.append(f"left out: {len(self.skipped) - most} more; `kgraph sources` lists all")
        found += [f"{remark} ({_documents(count)})" for remark, count in self.remarks.most_common(most)]
        if self.unused:
            listed = ", ".join(f"{name} ({count})" for name, count in self.unused.most_common(most))
            more = f" and {len(self.unused) - most} more" if len(self.unused) > most else ""
            found.append(f"fields of headers that kgraph does not use: {listed}{more}")
        return found


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count} documents"
