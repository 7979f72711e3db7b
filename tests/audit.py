"""Asks for known weaknesses of the libraries that are installed (pip-audit) and that the pages carry (npm audit).

Both may be out of reach of whom they ask, and pip-audit then calls clean what nobody was asked about: a package that
the index does not tell of is passed over. So what could not be asked is said, and is no success.

python -m tests.audit     exit code 1 where a weakness is known, 2 where somebody could not be asked
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ("requirements/test.txt", "requirements/build.txt")
PIP_AUDIT = (".tools/bin/pip-audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off", "-f", "json")
NPM_AUDIT = ("npm", "--prefix", "frontend", "audit", "--package-lock-only", "--json")
WEAK, UNASKED = 1, 2


@dataclass(frozen=True)
class Audit:
    """How many packages were asked about, the known weaknesses in a line each, and why others were not asked about."""

    asked: int = 0
    weak: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)


def of_pip_audit(written: str, said: str) -> Audit:
    """What pip-audit found, from what it wrote and said on standard error."""
    try:
        packages: list[dict[str, Any]] = json.loads(written)["dependencies"]
    except (ValueError, KeyError):
        return Audit(unasked=[_last_line(said)])
    passed_over = [package["name"] for package in packages if "skip_reason" in package]
    weak = [
        f"{package['name']} {package['version']}: {found['id']}, mended in {', '.join(found['fix_versions']) or 'none'}"
        for package in packages
        for found in package.get("vulns", ())
    ]
    unasked = [f"the index tells nothing of {len(passed_over)} packages ({passed_over[0]} …)"] if passed_over else []
    return Audit(len(packages) - len(passed_over), weak, unasked)


def of_npm_audit(written: str, said: str) -> Audit:
    """What npm found, from what it wrote and said on standard error."""
    try:
        content = json.loads(written)
        found, asked = content["vulnerabilities"], content["metadata"]["dependencies"]["total"]
    except (ValueError, KeyError):
        return Audit(unasked=[_first_line(said)])
    return Audit(asked, [f"{name} {entry['range']}: {entry['severity']}" for name, entry in sorted(found.items())])


def _first_line(said: str) -> str:
    return next((line.strip() for line in said.splitlines() if line.strip()), "it said nothing")


def _last_line(said: str) -> str:
    return _first_line("\n".join(reversed(said.splitlines())))


def told(what: str, audit: Audit) -> list[str]:
    """What was found, in lines."""
    lines = [f"{what}: KNOWN WEAKNESS {line}" for line in audit.weak]
    lines += [f"{what}: NOT AUDITED, the advisory service cannot be reached: {reason}" for reason in audit.unasked]
    if audit.asked and not audit.weak:
        lines.append(f"{what}: {audit.asked} packages, none with a known weakness")
    return lines


def exit_code(audits: list[Audit]) -> int:
    """WEAK, UNASKED, or 0."""
    if any(audit.weak for audit in audits):
        return WEAK
    return UNASKED if any(audit.unasked for audit in audits) else 0


def _run(*command: str) -> tuple[str, str]:
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return ran.stdout, ran.stderr


def main() -> int:
    """Ask about everything, and tell."""
    found = {name: of_pip_audit(*_run(*PIP_AUDIT, "--requirement", name)) for name in REQUIREMENTS}
    found["frontend/package-lock.json"] = of_npm_audit(*_run(*NPM_AUDIT))
    print("\n".join(line for what, audit in found.items() for line in told(what, audit)))
    return exit_code(list(found.values()))


if __name__ == "__main__":
    sys.exit(main())
