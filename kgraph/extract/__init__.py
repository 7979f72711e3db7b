"""Reading documents: from a text to statements with character offsets.

``extraction`` reads documents with the readers that ``registry`` knows. It loads spaCy, so whoever may do without
reading (a build whose documents are all in the cache) imports it only when there is something to read.
"""

EXTRACTOR_VERSION = "0.2"
