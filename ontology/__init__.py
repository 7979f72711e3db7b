"""What the program knows, as RDF: terms, lexicon, actors, issues, shapes (package data of kgraph.knowledge)."""
