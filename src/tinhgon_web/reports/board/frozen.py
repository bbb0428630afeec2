"""Measured boards, kept in the database under what they were measured from, for every process and after a restart."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import Any, TypeVar

from django.db import connection

from tinhgon_web.apparatus import registers
from tinhgon_web.reports.models import Frozen

Value = TypeVar("Value")
FORM = 2
"""Raised whenever what is measured, or its shape, changes."""
MOST = 400
_held: registers.Kept[Any] = registers.Kept(32)


def _law() -> str:
    """A digest of the rulebook's values: another law gives other figures."""
    digest = hashlib.sha256()
    for file in sorted(files("tinhgon.rules").joinpath("vn").iterdir(), key=lambda file: file.name):
        digest.update(file.read_bytes())
    return digest.hexdigest()


_LAW = _law()


def key(head: registers.Head, starts: Iterable[dt.date], on: dt.date, place: str, outlines: object) -> str:
    """The name of a measurement: the journal up to an entry, the law, the days, the place, the outlines."""
    parts = (FORM, _LAW, head[1], *map(str, starts), on, place, outlines)
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()


def get(name: str, make: Callable[[], Value], *, lasting: bool = True) -> Value:
    """What is kept under a name, in this process or in the database; made and kept when it is in neither.

    What is not `lasting`, as with a plan laid over the register, is kept in this process alone.
    """
    made = (lambda: _read_or_make(name, make)) if lasting else make
    value: Value = _held.get((connection.settings_dict["NAME"], name), made)
    return value


def _read_or_make(name: str, make: Callable[[], Value]) -> Value:
    kept = Frozen.objects.filter(key=name).values_list("payload", flat=True).first()
    if kept is not None:
        found: Value = kept
        return found
    made = make()
    Frozen.objects.bulk_create([Frozen(key=name, payload=made)], ignore_conflicts=True)
    _forget_the_oldest()
    return made


def _forget_the_oldest() -> None:
    oldest = Frozen.objects.order_by("-pk").values_list("pk", flat=True)[MOST : MOST + 1]
    for pk in oldest:
        Frozen.objects.filter(pk__lte=pk).delete()
