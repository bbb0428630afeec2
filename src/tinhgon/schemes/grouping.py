"""Which units become one: groups with a seat, a name and a kind. Units in no group stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from tinhgon.refusal import Refusal


class UnableToReadGrouping(Refusal, ValueError):
    """The JSON is no grouping, or it names a unit twice."""


@attrs.frozen(slots=True)
class Group:
    """Units that become one; the `seat`, one of them, goes on under `name` and takes in the others.

    Where the group `is_new` all of them cease, and a unit is established on them, seated where the `seat` was.
    `by_hand` says that the name was chosen by an officer and does not follow the seat.
    """

    members: tuple[str, ...]
    seat: str
    name: str
    kind: str = ""
    by_hand: bool = False
    is_new: bool = False

    @property
    def absorbed(self) -> tuple[str, ...]:
        """The units whose people, posts and things go to the seat: as many as there are fewer afterwards."""
        return tuple(unit for unit in self.members if unit != self.seat)


@attrs.frozen(slots=True)
class Grouping:
    """The groups of a scheme, each of two units or more, in the order of the units."""

    groups: tuple[Group, ...] = ()

    def group_of(self, unit: str) -> Group | None:
        """The group a unit is in."""
        return next((group for group in self.groups if unit in group.members), None)

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit of every group."""
        return tuple(unit for group in self.groups for unit in group.members)

    @property
    def absorbed(self) -> tuple[str, ...]:
        """The units of all groups but their seats: as many as there are fewer afterwards."""
        return tuple(unit for group in self.groups for unit in group.absorbed)

    def to_json(self) -> list[dict[str, Any]]:
        """Plain JSON values, read again by `from_json`."""
        return [
            {
                "members": list(group.members),
                "seat": group.seat,
                "name": group.name,
                "kind": group.kind,
                "by_hand": group.by_hand,
                "is_new": group.is_new,
            }
            for group in self.groups
        ]

    @classmethod
    def from_json(cls, data: Iterable[Mapping[str, Any]]) -> Grouping:
        """The grouping some JSON says.

        Raises:
            UnableToReadGrouping: a field is missing, a seat is no member, or a unit is in two groups.
        """
        try:
            groups = tuple(_group(item) for item in data)
        except (KeyError, TypeError) as error:
            raise UnableToReadGrouping(
                f"Không đọc được các nhóm: {error}.", f"The groups cannot be read: {error}."
            ) from None
        twice = sorted(_twice(unit for group in groups for unit in group.members))
        if twice:
            named = ", ".join(twice)
            raise UnableToReadGrouping(f"Đơn vị ở hai nhóm: {named}.", f"Units in two groups: {named}.")
        return cls(groups)


def _group(item: Mapping[str, Any]) -> Group:
    members, seat = tuple(map(str, item["members"])), str(item["seat"])
    if seat not in members or len(members) < 2:
        raise UnableToReadGrouping(
            f"Nhóm {', '.join(members)}: phải có từ hai đơn vị và trụ sở ở một trong số đó.",
            f"Group {', '.join(members)}: it needs two units or more, and its seat in one of them.",
        )
    by_hand, is_new = bool(item.get("by_hand", False)), bool(item.get("is_new", False))
    return Group(members, seat, str(item["name"]), str(item.get("kind", "")), by_hand, is_new)


def _twice(units: Iterable[str]) -> Iterator[str]:
    met: set[str] = set()
    for unit in units:
        if unit in met:
            yield unit
        met.add(unit)
