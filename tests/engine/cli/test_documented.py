"""docs/cli.md has a section for every command, and a word on every option it takes."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from tinhgon.cli import main

COMMANDS = main.list_commands(click.Context(main))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_documented_with_its_options(command: str, root: Path) -> None:
    text = (root / "docs/cli.md").read_text(encoding="utf-8")
    section = re.search(rf"^## `tinhgon {command}`\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert section, f"docs/cli.md has no section for tinhgon {command}"
    parameters = getattr(main.get_command(click.Context(main), command), "params", [])
    options = {
        flag for one in parameters if isinstance(one, click.Option) for flag in one.opts if flag[:2] == "--"
    }
    assert {flag for flag in options if f"`{flag}" not in section[1]} == set()
