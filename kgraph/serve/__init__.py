"""Serves a graph: a SPARQL endpoint and pages to read it."""
