"""A batch as keyed: where the two entries differ, what the totals say, which households answered already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import attrs

from tinhgon_web.consultation.models import Answer, Batch, Keyed
from tinhgon_web.consultation.words import LEFT_OUT

FIRST, SECOND, SETTLED = 1, 2, 3


@attrs.frozen(slots=True)
class Difference:
    """One form on which the entries differ, or whose household has answered: what each entry says ("" for nothing)."""

    number: int
    first: str
    second: str
    settled: str
    receipt: str


@attrs.frozen(slots=True)
class TotalDifference:
    """A choice whose keyed total is not the one the minutes declare."""

    choice: str
    declared: int
    keyed: int


@attrs.frozen(slots=True)
class Comparison:
    """What two entries come to: `forms` is what would be posted, by number."""

    differences: tuple[Difference, ...]
    totals: tuple[TotalDifference, ...]
    forms: Mapping[int, str]

    @property
    def open_differences(self) -> tuple[Difference, ...]:
        """Those nobody has settled."""
        return tuple(one for one in self.differences if not one.settled)

    @property
    def agrees(self) -> bool:
        """Whether the batch can be posted."""
        return not self.open_differences and not self.totals


def entries(batch: Batch) -> dict[int, dict[int, Keyed]]:
    """Entry -> number -> the form as keyed."""
    found: dict[int, dict[int, Keyed]] = {FIRST: {}, SECOND: {}, SETTLED: {}}
    for keyed in batch.keyed.all():
        found[keyed.entry][keyed.number] = keyed
    return found


def compare(batch: Batch) -> Comparison:
    """Hold the two entries against each other, against the ledger and against the declared totals."""
    keyed = entries(batch)
    said = {entry: {number: one.choice for number, one in forms.items()} for entry, forms in keyed.items()}
    numbers = sorted(said[FIRST].keys() | said[SECOND].keys() | said[SETTLED].keys())
    answered = _answered(batch)
    differences, forms = [], {}
    for number in numbers:
        first, second = said[FIRST].get(number, ""), said[SECOND].get(number, "")
        settled, receipt = said[SETTLED].get(number, ""), answered.get(number, "")
        if first != second or receipt:
            differences.append(Difference(number, first, second, settled, receipt))
        decided = settled or (first if first == second else "")
        if decided and decided != LEFT_OUT:
            forms[number] = decided
    return Comparison(tuple(differences), _totals(batch, forms), forms)


def _totals(batch: Batch, forms: Mapping[int, str]) -> tuple[TotalDifference, ...]:
    keyed = Counter(forms.values())
    return tuple(
        TotalDifference(choice, declared, keyed[choice])
        for choice, declared in batch.declared.items()
        if keyed[choice] != declared
    )


def _answered(batch: Batch) -> dict[int, str]:
    held = Answer.objects.filter(line__roll=batch.roll_id, standing=True).exclude(batch=batch)
    return dict(held.values_list("line__number", "receipt"))
