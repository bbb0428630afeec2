"""What is looked at in Chromium, from `looks/NAMESPACE.yaml`: of each view a page or several, or why there is none.

    tree: /bo-may/                                   a page, asked for by the leader
    list: {as: quan-tri, at: /nguoi-dung/}           asked for by another account of the demo ("": by nobody)
    unit: {village: …, missing: …}                   several, each with the name its pictures are to have
    import: looked at in the officer's day           no page here, and the reason

`tests/web/test_looked_at.py` asks that no page of the site is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import yaml

FOLDER = Path(__file__).with_name("looks")
LEADER = "lanh-dao"


@attrs.frozen(slots=True)
class Look:
    """A page to look at: its view, the account that asks for it, its address."""

    view: str
    account: str
    address: str


def _one(view: str, said: str | Mapping[str, str]) -> Look:
    return Look(view, LEADER, said) if isinstance(said, str) else Look(view, said["as"], said["at"])


def _of_view(view: str, said: Any) -> Iterator[tuple[str, Look]]:
    if isinstance(said, str) and not said.startswith("/"):
        return
    if isinstance(said, str) or "at" in said:
        yield view.replace(":", "-"), _one(view, said)
    else:
        yield from ((name, _one(view, one)) for name, one in said.items())


def _said() -> dict[str, Any]:
    said: dict[str, Any] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        space = "" if path.stem == "root" else f"{path.stem}:"
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        said |= {f"{space}{view}": entry for view, entry in entries.items()}
    return said


SAID = _said()
"""View -> what its file says of it."""
LOOKS = {name: look for view, said in SAID.items() for name, look in _of_view(view, said)}
"""Name of the pictures -> what is looked at."""
