"""The rulebook: what the law said on a day, for some facts, with its citation.

National law ships with the package (`vn/*.yaml`). A province adds its own rules as further folders; a later
folder is asked first, and its answers name it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import attrs

from tinhgon.rules.files import RuleFile, UnableToLoadRules, read_rule_file
from tinhgon.rules.parameters import NATIONAL, Cell, Fact, Parameter
from tinhgon.rules.schema import Subject

__all__ = ["Rulebook", "UnableToFindRule", "UnableToLoadRules"]

_NATIONAL_FOLDER = Path(__file__).parent / NATIONAL


class UnableToFindRule(LookupError):
    """The rulebook holds no value for this subject, day and facts; says what it does hold."""

    def __init__(self, subject: str, on: dt.date, facts: Mapping[str, Fact], held: str) -> None:
        asked = ", ".join(f"{fact}={value}" for fact, value in facts.items()) or "no facts"
        super().__init__(f"no rule for '{subject}' on {on} with {asked}; {held}")
        self.subject, self.on, self.facts, self.held = subject, on, dict(facts), held


@attrs.frozen(slots=True, eq=False)
class Rulebook:
    """Dated law, asked by subject, day and facts. Two rulebooks are the same only if they are one object."""

    subjects: Mapping[str, Subject]
    _cells: Mapping[str, tuple[Cell, ...]]
    _answers: dict[tuple[object, ...], Parameter | None] = attrs.field(factory=dict, repr=False)

    @classmethod
    def load(cls, *overlays: Path) -> Rulebook:
        """Read national law and then each local folder of `*.yaml`, or raise `UnableToLoadRules`."""
        subjects, cells = dict(_national().subjects), dict(_national()._cells)
        for folder in overlays:
            _add_layer(folder, folder.name, subjects, cells)
        return cls(subjects, cells)

    def find(self, subject: str, on: dt.date, **facts: Fact) -> Parameter | None:
        """Give the value that holds that day, or `None` where the rulebook has none (a gap).

        A subject, fact or word the rulebook does not know is a mistake and raises `UnableToFindRule`.

        Cells are tried in this order, and the first that holds wins: later layers first; in a layer, the
        period that began last; in a period, the order of the file (so a file puts its special cases first).
        A fact of `None` is unknown and satisfies no condition.
        """
        key = (subject, on, *facts.items())
        try:
            return self._answers[key]
        except KeyError:
            self._check_facts(subject, on, facts)
            held = next((cell for cell in self._cells[subject] if cell.holds(on, facts)), None)
            return self._answers.setdefault(key, held.on(on) if held else None)

    def value(self, subject: str, on: dt.date, **facts: Fact) -> Parameter:
        """Give the value that holds that day, or raise `UnableToFindRule`, which lists what there is."""
        found = self.find(subject, on, **facts)
        if found is None:
            raise UnableToFindRule(subject, on, facts, self.held(subject, on))
        return found

    def cells(self, subject: str) -> tuple[Cell, ...]:
        """Give every value of a subject, first to be tried first; for lists of the law and for checks."""
        return self._cells[subject]

    def _check_facts(self, subject: str, on: dt.date, facts: Mapping[str, Fact]) -> None:
        if subject not in self._cells:
            raise UnableToFindRule(subject, on, facts, f"subjects: {', '.join(sorted(self._cells))}")
        known = self.subjects[subject].facts
        for fact, value in facts.items():
            kind = known.get(fact)
            if kind is None:
                raise UnableToFindRule(subject, on, facts, f"it asks only {', '.join(known) or 'no facts'}")
            if isinstance(kind, tuple) and value is not None and value not in kind:
                raise UnableToFindRule(subject, on, facts, f"{fact} is one of {', '.join(kind)}")

    def held(self, subject: str, on: dt.date) -> str:
        """Say in words which values a subject has that day, or else for which days it has some."""
        that_day = [cell for cell in self._cells[subject] if cell.parameter.period.covers(on)]
        if not that_day:
            periods = sorted({str(cell.parameter.period) for cell in self._cells[subject]})
            return f"values are known for {', '.join(periods)}"
        return "that day there are: " + "; ".join(
            " and ".join(map(str, cell.conditions)) or "always" for cell in that_day
        )


@cache
def _national() -> Rulebook:
    subjects: dict[str, Subject] = {}
    cells: dict[str, tuple[Cell, ...]] = {}
    _add_layer(_NATIONAL_FOLDER, NATIONAL, subjects, cells)
    return Rulebook(subjects, cells)


def _add_layer(
    folder: Path, layer: str, subjects: dict[str, Subject], cells: dict[str, tuple[Cell, ...]]
) -> None:
    """Read a folder into `subjects` and `cells`; its cells go before those already there."""
    if not folder.is_dir():
        raise UnableToLoadRules(folder, 1, "", "there is no such folder of rule files")
    seen: dict[str, Path] = {}
    for path in sorted(folder.glob("*.yaml")):
        file = read_rule_file(path, layer, subjects)
        code = file.subject.code
        if code in seen:
            raise UnableToLoadRules(
                path, 1, "subject", f"'{code}' is already the subject of {seen[code].name}"
            )
        seen[code] = path
        subjects[code] = file.subject
        cells[code] = _by_start(file) + cells.get(code, ())


def _by_start(file: RuleFile) -> tuple[Cell, ...]:
    return tuple(sorted(file.cells, key=lambda cell: cell.parameter.period.start, reverse=True))
