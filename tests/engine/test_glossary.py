"""The glossary holds every word the register uses, and names nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

from tinhgon.registry import kinds


def named(root: Path, pattern: str) -> set[str]:
    return set(re.findall(f"`({pattern})`", (root / "docs/glossary.md").read_text(encoding="utf-8")))


def test_every_word_of_the_register_has_its_row(root: Path) -> None:
    words = {*kinds.KINDS, *kinds.ACTS, *kinds.ROLES, *kinds.MEASURES, *kinds.HEADCOUNTS, *kinds.HIERARCHIES}
    assert words - named(root, r"\w+") == set()


def test_every_class_it_names_exists(root: Path) -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (root / "src").rglob("*.py"))
    classes = set(re.findall(r"^class (\w+)", code, re.MULTILINE))
    assert named(root, r"[A-Z]\w+") - classes == set()
