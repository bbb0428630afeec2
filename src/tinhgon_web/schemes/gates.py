"""What apps above this one know about a step: the consultation says whether enough voters agreed.

An app registers a check when it starts (`AppConfig.ready`):

    gates.register("consultation", check)     # check(scheme id, day) -> Verdict, or None where it has nothing to say

The step is taken only when every check on it passes; what a check says is shown on the procedure's page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import attrs

from tinhgon.refusal import Refusal


@attrs.frozen(slots=True)
class Verdict:
    """What a check says of one scheme, in Vietnamese and English; `url` leads to where it can be seen."""

    passed: bool
    vi: str
    en: str
    url: str = ""


@attrs.frozen(slots=True)
class Lead:
    """Where a step is worked on: a link in Vietnamese and English."""

    vi: str
    en: str
    url: str


Check = Callable[[int, dt.date], Verdict | None]
_checks: dict[str, dict[str, Check]] = {}
_leads: dict[str, dict[str, Callable[[int], Lead]]] = {}


class UnableToPassGate(Refusal, ValueError):
    """A check on the step does not pass; its sentence says why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.vi, verdict.en)
        self.verdict = verdict


def register(step: str, check: Check, name: str = "") -> None:
    """Have a check asked before a step; a second of the same name takes the place of the first."""
    _checks.setdefault(step, {})[name or f"{check.__module__}.{check.__qualname__}"] = check


def lead(step: str, to: Callable[[int], Lead], name: str) -> None:
    """Show whoever may take a step where else it is worked on: `to(scheme id)` gives the link."""
    _leads.setdefault(step, {})[name] = to


def leads(step: str, scheme: int) -> list[Lead]:
    """Where a step of a scheme is worked on."""
    return [to(scheme) for to in _leads.get(step, {}).values()]


def unregister(step: str, name: str) -> None:
    """Ask a check no more."""
    _checks.get(step, {}).pop(name, None)


def verdicts(step: str, scheme: int, on: dt.date) -> list[Verdict]:
    """What the checks on a step say of a scheme that would take it on a day, in the order they were registered."""
    said = (check(scheme, on) for check in _checks.get(step, {}).values())
    return [verdict for verdict in said if verdict is not None]


def pass_through(step: str, scheme: int, on: dt.date) -> None:
    """Raise UnableToPassGate where a check on the step does not pass on a day."""
    for verdict in verdicts(step, scheme, on):
        if not verdict.passed:
            raise UnableToPassGate(verdict)
