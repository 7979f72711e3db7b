"""White space looks alike to the parser, however much of it there is: layout is no part of what a text says."""

from __future__ import annotations

from spacy.tokens import Doc, Token


def even_blanks(doc: Doc) -> Doc:
    """Give all line ends one norm and shape, and all other white space another."""
    for token in doc:
        if token.is_space:
            _look_like(token, "\n\n" if "\n" in token.text else " ")
    return doc


def _look_like(token: Token, alike: str) -> None:
    if token.shape_ != alike:
        lexeme = token.vocab[token.text]
        lexeme.norm_ = lexeme.shape_ = alike
        lexeme.prefix_, lexeme.suffix_ = alike[0], alike
    token.norm_ = alike
