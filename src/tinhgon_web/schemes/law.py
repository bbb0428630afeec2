"""The rulebook of this office: the nation's law, and before it the local rules of the folders the settings name."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

from django.conf import settings

from tinhgon.procedure import Procedure
from tinhgon.procedure.course import ProcedureOn
from tinhgon.rules import Rulebook


@cache
def rulebook() -> Rulebook:
    """National law with the office's own rules over it (`LOCAL_RULES`: folders, the later asked first)."""
    return Rulebook.load(*(Path(folder) for folder in getattr(settings, "LOCAL_RULES", ())))


def procedure_on(kind: str) -> ProcedureOn:
    """The procedure of schemes of a kind, by the day."""

    def on(day: dt.date) -> Procedure:
        return Procedure.for_(kind, day, rulebook())

    return on
