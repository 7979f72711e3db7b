"""The values that every other room passes around: inert, frozen, without I/O and without RDF."""
