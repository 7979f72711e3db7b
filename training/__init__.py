"""Fits the trained reader.

Texts with their annotation, the checker that holds them to their form, and the program that learns from them.
"""
