"""What goes wrong outside the program is one line that says so, and true; nothing of it is called an internal error."""

from __future__ import annotations

import getpass
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kgraph.build import judge as judging
from kgraph.build.opening import open_build
from kgraph.build.pipeline import build
from kgraph.cli import cli
from kgraph.cli.failures import described, shown
from kgraph.errors import DocumentError, StoreError
from kgraph.link.judgements import JUDGEMENTS, Judgement, read_log, write_log
from kgraph.rdf.sparql import with_limit
from kgraph.rdf.store.manifest import DocumentEntry, GraphEntry, Manifest
from tests.examples import examples

TEXT = "Sweden rejected the offer. Peru proposed the Cuzco plan."


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    folder = tmp_path_factory.mktemp("first")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    build([folder / "a.txt"], folder / "exports")
    return folder


@pytest.fixture
def built(first, tmp_path):
    """A build of its own for each test."""
    return shutil.copytree(first, tmp_path, dirs_exist_ok=True)


def run(*arguments):
    return CliRunner().invoke(cli, [str(a) for a in arguments])


def shell(line: str, folder: Path) -> subprocess.CompletedProcess:
    """A command as a shell runs it; ``kgraph`` is the program."""
    line = line.replace("kgraph", f"{sys.executable} -m kgraph")
    return subprocess.run(["bash", "-c", line], cwd=folder, capture_output=True, timeout=120)


