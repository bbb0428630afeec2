"""Rules of the house over every text: nothing of one machine, no registry, links that lead somewhere."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from pathlib import Path

import pytest
from files import ROOT, files, texts

# Written in two halves, so that this file does not break its own rule.
HALVES = [("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("deb.debian", "org")]
REGISTRIES = [".".join(halves) for halves in HALVES]
OF_ONE_MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home|opt)/\w+")


def test_no_registry_is_named() -> None:
    named = [f"{where}: {host}" for where, text in texts() for host in REGISTRIES if host in text]
    assert named == []


def test_no_path_of_one_machine() -> None:
    this = Path(__file__).relative_to(ROOT).as_posix()
    found = [
        f"{where}: {match.group()}"
        for where, text in texts()
        if where != this
        for match in OF_ONE_MACHINE.finditer(text)
    ]
    assert found == []


LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{where}: {target}"
        for where, text in texts()
        if where.endswith(".md")
        for target in LINK.findall(text)
        if "://" not in target and not (ROOT / where).parent.joinpath(target).exists()
    ]
    assert broken == []


LISTS = sorted(path.stem for path in (ROOT / "requirements").glob("*.in"))


@pytest.mark.parametrize("listed", LISTS)
def test_every_requirement_is_locked_with_hashes(listed: str) -> None:
    wanted = [
        re.split(r"[\[<>=~;\s]", line)[0].lower().replace("_", "-")
        for line in (ROOT / f"requirements/{listed}.in").read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith(("#", "-r"))
    ]
    locked = (ROOT / f"requirements/{listed}.txt").read_text(encoding="utf-8")
    pins = re.findall(r"^([a-z0-9.-]+)(?:\[\w+\])?==\S+(.*\\\n    --hash=sha256:)?", locked, re.MULTILINE)
    assert {name for name, hashed in pins if not hashed} == set()
    assert "://" not in locked
    assert set(wanted) <= {name for name, _ in pins}, "run bin/lock"


def integrity(path: Path) -> str:
    return "sha384-" + b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()


def test_vendored_files_are_those_of_their_manifest() -> None:
    for folder in [*(ROOT / "src").rglob("vendor"), *(ROOT / "tests").rglob("vendor")]:
        manifest = folder / "manifest.json"
        packages = json.loads(manifest.read_text(encoding="utf-8"))
        promised = {file: digest for package in packages for file, digest in package["files"].items()}
        there = {
            path.relative_to(folder).as_posix(): "sha384-"
            + b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path != manifest
        }
        assert there == promised, "run bin/vendor"


def test_scripts_are_small() -> None:
    assert {path.name: n for path in files("bin") if (n := path.read_text().count("\n")) > 150} == {}
