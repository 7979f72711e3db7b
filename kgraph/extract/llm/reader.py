"""The reader that asks a language model, as a guest beside the others: it reads kept answers alone."""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.errors import SettingsError
from kgraph.extract.llm.answers import Answers
from kgraph.extract.llm.check import Failure
from kgraph.extract.llm.conversation import conversation
from kgraph.extract.llm.request import REQUEST_VERSION
from kgraph.extract.llm.sentences import Window, windows
from kgraph.extract.llm.settings import LlmSettings
from kgraph.extract.llm.statements import statement
from kgraph.extract.reader import ANY_LANGUAGE
from kgraph.extract.reading import Reading
from kgraph.identifiers import digest
from kgraph.model.document import Document
from kgraph.model.statement import Abstention, ReadStatement

NOT_ANSWERED = "the language model was not asked, or has not answered"


class LlmReader:
    """Reads what a language model answered; see docs/llm.md."""

    name = "llm"
    version = REQUEST_VERSION
    languages = frozenset((ANY_LANGUAGE,))

    def __init__(self, settings: LlmSettings | None = None) -> None:
        if settings is None:
            raise SettingsError("the reader 'llm' needs settings: where its answers are kept, and of which model")
        self._answers = Answers(settings.answers, settings.model)

    def basis(self, document: Document) -> str:
        """A digest of the kept answers about a document: what its reading depends on beside text and code."""
        kept = [a for w in windows(document) for a in conversation(w, self._answers).answers]
        return digest(*(part for answer in kept for part in (answer.request, answer.text)))

    def read(self, reading: Reading) -> Iterator[ReadStatement | Abstention]:
        """See ``Reader.read``."""
        for window in windows(reading.document):
            checked = conversation(window, self._answers).checked
            if checked is None:
                missing = Failure(reason=NOT_ANSWERED, span=window.sentences[0].span)
                yield _abstention(window, missing)
                continue
            yield from (statement(reading, record) for record in checked.records)
            yield from (_abstention(window, failure) for failure in checked.failures)


def _abstention(window: Window, failure: Failure) -> Abstention:
    span = failure.span
    return Abstention(
        document=window.document.id,
        relation=failure.relation,
        span=span,
        quote=window.document.text[span.start : span.end],
        reason=f"language model: {failure.reason}",
    )
