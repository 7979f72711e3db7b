"""What the graph knows that no article says: positions, contradictions, deadlocks, life cycles, change, blocs.

Each analysis is a function of a ``Corpus`` that gives findings. A finding joins only what is about one thing inside
one negotiation, in a possible order of time; it carries its evidence, says how its parts were matched and how sure the
least sure of them is, and is scored.
"""
