"""Things that are not yet facts, laid over the register: `?de-an=…` shows any page as if a scheme were in force.

An app above this one says what there is (`provide`). What is laid over is kept under a head of its own, made of the
journal's head and a key, so that pages that read the register by its head need not know of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import attrs

from tinhgon.registry import events
from tinhgon.registry.fold import fold
from tinhgon.registry.refusals import UnableToFold
from tinhgon.registry.state import Register

_MARK = " as if "


@attrs.frozen(slots=True)
class Overlay:
    """Unsigned events, what they are called, where they are described, and a key that changes when they do.

    `key` says the same in every process: what is computed from the register is kept under it.
    """

    key: str
    title: str
    place: str
    url: str
    drafts: Sequence[events.Event]


Provider = Callable[[str, dt.date], Overlay | None]
_providers: list[Provider] = []


def provide(provider: Provider) -> None:
    """Have a provider asked what an overlay's code means on a day."""
    if provider not in _providers:
        _providers.append(provider)


def find(code: str, on: dt.date) -> Overlay | None:
    """The overlay a code means on a day, None when nobody knows it."""
    found = (provider(code, on) for provider in _providers)
    return next((overlay for overlay in found if overlay is not None), None)


def over(head: tuple[int, str], code: str, on: dt.date) -> tuple[int, str]:
    """The head under which the register with the overlay is kept; the head itself when there is none."""
    overlay = find(code, on)
    if overlay is None:
        return head
    return head[0], f"{head[1]}{_MARK}{code}@{on.isoformat()} {overlay.key}"


def is_over(head: tuple[int, str]) -> bool:
    """Whether a head is that of an overlaid register."""
    return _MARK in head[1]


def under(head: tuple[int, str]) -> tuple[int, str]:
    """The journal's own head."""
    return head[0], head[1].partition(_MARK)[0]


def laid(register: Register, head: tuple[int, str]) -> Register:
    """The register as if the overlay of a head were in force on its day; as it is where the two contradict."""
    code, _, rest = head[1].partition(_MARK)[2].partition("@")
    on = dt.date.fromisoformat(rest.partition(" ")[0])
    overlay = find(code, on)
    return register if overlay is None else with_drafts(register, overlay.drafts, on)


def with_drafts(register: Register, drafts: Sequence[events.Event], on: dt.date) -> Register:
    """What held on a day, with unsigned events in force that day; without them where they contradict it."""
    held = sorted((item for item in register.applied if item[1].effective_on <= on), key=lambda item: item[0])
    start = max((seq for seq, _ in register.source), default=0) + 1
    try:
        return fold(
            [*held, *((start + number, draft) for number, draft in enumerate(drafts))], drafts_from=start
        )
    except UnableToFold:
        return register
