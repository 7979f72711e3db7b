"""Mentions of all documents become entities; judgements of people decide where words do not."""