STREAMS = [
    ("kgraph stats > /dev/full", 2, "the output: No space left on device"),
    ("kgraph query 'ASK { ?s ?p ?o }' -f json > /dev/full", 2, "No space left on device"),
    ("kgraph extract a.txt > /dev/full", 2, "the output: No space left on device"),
    ("kgraph stats >&-", 2, "standard output is closed"),
    ("kgraph build - -o other <&-", 2, "the file is empty"),
    ("kgraph stats 2>&-", 0, ""),
    ("kgraph query about --matter $'\\xff'", 2, "unknown matter"),
    ("kgraph judge accept $'\\xff' --why x", 2, "not written in UTF-8"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("line", "code", "message"), STREAMS, ids=[line for line, _, _ in STREAMS])
def test_streams_and_bytes(built, line, code, message):
    result = shell(line, built)
    errors = result.stderr.decode("utf-8", "replace")
    assert result.returncode == code, errors
    assert message in errors
    assert sum(line.startswith("kgraph: ") for line in errors.splitlines()) <= 1
    assert "internal error" not in errors


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (StoreError("x: is locked"), "x: is locked"),
        (OSError(28, "No space left on device"), "the output: No space left on device"),
        (OSError(13, "Permission denied", "notes.txt"), "notes.txt: Permission denied"),
        (RuntimeError("Corruption: block checksum mismatch in 000009.sst"), "the store is damaged"),
        (RecursionError(), "nested too deeply"),
        (MemoryError(), "not enough memory"),
        (UnicodeEncodeError("utf-8", "a\udcff", 1, 2, "surrogates not allowed"), "is not UTF-8"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_an_error_from_outside_is_described(error, words):
    assert words in described(error)


def test_a_mistake_in_the_program_is_not_explained_away():
    assert described(KeyError("x")) is None
    assert described(RuntimeError("this cannot be")) is None


def test_what_a_terminal_would_act_on_is_shown_escaped():
    assert shown("a\x1b[31mred\x07\u202ebad\udcff\tx\n") == "a\\x1b[31mred\\x07\\u202ebad\\udcff\tx\n"
    assert shown("Ørsted – “naïve” 日本") == "Ørsted – “naïve” 日本"


# Judging.


def test_a_stop_after_a_judgement_was_recorded_says_so(built, monkeypatch):
    def stopped(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("kgraph.cli.judging.rebuild", stopped)
    result = run("judge", "merge", "Sweden", "Peru", "--why", "one", "--by", "desk", "-o", built / "exports")
    (recorded,) = read_log(built / "exports" / JUDGEMENTS)
    assert result.exit_code == 2
    assert "stopped; the judgement stands, and the next build applies it" in result.output
    assert f"kgraph judge undo {recorded.id}" in result.output
    assert "unchanged" not in result.output


def test_a_full_disk_after_a_judgement_was_recorded_says_so(built, monkeypatch):
    def full(*arguments, **options):
        raise StoreError("exports: the store cannot be written: No space left on device")

    monkeypatch.setattr("kgraph.cli.judging.rebuild", full)
    result = run("judge", "merge", "Sweden", "Peru", "--why", "one", "--by", "desk", "-o", built / "exports")
    assert "No space left on device; the judgement stands" in result.output


def test_a_folder_given_as_a_server_does_not_part_a_build_in_two(built):
    for command in (("judge", "merge", "Sweden", "Peru", "--why", "one"), ("build", built / "docs")):
        result = run(*command, "--store", built / "exports")
        assert result.exit_code == 2 and f"write `-o {built / 'exports'}`" in result.output
    assert not (built / "exports" / JUDGEMENTS).exists()


def test_a_stop_before_a_judgement_was_recorded_says_nothing_of_one(built, monkeypatch):
    def stopped(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(judging, "write_log", stopped)
    result = run("judge", "merge", "Sweden", "Peru", "--why", "one", "--by", "desk", "-o", built / "exports")
    assert (result.exit_code, result.output) == (2, "\nkgraph: stopped\n")
    assert not (built / "exports" / JUDGEMENTS).exists()


def test_a_system_that_does_not_know_its_user(built, monkeypatch):
    def nobody():
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(getpass, "getuser", nobody)
    result = run("judge", "merge", "Sweden", "Peru", "--why", "one", "-o", built / "exports")
    assert (result.exit_code, "say who decides (--by NAME)" in result.output) == (2, True)
    by_name = run("judge", "merge", "Sweden", "Peru", "--why", "one", "--by", "desk", "-o", built / "exports")
    assert by_name.exit_code == 0


STOPS = [("before", "what was built before is unchanged"), ("after", "the new graph is in place, but not all")]


@pytest.mark.parametrize(("moment", "words"), STOPS, ids=[moment for moment, _ in STOPS])
def test_a_stopped_build_says_which_graph_there_is(built, monkeypatch, moment, words):
    from kgraph.views import pages

    def stopped(*arguments, **options):
        raise KeyboardInterrupt

    if moment == "before":
        from kgraph.rdf.store import embedded

        monkeypatch.setattr(embedded, "_write_generation", stopped)
    else:
        monkeypatch.setattr(pages, "page_files", stopped)
    (built / "b.txt").write_text("Kenya rejected the Lima accord.", encoding="utf-8")
    result = run("build", built / "b.txt", "-o", built / "exports")
    assert result.exit_code == 2
    assert words in result.output


# Files that anybody may have written.

LINE = {"verdict": "merge", "target": "http://e/a", "others": ["http://e/b"], "who": "d", "why": "w"}
LINE["when"] = "2026-01-01T00:00:00Z"
WRONG = [
    ({**LINE, "verdict": "marry"}, "its verdict is none of"),
    ({**LINE, "others": [1]}, "must be strings"),
    ({**LINE, "others": 5}, "not a judgement"),
    ({**LINE, "changes": ["a"]}, "changes are not an object"),
    ({**LINE, "why": "\ud800"}, "half of a surrogate pair"),
    ({**LINE, "why": "\x1b[2J"}, "controls"),
    ({**LINE, "target": "not an address"}, "not named by IRI"),
    ({**LINE, "others": ["http://e/<b>"]}, "not named by IRI"),
    ({**LINE, "when": "yesterday"}, "is not written as"),
    ({**LINE, "colour": "red"}, "not a judgement"),
    ([], "it is not an object"),
    (None, "it is not an object"),
]


@pytest.mark.parametrize(("content", "message"), WRONG)
def test_a_line_that_is_no_judgement(tmp_path, content, message):
    (tmp_path / JUDGEMENTS).write_text(json.dumps(LINE) + "\n" + json.dumps(content) + "\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=message) as caught:
        read_log(tmp_path / JUDGEMENTS)
    assert caught.value.source.endswith(f"{JUDGEMENTS}:2")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from(["verdict", "target", "others", "who", "when", "why", "document", "changes", "more"])


@examples(300)
@given(changed=st.dictionaries(FIELDS, JSON, max_size=3), gone=st.sets(FIELDS, max_size=2), cut=st.integers(0, 200))
def test_any_log_is_read_or_refused_by_line(tmp_path_factory, changed, gone, cut):
    line = json.dumps({k: v for k, v in {**LINE, **changed}.items() if k not in gone})
    path = tmp_path_factory.getbasetemp() / "fuzzed.jsonl"
    path.write_bytes(line[: len(line) - cut if cut < 100 else None].encode("utf-8", "surrogatepass"))
    try:
        found = read_log(path)
    except DocumentError as error:
        assert str(path) in error.source
    else:
        path.write_bytes(write_log(found))
        assert read_log(path) == found, "what was read can be written and read again"


def test_a_log_that_is_nested_without_end(tmp_path):
    (tmp_path / JUDGEMENTS).write_bytes(b"[" * 200_000)
    with pytest.raises(DocumentError, match="nested too deeply"):
        read_log(tmp_path / JUDGEMENTS)


GRAPHS = {"http://e/g": GraphEntry(3, "a" * 64), "http://e/h": GraphEntry(4, "b" * 64)}
SOUND = Manifest((DocumentEntry("a", "../a.txt", 0, "c" * 64, "d", "e", "http://e/g"),), GRAPHS, None, ("spacy 3.8",))


def places(value: object, path: tuple = ()) -> list[tuple]:
    """Every place in a JSON value, outermost first."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in places(item, (*path, key)))]


@examples(300)
@given(data=st.data(), value=JSON)
def test_any_manifest_is_read_or_refused(data, value):
    """One place of a sound manifest holds something else."""
    content = json.loads(SOUND.to_json())
    path = data.draw(st.sampled_from(places(content)[1:]))
    holder = content
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    try:
        found = Manifest.from_json(json.dumps(content).encode())
    except ValueError:
        return
    assert Manifest.from_json(found.to_json().encode()) == found


def test_a_sound_manifest_is_read_as_it_was_written():
    assert Manifest.from_json(SOUND.to_json()) == SOUND


def test_a_judgement_is_read_as_it_was_written(tmp_path):
    made = Judgement("reject", "http://e/s", "d", LINE["when"], "one\u2028two\nthree\U0001f600")
    (tmp_path / JUDGEMENTS).write_bytes(write_log([made]))
    assert read_log(tmp_path / JUDGEMENTS) == [made]


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", ".", "--min-confidence", "nan"],
        ["query", "ASK {}", "--min-confidence", "nan"],
        ["query", "ASK {}", "--timeout", "nan"],
        ["query", "ASK {}", "--timeout", "inf"],
        ["serve", "--timeout", "1e300"],
        ["blocs", "--min-confidence", "-nan"],
    ],
)
def test_what_is_no_number_is_refused_at_once(arguments):
    """Each was an internal error, or a build without a statement."""
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"kgraph: Invalid value for '{arguments[-2]}': ")


def test_a_pack_without_end_is_not_read():
    result = CliRunner().invoke(cli, ["unpack", "/dev/zero", "-o", "nowhere"])
    assert (result.exit_code, result.stderr) == (2, "kgraph: /dev/zero: is not a regular file; name a pack\n")


TYPED = [
    ("query who-rejected-what --actor ''", "the name of the actor is empty; leave it out for all"),
    ("query 'ASK {}' --negotiation ''", "the name of the negotiation is empty"),
    ("export --negotiation ' '", "the name of the negotiation is empty"),
    ("positions --actor ''", "the name of the actor is empty"),
    ("positions --as-of ''", "'' is not a day, month or year"),
    ("lifecycle ''", "the name of the matter is empty"),
    ("build '' -o out", "'': is no file or folder; name what to read"),
    ("query 'ASK {}' -f csv -o ''", ".: is a folder, and a file is to be written; give it a name"),
    ("export -f csv -o .", ".: is a folder, and a file is to be written; give it a name"),
    ("view -o ''", "-o needs the name of a folder"),
    ("view -o exports/cache", "exports/cache: belongs to the build in"),
    (
        "query 'CONSTRUCT WHERE {?s ?p ?o}' --limit 99999999999999999999",
        "is no whole number from 1 to 9223372036854775807",
    ),
    ("positions --limit 9223372036854775808", "is no whole number from 1 to 9223372036854775807"),
    ("build a.txt -o out --jobs 99999999999999999999", "is no whole number from 1 to 512"),
    ("serve --cors example.org", "--cors 'example.org' is not the origin of pages"),
    ("serve --workers 1000000", "is no whole number from 1 to 64"),
    ("judge move a --to ' ' --why x", "move needs the name of a negotiation (--to)"),
    ("judge merge Peru 'Cuzco plan' --why x", "a party and a matter cannot be one thing"),
    ("judge correct STATEMENT --set 'actor=Cuzco plan' --why x", "unknown actor 'Cuzco plan'"),
    ("judge correct STATEMENT --set actor= --why x", "the name of the actor is empty"),
]


@pytest.mark.parametrize(("line", "words"), TYPED, ids=[line for line, _ in TYPED])
def test_what_makes_no_sense_is_refused_in_a_line(built, monkeypatch, line, words):
    monkeypatch.chdir(built)
    statement = next(iter(open_build("exports").statements())).id
    before = {path: path.stat().st_mtime_ns for path in built.rglob("*") if path.suffix != ".lock" and path.is_file()}
    result = run(*shlex.split(line.replace("STATEMENT", statement)))
    assert (result.exit_code, words in result.stderr, result.stderr.count("\n")) == (2, True, 1), result.stderr
    assert before == {
        path: path.stat().st_mtime_ns for path in built.rglob("*") if path.suffix != ".lock" and path.is_file()
    }


@pytest.mark.parametrize("digits", ["9" * 5000, "0" * 5000 + "7", "7"])
def test_a_limit_of_any_length_is_lowered(digits):
    found = with_limit(f"SELECT * {{ ?s ?p ?o }} LIMIT {digits}", 100)
    assert found.split()[-1].lstrip("0") == ("7" if digits.endswith("7") else "100")


@pytest.mark.parametrize("command", ["export -f nt", "query 'SELECT * {?s ?p ?o}' -f csv", "pack"])
def test_a_pipe_is_written_to_and_not_replaced(built, monkeypatch, command):
    monkeypatch.chdir(built)
    os.mkfifo("pipe")
    with subprocess.Popen(["cat", "pipe"], stdout=subprocess.PIPE) as reader:
        result = run(*shlex.split(command), *(["pipe"] if command == "pack" else ["-o", "pipe"]))
        content = reader.stdout.read()
    assert (result.exit_code, len(content) > 1000, Path("pipe").is_fifo()) == (0, True, True)
