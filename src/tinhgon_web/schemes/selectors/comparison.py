"""Variants side by side: every figure in a row, the best of each marked, and the groups in which they differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import attrs

from tinhgon_web.schemes.models import Scheme
from tinhgon_web.schemes.selectors.variant import VariantPage
from tinhgon_web.schemes.selectors.variant import page as variant_page
from tinhgon_web.schemes.selectors.variants import Judged

Value = int | float | Fraction | None
_ROWS: tuple[tuple[str, Callable[[Judged], Value]], ...] = (
    ("units_after", lambda one: one.effects.units_after),
    ("abolished", lambda one: len(one.effects.abolished)),
    ("violations", lambda one: len(one.violations)),
    ("renamed", lambda one: one.effects.renamed_residents),
    ("leaders", lambda one: one.effects.leaders_freed),
    ("part_time", lambda one: one.effects.part_time_freed),
    ("released", lambda one: one.effects.people_released),
    ("saved", lambda one: one.effects.allowance_saved),
    ("saved_a_year", lambda one: one.effects.saved_a_year),
    ("premises", lambda one: one.effects.premises),
)


@attrs.frozen(slots=True)
class Row:
    """One figure of every variant; `differs` where they are not all the same."""

    code: str
    values: list[Value]

    @property
    def differs(self) -> bool:
        """Whether the variants differ in it."""
        return len(set(self.values)) > 1


@attrs.frozen(slots=True)
class Comparison:
    """The variants compared, all variants to choose from, and the rows."""

    variants: list[VariantPage]
    numbers: list[int]
    rows: list[Row]
    only: list[list[str]]


def page(scheme: Scheme, asked: Sequence[int]) -> Comparison:
    """Compare some variants; the chosen one and the latest where none are asked for."""
    variants = list(scheme.variants.select_related("base", "created_by").prefetch_related("edits"))
    by_number = {variant.number: variant for variant in variants}
    wanted = [number for number in dict.fromkeys(asked) if number in by_number] or list(by_number)[:2]
    pages = [variant_page(scheme, by_number[number]) for number in wanted]
    judged = [one.card.judged for one in pages]
    rows = [Row(code, [None if one is None else value(one) for one in judged]) for code, value in _ROWS]
    return Comparison(pages, list(by_number), rows, _only(pages))


def _only(pages: list[VariantPage]) -> list[list[str]]:
    """For each variant the groups no other has, as lists of names."""
    made = [{frozenset(member.unit.id for member in row.members): row for row in one.rows} for one in pages]
    found = []
    for number, groups in enumerate(made):
        others = {key for index, other in enumerate(made) if index != number for key in other}
        found.append(
            [
                " + ".join(member.name for member in row.members)
                for key, row in groups.items()
                if key not in others
            ]
        )
    return found
