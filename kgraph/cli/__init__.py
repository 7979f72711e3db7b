"""The command line. Each command is one public function of the library.

A command's module is imported when the command is used; the list of commands needs none of them.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import Any

import click

from kgraph import __version__
from kgraph.cli.failures import described, discard_output, open_standard_streams, shown, usage
from kgraph.errors import UnknownNameError

# What one does with the program, in the order in which one does it. Each command: the module of this folder that has a
# function of its name, and what the list of commands says of it. The command's own help begins with the same words.
GROUPS = {
    "Read texts": {
        "sources": ("sources", "List what would be read"),
        "build": ("building", "Read documents into a graph"),
        "extract": ("building", "Print the statements of documents as JSON Lines"),
    },
    "Ask": {
        "query": ("asking", "Ask the graph"),
        "positions": ("analysing", "Where each party stands on each issue"),
        "contradictions": ("analysing", "Where sources contradict each other"),
        "deadlocks": ("analysing", "What waits for what"),
        "lifecycle": ("analysing", "What became of plans, agreements and legal acts"),
        "blocs": ("analysing", "Who is close to whom"),
        "diff": ("analysing", "What changed between two builds"),
    },
    "Look and share": {
        "view": ("viewing", "Write network.html, timeline.html and analysis.html"),
        "serve": ("serving", "Serve the graph"),
        "export": ("exporting", "Write the graph in the format of another tool"),
        "pack": ("packing", "Write a build into one file"),
        "unpack": ("packing", "Restore a packed build in a new folder"),
    },
    "Check and decide": {
        "stats": ("checking", "Count what a build holds"),
        "verify": ("checking", "Re-read every piece of evidence from its source file"),
        "validate": ("checking", "Check the graph against the ontology's SHACL shapes"),
        "judge": ("judging", "Decide about entities, negotiations and statements"),
        "distill": ("learning", "Turn what a language model read"),
        "calibrate": ("learning", "Fit the confidence of statements"),
    },
}
COMMANDS = {name: listed for commands in GROUPS.values() for name, listed in commands.items()}


def command(name: str) -> click.Command:
    """The command of this name, whose module is imported."""
    found: click.Command = getattr(import_module(f"kgraph.cli.{COMMANDS[name][0]}"), name)
    return found


class _Group(click.Group):
    """Imports a command's module when the command is used; turns errors into one line and exit code 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return command(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not args[0].startswith("-") and args[0] not in COMMANDS:
            raise UnknownNameError("command", args[0], COMMANDS)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for group, commands in GROUPS.items():
            with formatter.section(group):
                formatter.write_dl([(f"{name:14}", does) for name, (_, does) in commands.items()])

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            try:
                return super().main(*args, **{**kwargs, "standalone_mode": False})
            finally:
                # What cannot be written is to be said now, not when the interpreter ends.
                if sys.stdout is not None and not sys.stdout.closed:
                    sys.stdout.flush()
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
        except click.ClickException as error:
            click.echo(f"kgraph: {usage(error)}", err=True)
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


@click.group("kgraph", cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="kgraph")
def cli() -> None:
    """Read texts about negotiations into a knowledge graph whose every edge can be traced to the words of a source.

    \b
    Start:
      kgraph sources seeds               list the documents that would be read
      kgraph build seeds -o exports      read them; write the graph and the pages
      kgraph view --open                 the network in your browser
      kgraph query --list                questions that the graph answers
      kgraph query who-rejected-what --actor Russia
      kgraph positions --as-of 2025-12   where each party stood at the year's end
      kgraph serve                       a website and a SPARQL endpoint, locally

    Exit codes: 0 done, 1 something found (validate, verify) or changed (diff), 2 could not run.
    """


def main() -> None:
    """The entry point of the ``kgraph`` program."""
    # A graph is many small values that stay: to look for waste among them as often as Python does by default takes a
    # sixth of an analysis.
    gc.set_threshold(50_000, 20, 100)
    problem = open_standard_streams()
    if problem is not None:
        click.echo(f"kgraph: {problem}", err=True)
        sys.exit(2)
    cli()
    sys.exit(0)
