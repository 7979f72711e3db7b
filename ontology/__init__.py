"""What the program knows, as RDF: terms, lexicon, actors, issues and shapes (package data, read by kgraph.knowledge)."""
