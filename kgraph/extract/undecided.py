"""Statements that say nothing: a pronoun in one of their roles stands for nothing that was found."""

from __future__ import annotations

from collections.abc import Iterable

from kgraph.extract.rules.en import words
from kgraph.model.statement import Abstention, Mention, ReadStatement


def is_pronoun(text: str) -> bool:
    """Whether words of a text are a personal pronoun; "US" is a state."""
    return text.lower() in words.PERSONAL and (len(text) == 1 or not text.isupper())


def needs_antecedent(text: str, name: str) -> bool:
    """Whether words that stand for ``name`` are a pronoun that must point to other words.

    Whose words a text is may be told by its header alone, which is not read: then "we" has nothing to point to.
    """
    return is_pronoun(text) and (text.lower() not in words.FIRST or is_pronoun(name))


def without_unresolved(statements: Iterable[ReadStatement]) -> tuple[list[ReadStatement], list[Abstention]]:
    """The statements whose pronouns all stand for something, and the others as clauses that were left undecided.

    "Peru may ratify it" says something only where the text tells what.
    """
    decided, undecided = [], []
    for statement in statements:
        role = next((role for role, mentions in statement.roles().items() for m in mentions if _hangs(m)), None)
        if role is None:
            decided.append(statement)
        else:
            undecided.append(
                Abstention(
                    document=statement.document,
                    relation=statement.relation,
                    span=statement.span,
                    quote=statement.quote,
                    reason=f"its {role} is a pronoun that stands for nothing that was found",
                )
            )
    return decided, undecided


def _hangs(mention: Mention) -> bool:
    return mention.antecedent is None and needs_antecedent(mention.text, mention.name)
