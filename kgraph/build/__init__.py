"""The main job: documents in, store, Turtle and pages out."""

from kgraph.build.pipeline import BuildResult, build, rebuild

__all__ = ["BuildResult", "build", "rebuild"]
