"""A number that can say where it came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal, TypeAlias

import attrs

from tinhgon.citations import Citation
from tinhgon.registry.events import Number

Kind: TypeAlias = Literal["result", "obligation", "forecast"]
KIND_NAMES: Mapping[str, tuple[str, str]] = {
    "result": ("kết quả", "result"),
    "obligation": ("thuộc diện", "obligation"),
    "forecast": ("dự kiến", "forecast"),
}


@attrs.frozen(slots=True)
class Counted:
    """One event that a figure counts, and what it adds to the figure (0: it was needed, another one completed it)."""

    seq: int
    event: str
    effective_on: dt.date
    citation: Citation
    delta: Number


@attrs.frozen(slots=True)
class Rate:
    """n of N on a day, in percent, with the rate the same n would give at the N of an earlier day."""

    numerator: int
    denominator: int
    on: dt.date
    old_denominator: int
    old_on: dt.date

    @property
    def percent(self) -> float | None:
        """100 n / N, to two decimals; None when nothing could apply."""
        return percent(self.numerator, self.denominator)

    @property
    def at_old_denominator(self) -> float | None:
        """100 n / old N: what is left of a rise when the denominator had not moved."""
        return percent(self.numerator, self.old_denominator)


@attrs.frozen(slots=True)
class Effects:
    """A change of a total (units x posts per unit) as the sum of a count effect and a rate effect.

    Count effect: the change in the number of units at the old rate; rate effect: the change of the rate at the
    new number of units. The two add up to the change exactly.
    """

    units_before: int
    units_after: int
    posts_before: int
    posts_after: int

    @property
    def count_effect(self) -> float:
        """Posts that went (came) because units did, at the old number of posts per unit."""
        if not self.units_before:
            return 0.0
        return (self.units_after - self.units_before) * self.posts_before / self.units_before

    @property
    def rate_effect(self) -> float:
        """Posts that went (came) because a unit has fewer (more) of them."""
        return self.posts_after - self.posts_before - self.count_effect


@attrs.frozen(slots=True)
class Figure:
    """The value of an indicator over (start, end], the events it counts and the rules that decided.

    `unverified` says that a legal value which decided was not checked against a source.
    """

    code: str
    name_vi: str
    name_en: str
    definition_vi: str
    definition_en: str
    kind: Kind
    value: Number | None
    unit_vi: str
    unit_en: str
    approximate: bool
    start: dt.date
    end: dt.date
    trace: tuple[Counted, ...]
    citations: tuple[Citation, ...] = ()
    unverified: bool = False
    rate: Rate | None = None
    effects: Effects | None = None

    def name(self, lang: str) -> str:
        """The indicator's name in a language."""
        return self.name_vi if lang == "vi" else self.name_en

    def unit(self, lang: str) -> str:
        """What is counted, in a language."""
        return self.unit_vi if lang == "vi" else self.unit_en


def percent(numerator: int, denominator: int) -> float | None:
    """A share in percent to two decimals, rounded half up; None for a denominator of zero.

    >>> percent(50, 88), percent(43, 71), percent(1, 0)
    (56.82, 60.56, None)
    """
    if not denominator:
        return None
    return (numerator * 20000 + denominator) // (2 * denominator) / 100
