"""Fits the confidence of statements to annotated texts.

``gold`` reads the annotation, ``agreement`` says which statements it has, ``fitting`` is the maths, and ``calibration``
puts them together.
"""
