"""The formats of files that hold documents: one module each, behind one protocol."""
