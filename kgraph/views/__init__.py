"""Pages that open with no network: the network of actors and matters, and the list of statements by date."""
