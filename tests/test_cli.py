"""The command line: each command, its exit codes, and one clear line for each wrong input.

Nothing built before is lost.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import shlex
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from kgraph.cli import COMMANDS, GROUPS, cli, command
from kgraph.rdf.query import named_queries
from tests.program import kgraph

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli")
    (folder / "a.txt").write_text(
        "Sweden rejected the offer.\n\nPeru will meet Chile in Lima, Kenya said.", encoding="utf-8"
    )
    result = kgraph("build", "a.txt", cwd=folder)
    assert result.returncode == 0, result.stderr
    return folder


def test_build_prints_where_things_are(built):
    result = kgraph("build", "a.txt", cwd=built)
    assert [line.split() for line in result.stdout.splitlines()] == [
        ["store", "exports/store"],
        ["graph", "exports/graph.ttl"],
        ["network", "exports/network.html"],
        ["timeline", "exports/timeline.html"],
        ["analysis", "exports/analysis.html"],
    ]
    assert "0 read, 1 unchanged" in result.stderr
    assert all((built / path).exists() for _, path in map(str.split, result.stdout.splitlines()))


def test_extract_prints_records(built):
    result = kgraph("extract", "a.txt", cwd=built)
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert {r["relation"] for r in found} == {"rejects", "meets"}


def test_extract_reads_standard_input():
    result = kgraph("extract", "-", stdin="Sweden rejected the offer.")
    assert json.loads(result.stdout)["document"] == "stdin"


def test_extract_leaves_out_the_unsure(built):
    assert kgraph("extract", "a.txt", "--min-confidence", "0.99", cwd=built).stdout == ""


def test_extract_lists_what_it_did_not_decide():
    result = kgraph("extract", "-", "--abstained", stdin="It was rejected.")
    assert json.loads(result.stdout)["reason"] == "nobody certain makes the move"


def test_query_forms(built):
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s a neg:Statement }"
    assert kgraph("query", query, "-f", "csv", cwd=built).stdout.split() == ["n", "2"]
    assert "2" in kgraph("query", query, cwd=built).stdout
    (built / "q.rq").write_text(query, encoding="utf-8")
    assert kgraph("query", "--file", "q.rq", "-f", "csv", cwd=built).stdout.split() == ["n", "2"]
    assert kgraph("query", "-", "-f", "csv", cwd=built, stdin=query).stdout.split() == ["n", "2"]
    assert kgraph("query", "ASK { ?s a neg:Statement }", cwd=built).stdout == "yes\n"
    assert "kg:build" in kgraph("query", "DESCRIBE kg:build", "-f", "ttl", cwd=built).stdout


def test_named_query_with_parameters(built):
    both = [
        kgraph("query", "who-rejected-what", *p, "-f", "csv", cwd=built).stdout
        for p in (["--actor", "Sweden"], ["--param", "actor=Sweden"])
    ]
    assert both[0] == both[1]
    assert "Sweden,offer" in both[0]


def test_list_and_stats_and_checks(built):
    assert "who-rejected-what" in kgraph("query", "--list", cwd=built).stdout
    assert "graphml" in kgraph("export", "--list", cwd=built).stdout
    assert json.loads(kgraph("stats", "-f", "json", cwd=built).stdout)["statements"] == {"meets": 1, "rejects": 1}
    assert kgraph("validate", cwd=built).returncode == 0
    assert kgraph("verify", "-f", "json", cwd=built).returncode == 0


def test_verify_exits_with_one(built, tmp_path):
    (tmp_path / "b.txt").write_text("Sweden rejected the offer.", encoding="utf-8")
    kgraph("build", "b.txt", cwd=tmp_path)
    (tmp_path / "b.txt").write_text("Sweden rejected it all.", encoding="utf-8")
    result = kgraph("verify", cwd=tmp_path)
    assert result.returncode == 1
    assert "source changed" in result.stdout


def test_view_and_export(built, tmp_path):
    assert kgraph("view", "-o", tmp_path / "pages", cwd=built).returncode == 0
    assert (tmp_path / "pages" / "network.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    exported = kgraph("export", "-f", "ttl", "-o", tmp_path / "g.ttl", cwd=built)
    assert exported.returncode == 0 and exported.stdout == ""
    assert re.fullmatch(rf"\d+ statements written as ttl to {tmp_path / 'g.ttl'}\n", exported.stderr)
    assert (tmp_path / "g.ttl").read_bytes() == (built / "exports" / "graph.ttl").read_bytes()


def test_an_excerpt_says_what_it_is(built, tmp_path):
    result = kgraph(
        "view", "--focus", "Sweden", "--relations", "rejects", "--as-of", "2030", "-o", tmp_path / "cut", cwd=built
    )
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["network", "timeline"]
    page = (tmp_path / "cut" / "network.html").read_text(encoding="utf-8")
    assert "<strong>Excerpt: 1 step around Sweden; what was reported by 31 December 2030; rejects.</strong>" in page
    assert not (tmp_path / "cut" / "analysis.html").exists()


def test_a_table_goes_into_a_file(built, tmp_path):
    assert kgraph("query", "ASK { ?s a neg:Statement }", "-o", tmp_path / "a", cwd=built).stdout == ""
    assert (tmp_path / "a").read_text(encoding="utf-8") == "yes\n"


def test_verify_does_not_depend_on_where_it_runs(built, tmp_path):
    assert kgraph("verify", "--store", built / "exports", cwd=tmp_path).returncode == 0


def test_a_damaged_store_is_one_line(built, tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("junk", encoding="utf-8")
    result = kgraph("stats", "--store", tmp_path)
    assert result.returncode == 2
    assert "cannot be opened" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_text_that_is_not_english_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Die Regierung hat den Vorschlag am Dienstag abgelehnt, weil er die Grenze nicht anerkennt. Der Minister sagte, "
        "man werde im Herbst weiter verhandeln, sofern die Truppen abziehen.",
        encoding="utf-8",
    )
    (tmp_path / "b.txt").write_text("Sweden rejected the offer.", encoding="utf-8")
    result = kgraph("build", "a.txt", "b.txt", cwd=tmp_path)
    assert result.returncode == 0
    assert "a.txt: not read, it is not English (looks like 'de')" in result.stderr
    assert "1 document: 1 read" in result.stderr
    assert "not English" in kgraph("extract", "a.txt", cwd=tmp_path).stderr


WRONG = [
    (["export", "-f", "csv", "-o", "a.txt/out"], "cannot be written"),
    (["query", "--file", "latin.txt"], "is not a SPARQL query in UTF-8"),
    (["build", "a.txt", "-o", ""], "-o needs the name of a folder"),
    (["build", "nothing.txt"], "nothing.txt: no such file or folder"),
    (["build", "empty.txt"], "empty.txt: the file is empty"),
    (["build", "binary.txt"], "binary.txt: is a binary file"),
    (["build", "bad.jsonl", "--strict"], "bad.jsonl:2: is not valid JSON"),
    (["build", "a.txt", "-o", "a.txt/out"], "cannot be written"),
    (["query", "SELECT * WHER { ?s ?p ?o }"], "syntax error at line 1, column"),
    (["query", "who-rejected"], "did you mean who-rejected-what"),
    (["query", "reversals"], "kgraph positions --reversals"),
    (["query", "about", "--mater", "x"], "did you mean matter"),
    (["query", "about", "-f", "cvs"], "did you mean csv"),
    (["export", "-f", "turtel"], "unknown format"),
    (["query", "about", "--store", "elsewhere"], "no store here; build one with"),
    (["extract", "a.txt", "--knowledge", "elsewhere"], "no .ttl file found"),
    (["query"], "kgraph query --list"),
    (["biuld"], "unknown command 'biuld'; did you mean build?"),
    (("view", "--focus", "Moskau", "-o", "x"), "unknown thing 'Moskau'"),
    (("view", "--focus", "Sweden"), "say with -o where the excerpt goes"),
    (("view", "--relations", "rejcts", "-o", "x"), "unknown relation 'rejcts'; did you mean rejects"),
    (("view", "--as-of", "soon", "-o", "x"), "is not a day, month or year"),
    (("view", "--focus", "Sweden", "--with-sparql", "-o", "x"), "carries the whole graph"),
    (("view", "--depth", "0"), "--depth"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG, ids=[" ".join(a) for a, _ in WRONG])
def test_wrong_input(built, arguments, message):
    for name, content in (
        ("empty.txt", b" "),
        ("binary.txt", b"\x00\x01"),
        ("latin.txt", b"caf\xe9"),
        ("bad.jsonl", b'{"id":"a","text":"x"}\n{'),
    ):
        (built / name).write_bytes(content)
    before = (built / "exports" / "graph.ttl").read_bytes()
    result = kgraph(*arguments, cwd=built)
    assert result.returncode == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert (built / "exports" / "graph.ttl").read_bytes() == before
    assert kgraph("query", "ASK { ?s a neg:Statement }", cwd=built).stdout == "yes\n"


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_control_c_leaves_the_old_build(tmp_path, jobs):
    lines = [json.dumps({"id": f"d{n}", "text": "Sweden rejected the offer. " * 4 + str(n)}) for n in range(400)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "a.txt").write_text("Sweden rejected the offer.", encoding="utf-8")
    kgraph("build", "a.txt", cwd=tmp_path)
    before = (tmp_path / "exports" / "graph.ttl").read_bytes()
    process = subprocess.Popen(
        [sys.executable, "-m", "kgraph", "build", "many.jsonl", "--jobs", jobs],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        # Tests that were started in the background have it ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 60
    while len(os.listdir(tmp_path / "exports" / "cache")) < 5 and time.monotonic() < deadline:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "what was built before is unchanged" in errors
    assert (tmp_path / "exports" / "graph.ttl").read_bytes() == before
    assert kgraph("validate", cwd=tmp_path).returncode == 0


def test_help_loads_no_command():
    code = (
        "import sys; from click.testing import CliRunner; from kgraph.cli import cli; r = CliRunner().invoke(cli, ['--help']); "
        "assert 'Exit codes' in r.output, r.output; "
        "print(*(m for m in sorted(sys.modules) if m.startswith('kgraph.')))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded == "kgraph.cli kgraph.cli.failures kgraph.errors\n"


# What is loaded to ask a built graph: nothing that reads, draws or serves.
HEAVY = (
    "spacy",
    "rdflib",
    "networkx",
    "numpy",
    "pyvis",
    "pyshacl",
    "rich",
    "trafilatura",
    "openai",
    "starlette",
)


@pytest.mark.slow
@pytest.mark.parametrize("module", sorted({module for module, _ in COMMANDS.values()}))
def test_a_commands_module_loads_no_heavy_library(module):
    code = f"import sys, kgraph.cli.{module}; print([m for m in {HEAVY} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_their_help_says(name):
    assert command(name).name == name
    assert command(name).help.startswith(COMMANDS[name][1])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example(name):
    assert "Example" in command(name).help


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_fits_80_columns(name):
    shown = CliRunner().invoke(cli, [*name.split(), "--help"], terminal_width=80)
    assert shown.exit_code == 0
    assert max(map(len, shown.output.splitlines())) <= 80


def test_the_list_of_commands_is_grouped_by_what_one_does():
    shown = CliRunner().invoke(cli, ["--help"]).output
    places = [shown.index(f"\n{group}:\n") for group in GROUPS]
    assert places == sorted(places)
    for group, commands in GROUPS.items():
        listed = shown.split(f"\n{group}:\n")[1].split("\n\n")[0]
        assert [line.split()[0] for line in listed.splitlines()] == list(commands)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["positions", "--by", "week"], "kgraph: Invalid value for '--by': 'week' is not one of 'month', "),
        (["diff", "x"], "kgraph: Missing argument 'NEW'; see `kgraph diff --help`\n"),
        (["judge", "reject", "x"], "kgraph: Missing option '--why'; see `kgraph judge reject --help`\n"),
        (
            ["query", "who", "rejected", "what"],
            "kgraph: unknown query 'who rejected what'; did you mean who-rejected-w",
        ),
        (["query", "--lst"], "kgraph: there is no option --lst; parameters come after the name of a query; see "),
        (["query", "SELECT", "?s"], "kgraph: SPARQL stands in quotes: kgraph query 'SELECT ?s'; see `kgraph query"),
        (["contradictions", "--actor", "x"], "kgraph: no option --actor; `kgraph contradictions` takes --"),
        (["view", "--stor", "x"], "kgraph: no option --stor; did you mean --store?; see `kgraph view --help`\n"),
        (["serve", "--port", "x"], "kgraph: Invalid value for '--port': x is no whole number from 0 to 65535; see "),
        (["query", "moves", "--limit", "0"], "kgraph: Invalid value for '--limit': 0 is no whole number from 1 on; "),
        (["stats", "--min-confidence", "x"], "kgraph: no option --min-confidence; `kgraph stats` takes "),
        (
            ["export", "--min-confidence", "x"],
            "kgraph: Invalid value for '--min-confidence': x is no number from 0 to 1",
        ),
        (["query", "about", "plan"], "kgraph: unexpected 'plan': a SPARQL query stands in quotes, and a parameter has"),
    ],
)
def test_a_slip_of_the_keys_is_one_line(arguments, message):
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(message)
    assert result.stderr.count("\n") == 1


def test_a_question_about_a_thing_asks_for_it(built):
    result = kgraph("query", "about", cwd=built)
    assert result.returncode == 2 and result.stdout == ""
    needed = re.match(
        r"kgraph: about needs --matter, .*; for instance: kgraph query (about --matter .+); see", result.stderr
    )
    assert needed is not None
    assert kgraph("query", *shlex.split(needed[1]), cwd=built).stdout


def test_what_a_mistyped_name_was_taken_for_is_said(built):
    taken = kgraph("query", "who-rejected-what", "--actor", "Swed", cwd=built)
    assert taken.returncode == 0
    assert "--actor Swed: taken as the beginning of Sweden\n" in taken.stderr
    assert "taken as" not in kgraph("query", "who-rejected-what", "--actor", "sweden", cwd=built).stderr


def test_a_term_that_the_ontology_does_not_have_is_said(built):
    warned = kgraph("query", 'SELECT * { ?s neg:rejekts ?o FILTER(?o != "neg:fine") }', cwd=built)
    assert warned.returncode == 0
    assert "the ontology has no term neg:rejekts, so that nothing matches it; did you mean neg:rejects" in warned.stderr
    assert "neg:fine" not in warned.stderr
    assert "no term" not in kgraph("query", "SELECT * { ?s neg:rejects ?o ; a neg:State }", cwd=built).stderr


def test_without_the_seeds_build_asks_what_to_read(tmp_path):
    result = kgraph("build", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith("kgraph: say what to read: ")


def in_a_terminal(*arguments, cwd, lines=24, pager="cat"):
    """What a command shows on a terminal of 80 columns, with its pager named so that it can be seen."""
    command = [sys.executable, "-m", "kgraph", *arguments]
    me, screen = pty.openpty()
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", lines, 80, 0, 0))
    environment = {**os.environ, "PAGER": pager, "TERM": "xterm"}
    for size in ("LINES", "COLUMNS"):  # these would go before the size of the terminal
        environment.pop(size, None)
    process = subprocess.Popen(command, cwd=cwd, env=environment, stdin=screen, stdout=screen, stderr=screen)
    os.close(screen)
    shown = b""
    try:
        while part := os.read(me, 65536):
            shown += part
    except OSError:  # a terminal that nobody holds open any more ends so
        pass
    os.close(me)
    assert process.wait(timeout=60) == 0, shown
    return shown.decode().replace("\r\n", "\n")


def test_on_a_terminal_what_is_longer_goes_through_the_pager(built):
    pager = "sed s/^/PAGED:/"
    assert f"PAGED:{len(named_queries())} questions that the graph answers" in in_a_terminal(
        "query", "--list", cwd=built, pager=pager
    )
    assert "PAGED:" not in in_a_terminal("query", "--list", cwd=built, lines=400, pager=pager)


def test_on_a_terminal_totals_come_first_and_what_is_done_is_told(built):
    shown = in_a_terminal("query", "who-rejected-what", "--limit", "1", cwd=built)
    assert shown.index("asking") < shown.index("The first 1 row (--limit)") < shown.index("rejecter")
    read = in_a_terminal("build", "a.txt", "--rebuild", cwd=built)
    stages = ["linking what they mention", "writing the graph", "writing the pages", "1 document: 0 read, 1 unchanged"]
    assert sorted(stages, key=read.index) == stages


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_what_a_store_holds_cannot_command_a_terminal(built, form):
    query = r'SELECT ("\u001B]0;owned\u0007\u202Eevil" AS ?x) {}'
    screen = in_a_terminal("query", query, "-f", form, cwd=built)
    assert "\\x1b]0;owned" in screen.replace("\\u001b", "\\x1b")
    assert not {"\x1b]", "\x07", "\u202e"} & {screen[i : i + n] for n in (1, 2) for i in range(len(screen))}


def test_in_a_pipe_totals_and_progress_leave_the_data_alone(built):
    result = kgraph("query", "who-rejected-what", cwd=built)
    assert result.stdout.split()[:2] == ["rejecter", "rejected"]
    assert result.stderr == "1 row\n"
    assert kgraph("query", "who-rejected-what", "-f", "csv", cwd=built).stderr == ""


def test_sources_counts_one_document_as_one(tmp_path):
    (tmp_path / "a.txt").write_text("Talks go on\n\nPeru rejected the plan.\n\nShare this article", encoding="utf-8")
    result = CliRunner().invoke(cli, ["sources", str(tmp_path), "--format", "csv"])
    assert result.stderr == "1 document (1 undated), 0 left out\n"
    assert "1 line about the page is not read" in result.stdout
