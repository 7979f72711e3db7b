"""The command line. Each command is one public function of the library.

Heavy libraries are loaded by the command that needs them.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from kgraph import __version__
from kgraph.cli import analysing, asking, building, checking, judging, learning, packing, serving, sources, viewing
from kgraph.cli.failures import described, discard_output, open_standard_streams, shown


class _Group(click.Group):
    """Turns the library's errors into one line and exit code 2."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            try:
                return super().main(*args, **{**kwargs, "standalone_mode": False})
            finally:
                # What cannot be written is to be said now, not when the interpreter ends.
                if sys.stdout is not None and not sys.stdout.closed:
                    sys.stdout.flush()
        except click.ClickException as error:
            error.show()
        except (click.Abort, KeyboardInterrupt):
            click.echo("kgraph: stopped", err=True)
        except BrokenPipeError:
            sys.stderr.close()
        except Exception as error:  # noqa: B902  an exit code of 1 would mean that a check found something
            if os.environ.get("KGRAPH_DEBUG"):
                raise
            discard_output()
            words = described(error) or (
                f"internal error: {type(error).__name__}: {shown(str(error))}; "
                "set KGRAPH_DEBUG=1 to see where, and please report it"
            )
            click.echo(f"kgraph: {words}", err=True)
        sys.exit(2)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="kgraph")
def cli() -> None:
    """Read texts about negotiations into a knowledge graph whose every edge can be traced to the words of a source.

    \b
    Start:
      kgraph sources seeds                 list the documents that would be read
      kgraph build seeds -o exports        read the documents, write the graph and the pages
      kgraph query --list                  questions that the graph answers
      kgraph query who-rejected-what
      kgraph positions --as-of 2025-12     where everybody stood; see also contradictions, deadlocks, lifecycle
      kgraph view --open                   the network in your browser
      kgraph serve                         pages and a SPARQL endpoint on this machine

    Exit codes: 0 done, 1 something found (validate, verify) or changed (diff), 2 could not run.
    """


for _command in (
    building.build,
    building.extract,
    learning.calibrate,
    learning.distill,
    sources.sources,
    asking.query,
    asking.export,
    viewing.view,
    checking.validate,
    checking.verify,
    checking.stats,
    judging.judge,
    packing.pack,
    packing.unpack,
    serving.serve,
    analysing.positions,
    analysing.contradictions,
    analysing.deadlocks,
    analysing.lifecycle,
    analysing.blocs,
    analysing.diff,
):
    cli.add_command(_command)


def main() -> None:
    """The entry point of the ``kgraph`` program."""
    problem = open_standard_streams()
    if problem is not None:
        click.echo(f"kgraph: {problem}", err=True)
        sys.exit(2)
    cli()
    sys.exit(0)
