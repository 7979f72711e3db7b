"""kgraph: a knowledge graph of negotiations whose every edge can be traced to the words of a source."""

__version__ = "0.1.0"
