"""What the rules know of English besides the lexicon: its closed-class words."""
