"""The main job: documents in, store, Turtle and pages out; and what everything downstream opens."""

from kgraph.build.opening import Build, open_build, plain_graph
from kgraph.build.pipeline import Built, build, rebuild
from kgraph.build.report import Report

__all__ = ["Build", "Built", "Report", "build", "open_build", "plain_graph", "rebuild"]
