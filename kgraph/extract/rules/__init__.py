"""The reader that works by rules: a lexicon of frames over spaCy's parse."""
