"""What a line of the audit leaves unsaid in Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils import translation

from tinhgon_web.core.auditing import words
from tinhgon_web.core.models import AuditLine

_BY_IDS = {"mend", "place", "recheck", "fill rolls"}
"""Verbs whose lines name cells or units where others name fields."""
_MADE_UP = re.compile(r"[=+@\t\r-]|khác|unit$")


def unsaid(line: AuditLine) -> set[str]:
    """The verb, the thing and the fields of a line that have no words."""
    with translation.override("vi"):
        said = {line.verb: words.verb(line.verb), line.kind: words.kind(line.kind)}
        said |= {
            name: words.field(name) for side in (line.before, line.after) for name in _fields(line, side)
        }
    return {
        f"{line.verb}: {name}" for name, told in said.items() if told == name and not _MADE_UP.match(name)
    }


def _fields(line: AuditLine, side: Any) -> Iterator[str]:
    if isinstance(side, dict) and line.verb not in _BY_IDS:
        yield from side
