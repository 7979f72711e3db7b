"""How a text is laid out for reading: what of it is running text, and who or what each part is."""
