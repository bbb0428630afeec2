"""Which state of the journal a request asks about, and what every answer says of it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import attrs
from django.http import HttpRequest

from tinhgon import dates
from tinhgon.registry.state import Register
from tinhgon_web.api.errors import UnableToAnswer
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.models import JournalEntry
from tinhgon_web.core.asof import today

_SHORTEST = 12


@attrs.frozen(slots=True)
class Record:
    """The journal up to entry `seq`, whose hash names all before it. An answer made from it never changes."""

    seq: int
    hash: str
    known_on: dt.date | None
    fixed: bool

    @property
    def head(self) -> registers.Head:
        """As the register's cache names it."""
        return (self.seq, self.hash)

    def register(self) -> Register:
        """The register folded from it."""
        return registers.register(self.head)


def chosen(known_on: dt.date | None, at: str | None) -> Record:
    """The journal as known at the end of a day, or up to the entry with a hash (or its beginning); else all of it.

    Raises:
        UnableToAnswer: no entry has the hash, or several begin with it.
    """
    if at:
        return Record(*_entry(at), known_on=None, fixed=True)
    moment = None if known_on is None else dates.end_of_day(known_on)
    return Record(*registers.head(moment), known_on=known_on, fixed=False)


def _entry(at: str) -> registers.Head:
    typed = at.lower()
    if len(typed) < _SHORTEST or not all(char in "0123456789abcdef" for char in typed):
        raise UnableToAnswer(
            "bad-hash",
            f"'at' là {_SHORTEST} ký tự đầu trở lên của một mã băm",
            f"'at' is {_SHORTEST} or more digits of a hash",
        )
    found = list(JournalEntry.objects.filter(hash__startswith=typed).values_list("seq", "hash")[:2])
    if len(found) != 1:
        raise UnableToAnswer(
            "unknown-hash",
            "không có dòng sổ nào mang mã băm này",
            "no entry of the journal has this hash",
            status=404,
        )
    return found[0]


def day_or_today(on: dt.date | None) -> dt.date:
    """The day asked about; without one, the site's today."""
    return on or today()


def permalink(request: HttpRequest, record: Record, **params: Any) -> str:
    """The address that will always give this same answer."""
    asked = {name: value for name, value in request.GET.items() if name not in ("known_on", "at")}
    asked |= {
        name: value.isoformat() if isinstance(value, dt.date) else str(value)
        for name, value in params.items()
    }
    asked["at"] = record.hash or "0"
    return request.build_absolute_uri(f"{request.path}?{urlencode(sorted(asked.items()))}")
