"""What is installed and carried is known to the byte: pinned requirements, and licences of what is carried."""

from __future__ import annotations

import configparser
import json
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.audit import UNASKED, WEAK, exit_code, of_npm_audit, of_pip_audit, told
from tests.licences import PAGE, PERMISSIVE, licence_of, packages, page

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ROOT / "requirements"
_PIN = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[\w.+!]+)\s*(?P<rest>.*)")


def pins(name: str) -> dict[str, list[tuple[str, str]]]:
    """The versions of each package that a file of requirements has (of some one for each Python), with what follows."""
    text = (REQUIREMENTS / name).read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, list[tuple[str, str]]] = {}
    for match in filter(None, map(_PIN.fullmatch, text.splitlines())):
        found.setdefault(canonicalize_name(match["name"]), []).append((match["version"], match["rest"]))
    return found


def wanted(*extras: str) -> list[Requirement]:
    """What setup.cfg asks for; an extra may name others as ``kgraph[…]``."""
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    lists = [settings["options"]["install_requires"]]
    lists += [settings["options.extras_require"][extra] for extra in extras]
    lines = (line.strip() for text in lists for line in text.splitlines())
    found = [Requirement(line) for line in lines if line and not line.startswith("#")]
    named = {extra for requirement in found if requirement.name == "kgraph" for extra in requirement.extras}
    others = [requirement for requirement in found if requirement.name != "kgraph"]
    return wanted(*{*extras, *named}) if named - set(extras) else others


@pytest.mark.parametrize(("name", "extras"), [("demo.txt", ["serve"]), ("test.txt", ["serve", "test"])])
def test_what_setup_cfg_asks_for_is_pinned(name, extras):
    """Where this fails, setup.cfg has changed: `make constraints` resolves it anew."""
    pinned = pins(name)
    for requirement in wanted(*extras):
        versions = [version for version, _ in pinned.get(canonicalize_name(requirement.name), [])]
        assert versions, f"{requirement.name} is not in requirements/{name}; run `make constraints`"
        assert all(requirement.specifier.contains(version) for version in versions), f"{requirement}: {versions}"


def test_the_front_end_has_the_version_of_the_package():
    """npm names it in the list of what the pages are made of (`make release`), and makes none without."""
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    version = settings["metadata"]["version"]
    package, lock = (json.loads((ROOT / "frontend" / f"package{name}.json").read_bytes()) for name in ("", "-lock"))
    assert (package["version"], lock["version"], lock["packages"][""]["version"]) == (version,) * 3


@pytest.mark.parametrize("name", ["build.txt", "demo.txt", "test.txt", "tools.txt"])
def test_every_pin_has_digests(name):
    found = pins(name)
    assert len(found) >= 4
    for package, versions in found.items():
        assert all("--hash=sha256:" in rest for _, rest in versions), package


def test_the_tests_run_with_what_the_demo_installs():
    demo, test = ({name: [v for v, _ in found] for name, found in pins(f"{n}.txt").items()} for n in ("demo", "test"))
    assert {name: test.get(name) for name in demo} == demo


def test_the_page_of_licences_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_licence_lets_the_wheel_carry_it():
    for name in packages():
        choices = [set(choice.split(" AND ")) for choice in licence_of(name).split(" OR ")]
        assert any(choice <= PERMISSIVE for choice in choices), f"{name}: {licence_of(name)!r}"


def test_the_wheel_carries_the_texts_of_the_licences():
    """Of every package that the pages' libraries are made of; they are written where the libraries are fetched."""
    texts = ROOT / "kgraph" / "assets" / "vendor" / "licences.txt"
    content = texts.read_text(encoding="utf-8")
    for name, (version, _) in packages().items():
        assert f"{name} {version} (" in content


PIP_CLEAN = '{"dependencies": [{"name": "click", "version": "8.1", "vulns": []}], "fixes": []}'
PIP_WEAK = (
    '{"dependencies": [{"name": "click", "version": "8.1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["8.2"]}]}]}'
)
PIP_PASSED_OVER = '{"dependencies": [{"name": "click", "skip_reason": "Dependency not found on PyPI"}], "fixes": []}'
NPM_CLEAN = '{"vulnerabilities": {}, "metadata": {"dependencies": {"total": 7}}}'
NPM_WEAK = (
    '{"vulnerabilities": {"dom": {"range": "<2", "severity": "high"}}, "metadata": {"dependencies": {"total": 7}}}'
)
AUDITS = [
    (of_pip_audit, PIP_CLEAN, "", 0, "x: 1 packages, none with a known weakness"),
    (of_pip_audit, PIP_WEAK, "", WEAK, "x: KNOWN WEAKNESS click 8.1: PYSEC-1, mended in 8.2"),
    (
        of_pip_audit,
        PIP_PASSED_OVER,
        "No known vulnerabilities found",
        UNASKED,
        "cannot be reached: the index tells nothing of 1 packages (click …)",
    ),
    (of_pip_audit, "", "Traceback\nNameResolutionError: no\n", UNASKED, "cannot be reached: NameResolutionError: no"),
    (of_npm_audit, NPM_CLEAN, "", 0, "x: 7 packages, none with a known weakness"),
    (of_npm_audit, NPM_WEAK, "", WEAK, "x: KNOWN WEAKNESS dom <2: high"),
    (of_npm_audit, '{"statusCode": 405}', "npm warn audit 405\n", UNASKED, "cannot be reached: npm warn audit 405"),
]


@pytest.mark.parametrize(("reader", "written", "said", "code", "line"), AUDITS)
def test_an_audit_that_could_not_ask_is_no_success(reader, written, said, code, line):
    found = reader(written, said)
    assert exit_code([found]) == code
    assert line in "\n".join(told("x", found))
