"""What a user sets for the language model: where it is, what it is called, and how it is asked."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from kgraph.errors import SettingsError

SETTINGS_FILE = "kgraph.toml"
ANSWERS_FOLDER = "answers"
# A request that is written to a file may be answered by any model.
ANY_MODEL = "any"
_FIELDS = {"url": str, "model": str, "parallel": int, "budget": int}


@dataclass(frozen=True, kw_only=True)
class LlmSettings:
    """``url`` and ``model`` name the service; ``answers`` is the folder in which its answers are kept.

    ``parallel`` requests are under way at once; ``budget`` is the most tokens that a run may use, None for no limit.
    The key is no setting: the client takes it from the environment.
    """

    answers: Path
    model: str = ANY_MODEL
    url: str | None = None
    parallel: int = 4
    budget: int | None = None


def read_settings(path: Path) -> dict[str, str | int]:
    """The ``[llm]`` table of a settings file, empty where there is no file.

    Raises SettingsError for what is no TOML, for an unknown or ill-typed setting, and for a key, which does not belong
    into a file.
    """
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("llm", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not valid TOML: {error}") from error
    for name, value in table.items():
        if "key" in name or "token" in name or "secret" in name:
            raise SettingsError(
                f"{path}: {name!r} is a secret and does not belong in a file; "
                "set it as OPENAI_API_KEY in the environment"
            )
        if name not in _FIELDS:
            raise SettingsError(f"{path}: unknown setting {name!r} in [llm]; there are {', '.join(_FIELDS)}")
        if not isinstance(value, _FIELDS[name]):
            raise SettingsError(f"{path}: {name!r} in [llm] is not of type {_FIELDS[name].__name__}")
    return dict(table)
