"""The reader that learned.

An encoder with three heads, fitted by ``training/`` and run as ONNX; see docs/trained-reader.md.
"""
