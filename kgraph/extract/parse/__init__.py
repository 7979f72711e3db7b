"""From a document's text to its parse: the text that is parsed, spaCy's pipeline, and the mends of what it makes."""
