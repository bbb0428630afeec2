"""What a sheet would change on the rolls: households that are new, told otherwise than before, or no longer there."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from tinhgon.consultation.roll import Household


@attrs.frozen(slots=True)
class Change:
    """One household before and after; `was` is None for a new one, `now` for one that is no longer there."""

    was: Household | None
    now: Household | None

    @property
    def kind(self) -> str:
        """new, changed or gone."""
        if self.was is None:
            return "new"
        return "gone" if self.now is None else "changed"


def changes(now: Iterable[Household], was: Iterable[Household]) -> list[Change]:
    """What differs between the rolls as they are and as a sheet has them, in the sheet's order, then what is gone.

    A household is the same one by its code, however its letters are cased; its number on the roll is none of its own.
    """
    before = {one.household.casefold(): one for one in was}
    found = []
    for one in now:
        earlier = before.pop(one.household.casefold(), None)
        if earlier is None or _told(earlier) != _told(one):
            found.append(Change(earlier, one))
    return [*found, *(Change(one, None) for one in before.values())]


def _told(one: Household) -> tuple[str, str, str]:
    return one.unit, one.head, one.address
