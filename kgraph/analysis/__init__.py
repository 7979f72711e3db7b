"""What the graph knows that no article says: positions, contradictions, deadlocks, life cycles, change, blocs.

Each analysis is a function over a store that gives findings, and every finding carries its evidence.
"""
