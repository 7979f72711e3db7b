"""Builds: documents in, store, Turtle and pages out (``pipeline``); what everything downstream opens (``opening``)."""
