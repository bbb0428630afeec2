"""Registers folded from the journal's rows, up to a day of recording; a few are kept in memory.

A fold is kept under the hash of its last entry, which the chain makes a name of the whole prefix: what is kept
never goes stale.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar, cast

from tinhgon.registry import codec, events
from tinhgon.registry.fold import fold, fold_onto
from tinhgon.registry.state import Register
from tinhgon_web.apparatus import overlays
from tinhgon_web.apparatus.models import JournalEntry
from tinhgon_web.core.asof import AsOf

Head = tuple[int, str]
"""(seq, hash) of an entry; (0, "") before the first."""
EMPTY: Head = (0, "")

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """The last few values made, by key. Several threads that ask for one make it once; others do not wait."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[object, Value] = OrderedDict()
        self._making: dict[object, threading.RLock] = {}
        self._lock = threading.Lock()

    def get(self, key: object, make: Callable[[], Value]) -> Value:
        """The value under a key, made when it is not kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
            gate = self._making.setdefault(key, threading.RLock())
        with gate:
            with self._lock:
                if key in self._values:
                    return self._values[key]
            value = make()
            self.keep(key, value)
            return value

    def __contains__(self, key: object) -> bool:
        """Whether the value under a key is kept."""
        with self._lock:
            return key in self._values

    def keys(self) -> list[object]:
        """The keys of what is kept, the longest unused first."""
        with self._lock:
            return list(self._values)

    def keep(self, key: object, value: Value) -> None:
        """Keep a value made elsewhere."""
        with self._lock:
            self._values[key] = value
            self._making.pop(key, None)
            while len(self._values) > self._most:
                self._values.popitem(last=False)


_registers: Kept[Register] = Kept(6)


def head(known_at: dt.datetime | None = None) -> Head:
    """The last entry recorded up to a moment (None: the last of all)."""
    rows = JournalEntry.objects.order_by("-seq")
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    return rows.values_list("seq", "hash").first() or EMPTY


def head_of(asof: AsOf) -> Head:
    """The head of the register a page shows: with what the address lays over it, if anything."""
    upto = head(asof.known_at)
    return overlays.over(upto, asof.as_if, asof.on) if asof.as_if else upto


def before(seq: int) -> Head:
    """The entry before one."""
    return JournalEntry.objects.filter(seq=seq - 1).values_list("seq", "hash").first() or EMPTY


def register(upto: Head) -> Register:
    """The register as folded from the entries up to one, with what is laid over it."""
    if overlays.is_over(upto):
        return _registers.get(upto, lambda: overlays.laid(register(overlays.under(upto)), upto))
    return _registers.get(upto, lambda: _made(upto))


def keep(upto: Head, made: Register) -> None:
    """Keep the register that a writer made for an entry."""
    _registers.keep(upto, made)


def _made(upto: Head) -> Register:
    """The register folded from the nearest one kept, or from nothing."""
    start = _nearest(upto)
    if start == EMPTY:
        return fold(_read(EMPTY, upto))
    return fold_onto(register(start), _read(start, upto))


def _nearest(upto: Head) -> Head:
    """The last head before one whose register is kept and which the database's journal goes through."""
    return known([key for key in cast(list[Head], _registers.keys()) if 0 < key[0] < upto[0]])


def known(heads: list[Head]) -> Head:
    """The last of some heads that the database's journal goes through, `EMPTY` when none; at most one query."""
    if not heads:
        return EMPTY
    rows = JournalEntry.objects.filter(seq__in=[seq for seq, _ in heads])
    return max(set(rows.values_list("seq", "hash")) & set(heads), default=EMPTY)


def _read(after: Head, upto: Head) -> list[tuple[int, events.Event]]:
    rows = JournalEntry.objects.filter(seq__gt=after[0], seq__lte=upto[0]).order_by("seq")
    return [
        (seq, codec.from_json(payload)) for seq, payload in rows.values_list("seq", "payload").iterator(2000)
    ]
