"""Reading speed, beside spaCy's bare pipeline on the same texts; the gain of a second process; memory at 200 and 20,000
documents.

The texts are made from templates (see ``texts``). Times of one process are medians of three runs, in processor seconds;
of two, by the clock, start-up included; memory is the peak resident size of a process of its own that reads a stream of
short documents. It takes about an hour, two minutes with --quick: fewer texts, one run, no memory.
"""

from __future__ import annotations

import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from kgraph.build.reading import engine_for, extract_with
from kgraph.build.workers import Assignment
from kgraph.extract.extraction import extract
from kgraph.extract.gazetteer import is_known_name
from kgraph.extract.parse.pipeline import pipeline
from kgraph.extract.parse.text import reading_text
from kgraph.extract.registry import DEFAULT_READERS
from kgraph.knowledge import Knowledge, load_knowledge
from kgraph.model.document import Document
from tests.benchmarks.history import History, is_quick

PLACES = ("Norway", "Kenya", "Peru", "Chile", "Japan", "Ghana", "Oman", "Latvia", "Spain", "Malta", "Qatar", "Laos")
MATTERS = (
    "a prisoner exchange",
    "the border treaty",
    "a temporary truce",
    "an end to the blockade",
    "the 12-point plan",
    "a new round of talks",
)
SENTENCES = (
    "{a} proposed {m} on Tuesday, and {b} said it would consider the offer if its troops were allowed to leave the valley.",
    "{b} rejected {m}, calling it unfair, but did not rule out further negotiations with {a}.",
    '"We cannot accept {m}," the foreign minister of {a} told reporters in Geneva after talks with {b}.',
    "The weather in the capital was mild, and the streets near the old harbour stayed quiet for most of the day.",
    "According to officials, {a} and {b} agreed to meet in the autumn, and {a} welcomed {m}.",
    "Prices of bread and fuel rose again in the north, where many families have waited for help since the spring.",
)


def texts(count: int, sentences: int, seed: int = 11) -> Iterator[Document]:
    """Documents of so many sentences each."""
    source = random.Random(seed)
    for number in range(count):
        lines = []
        for _ in range(sentences):
            a, b = source.sample(PLACES, 2)
            lines.append(source.choice(SENTENCES).format(a=a, b=b, m=source.choice(MATTERS)))
        yield Document(f"d{number}", " ".join(lines), published="2024-05-15")


def median(run: Callable[[], object], times: int, clock: Callable[[], float] = time.process_time) -> float:
    """Median time in seconds, of the processor unless told otherwise."""
    found = []
    for _ in range(times):
        start = clock()
        run()
        found.append(clock() - start)
    return statistics.median(found)


def memory(count: int) -> float:
    """Peak resident megabytes of a process that reads so many short documents."""
    code = f"from tests.benchmarks.extraction import peak; peak({count})"
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)


def peak(count: int) -> None:
    """Read documents and print this process's peak."""
    for _ in extract(texts(count, 1), load_knowledge()):
        pass
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def read(documents: list[Document], knowledge: Knowledge, jobs: int) -> None:
    """Read documents in so many processes."""
    for _ in extract_with(documents, Assignment(knowledge, DEFAULT_READERS), engine_for(jobs)):
        pass


def main() -> None:
    """Measure and print."""
    quick = is_quick(__doc__)
    history = History("extraction")
    documents = list(texts(16 if quick else 300, 18))
    runs = 1 if quick else 3
    words = sum(len(d.text.split()) for d in documents)
    knowledge, nlp = load_knowledge(), pipeline()
    readings = [reading_text(d, lambda word: is_known_name(knowledge, word)) for d in documents]
    # What is loaded when it is first needed is loaded before time is taken.
    list(nlp.pipe(readings[:16]))
    list(extract(documents[:16], knowledge))
    bare = median(lambda: list(nlp.pipe(readings, batch_size=16)), runs)
    ours = median(lambda: list(extract(documents, knowledge)), runs)
    print(f"{words} words: {words / ours:.0f} words a second, {words / bare:.0f} by spaCy alone")
    history.compare("reading 1,000 words, processor", "s", ours / words * 1000, "spaCy alone", bare / words * 1000)
    one, two = (median(lambda jobs=jobs: read(documents, knowledge, jobs), 1, time.perf_counter) for jobs in (1, 2))
    print(f"{one:.1f} s in one process, {two:.1f} s in two (start-up included): {one / two:.2f} times as fast")
    history.compare(f"reading {words:,} words in two processes", "s", two, "in one", one)
    if not quick:
        few, many = memory(200), memory(20_000)
        print(f"peak memory {few:.0f} MB at 200 documents, {many:.0f} MB at 20,000, ratio {many / few:.2f}")
        history.compare("peak memory at 20,000 documents", "MB", many, "at 200", few)


if __name__ == "__main__":
    main()
