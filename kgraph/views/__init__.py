"""Pages that open with no network: the network of actors and matters, and the list of statements by date."""

# The page with the graph and a SPARQL engine inside, which is written only where it is asked for.
ASK = "ask.html"
