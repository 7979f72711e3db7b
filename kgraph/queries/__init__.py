"""The named queries: SPARQL files that begin with their question in words and their parameters."""
