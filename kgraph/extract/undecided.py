"""Statements that say nothing: a pronoun in one of their roles stands for nothing that was found."""

from __future__ import annotations

from collections.abc import Iterable

from kgraph.extract.rules.en import words
from kgraph.extract.tables import parted
from kgraph.model.statement import Abstention, Mention, ReadStatement
from kgraph.vocabulary import Role


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
    decided, undecided = parted(statements, lambda statement: not _unresolved(statement))
    return decided, [_undecided(statement) for statement in undecided]


def _unresolved(statement: ReadStatement) -> list[Role]:
    """The roles of a statement that hold a pronoun that stands for nothing."""
    return [role for role, mentions in statement.roles().items() if any(map(_hangs, mentions))]


def abstention(statement: ReadStatement, reason: str) -> Abstention:
    """What is kept of a statement that was not decided: its clause, and why."""
    return Abstention(
        document=statement.document,
        relation=statement.relation,
        span=statement.span,
        quote=statement.quote,
        reason=reason,
    )


def _undecided(statement: ReadStatement) -> Abstention:
    role = _unresolved(statement)[0]
    return abstention(statement, f"its {role} is a pronoun that stands for nothing that was found")


def _hangs(mention: Mention) -> bool:
    return mention.antecedent is None and needs_antecedent(mention.text, mention.name)
