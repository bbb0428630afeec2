"""What docs/register.md shows is what the register does."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from pathlib import Path

import pytest

from tinhgon.registry import codec, events, kinds
from tinhgon.registry.folder import open_folder
from tinhgon.registry.verify import verify


@pytest.fixture
def text(root: Path) -> str:
    return (root / "docs/register.md").read_text(encoding="utf-8")


def block(text: str, language: str) -> str:
    [found] = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    return str(found)


def test_the_program_makes_a_sound_register(text: str, tmp_path: Path) -> None:
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        exec(compile(block(text, "python"), "register.md", "exec"), {})
    finally:
        os.chdir(before)
    folder = open_folder(tmp_path / "my-register")
    assert verify(folder) == []
    register = folder.register()
    day = dt.date(2019, 7, 1)
    assert [unit.id for unit in register.units_on(day, ["village"])] == ["v3"]
    assert register.units["v3"].measure("households", day) == 200


def test_the_merger_shown_is_an_event(text: str) -> None:
    shown = json.loads(block(text, "json"))
    event = codec.from_json(shown)
    assert isinstance(event, events.Reorganised)
    assert codec.to_json(event) == shown


def test_every_event_and_act_is_told(text: str) -> None:
    assert [name for name in (*events.EVENTS, *kinds.ACTS) if f"`{name}`" not in text] == []
