"""Tables for people fit where they are shown, and say nothing twice or in vain."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from kgraph.cli import cli
from kgraph.cli.tables import as_text
from kgraph.errors import UnknownNameError

WIDE = [[f"{'word ' * 12}{number}" for number in range(8)]]


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        (["who", "what"], [["Norway", "9-step plan"]]),
        (["who", "what"], [["Norway", "plan " * 60]]),
        (["what"], [["x" * 300]]),
        ([f"column {number}" for number in range(8)], WIDE),
        (["who", "what"], [["\u65e5\u672c " * 40, "\u05e9\u05dc\u05d5\u05dd " * 40]]),
    ],
)
@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_it_may_be(columns, rows, width):
    text = as_text(columns, rows, width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert "".join(text.split()).count("x") == "".join(rows[0]).count("x")


def test_columns_that_nothing_stands_in_are_left_out():
    text = as_text(["who", "where", "what"], [["Norway", "", "plan"], ["Peru", "", "offer"]], 80)
    assert "where" not in text
    assert text.split()[:2] == ["who", "what"]


def test_a_table_where_it_fits_and_records_where_it_does_not():
    columns = [f"column {number}" for number in range(8)]
    assert as_text(columns, WIDE * 2, 400).splitlines()[0].split() == " ".join(columns).split()
    records = as_text(columns, WIDE * 2, 80)
    assert [records.count(column) for column in columns] == [2] * 8


def test_a_record_leaves_out_what_it_has_not():
    columns = [f"column {number}" for number in range(8)]
    records = as_text(columns, [WIDE[0], ["" if n == 3 else "x" for n in range(8)]], 80)
    assert records.count("column 3") == 1


def test_what_the_command_line_prints_fits_80_columns(seeds):
    place = ["--store", str(seeds.folder)]
    for command in (["query", "--list"], ["query", "who-rejected-what"], ["export", "--list"], ["stats"]):
        result = CliRunner().invoke(cli, [*command, *([] if "--list" in command else place)])
        assert result.exit_code == 0, result.output
        assert max(cell_len(line) for line in result.stdout.splitlines()) <= 80, command


@pytest.mark.parametrize(
    ("name", "valid", "message"),
    [
        ("rejcts", ["rejects", "proposes"], "unknown relation 'rejcts'; did you mean rejects?"),
        ("NORWAY", ["Norway", "Peru"], "unknown relation 'NORWAY'; did you mean Norway?"),
        ("q", ["rejects", "proposes"], "unknown relation 'q'; one of: proposes, rejects"),
        ("q", [f"x{n:02}" for n in range(60)], "unknown relation 'q'; one of 60, such as: x00, x01, x02, x03, x04"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(name, valid, message):
    assert str(UnknownNameError("relation", name, valid)) == message


def test_no_more_than_five_are_offered():
    found = UnknownNameError("actor", "State 1", [f"State {n}" for n in range(60)])
    assert len(found.nearest) == 5
    assert found.nearest[0] == "State 1"


def test_a_confidence_and_a_limit_cut_query_and_page(seeds, tmp_path):
    statements = seeds.statements()
    threshold = sorted(s.confidence for s in statements)[len(statements) // 2]
    run, place = CliRunner().invoke, ["--store", str(seeds.folder)]
    count = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a neg:Statement }"
    told = run(cli, ["query", count, "-f", "csv", "--min-confidence", str(threshold), *place]).output.split()
    assert told == ["n", str(sum(s.confidence >= threshold for s in statements))]
    cut = ["view", "--min-confidence", str(threshold), "--limit", "3", "-o", str(tmp_path), *place]
    assert run(cli, cut).exit_code == 0
    page = (tmp_path / "network.html").read_text(encoding="utf-8")
    assert f"confidence {threshold:.2f} or more; the 3 most certain statements" in page


def test_rows_without_columns_have_no_text():
    assert as_text([], [[]], 80) == ""
