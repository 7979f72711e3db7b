"""The graph: how statements are written as RDF, read back, stored and queried."""
