"""Keeping the projection in step with the journal: after each entry, or made again as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

import attrs
from django.db import models, transaction

from tinhgon import text
from tinhgon.registry.control import Numbered
from tinhgon.registry.state import Register
from tinhgon_web.apparatus import projection, registers
from tinhgon_web.apparatus.changes import Changed
from tinhgon_web.apparatus.mentions import Pair, causes, named
from tinhgon_web.apparatus.models import FactSpan, HoldingSpan, Mention, PostSpan, UnitSpan
from tinhgon_web.apparatus.projection import project
from tinhgon_web.apparatus.rows import Rows
from tinhgon_web.apparatus.services.linking import lock_journal

_BATCH = 2000
_AT_ONCE = 500
_PROJECTED: tuple[tuple[str, type[models.Model]], ...] = (
    ("units", UnitSpan),
    ("facts", FactSpan),
    ("posts", PostSpan),
    ("holdings", HoldingSpan),
    ("mentions", Mention),
)


def rebuild_apparatus() -> int:
    """Drop the projection and make it again from the journal; returns the number of rows."""
    with transaction.atomic():
        lock_journal()
        rows = project(_recorded())
        write_all(rows)
    return sum(len(getattr(rows, name)) for name, _ in _PROJECTED)


def write_changes(before: Register, after: Register, new: Sequence[Numbered], found: Changed) -> None:
    """Write again only what further entries changed: the units, posts and holders, and the history of units."""
    units = [after.units[id_] for id_ in sorted(found.units) if id_ in after.units]
    posts = [after.posts[id_] for id_ in sorted(found.posts) if id_ in after.posts]
    seats = [after.posts[id_] for id_ in sorted(found.seats) if id_ in after.posts]
    _replace(UnitSpan, "unit", found.units, (row for unit in units for row in projection.unit_rows(unit)))
    _replace(FactSpan, "unit", found.units, (row for unit in units for row in projection.fact_rows(unit)))
    _replace(PostSpan, "post", found.posts, (row for post in posts for row in projection.post_rows(post)))
    holdings = (holding for post in seats for holding in post.holdings)
    rows = (row for holding in holdings for row in projection.holding_rows(holding))
    _replace(HoldingSpan, "post", found.seats, rows)
    _write_mentions(before, after, new, found.told)


def _replace(model: type[models.Model], field: str, ids: Collection[str], rows: Iterable[Any]) -> None:
    if ids:
        _delete(model, field, ids)
        model._default_manager.bulk_create(map(_maker(model), rows), batch_size=_BATCH)


def _delete(model: type[models.Model], field: str, ids: Collection[str]) -> None:
    listed = sorted(ids)
    for start in range(0, len(listed), _AT_ONCE):
        model._default_manager.filter(**{f"{field}__in": listed[start : start + _AT_ONCE]}).delete()


def _write_mentions(
    before: Register, after: Register, new: Sequence[Numbered], told: Collection[str]
) -> None:
    renamed = _renamed(before, after)
    come = {pair for pair in named(after, new) if pair[0] not in renamed}
    gone: set[Pair] = set()
    for id_ in set(told) - renamed:
        old, now = causes(before, id_), causes(after, id_)
        come.update((id_, seq) for seq in now - old)
        gone.update((id_, seq) for seq in old - now)
    gone -= set(named(after, (after.source[seq - 1] for _, seq in gone)))
    if renamed:
        _delete(Mention, "unit", renamed)
        come.update(pair for pair in named(after, after.source) if pair[0] in renamed)
        come.update((id_, seq) for id_ in renamed for seq in causes(after, id_))
    for unit, seqs in _by_unit(gone).items():
        Mention.objects.filter(unit=unit, seq__in=seqs).delete()
    come -= _held(come, len(before.source))
    Mention.objects.bulk_create((Mention(unit=unit, seq=seq) for unit, seq in sorted(come)), _BATCH)


def _renamed(before: Register, after: Register) -> set[str]:
    """The units that became, or are no longer, records of one unit: what names one now tells of another."""
    differing = dict(before.aliases.items() ^ after.aliases.items())
    return {
        *differing,
        *(there.aliases[id_] for there in (before, after) for id_ in differing if id_ in there.aliases),
    }


def _held(pairs: Collection[Pair], upto: int) -> set[Pair]:
    """Those that are there already: only entries up to a number can be."""
    return {
        (unit, seq)
        for unit, seqs in _by_unit(pair for pair in pairs if pair[1] <= upto).items()
        for seq in Mention.objects.filter(unit=unit, seq__in=seqs).values_list("seq", flat=True)
    }


def _by_unit(pairs: Iterable[Pair]) -> dict[str, list[int]]:
    grouped: dict[str, list[int]] = defaultdict(list)
    for unit, seq in pairs:
        grouped[unit].append(seq)
    return grouped


@attrs.frozen(slots=True)
class Difference:
    """A row the projection lacks or has too much."""

    table: str
    missing: bool
    row: str


def check_apparatus() -> list[Difference]:
    """Compare the projection with what the journal says; empty when they agree."""
    rows = project(_recorded())
    return [
        difference for name, model in _PROJECTED for difference in _compare(name, model, getattr(rows, name))
    ]


def _recorded() -> Register:
    return registers.register(registers.head())


def write_all(rows: Rows) -> None:
    """Write the whole projection anew."""
    for name, model in _PROJECTED:
        make = _maker(model)
        model._default_manager.all().delete()
        model._default_manager.bulk_create(map(make, getattr(rows, name)), batch_size=_BATCH)


def _maker(model: type[models.Model]) -> Callable[[Any], models.Model]:
    """Row -> model instance; units get their folded name and sort key as well."""
    if model is not UnitSpan:
        return lambda row: model(**attrs.asdict(row, recurse=False))
    keys: dict[str, tuple[str, str]] = {}

    def unit_span(row: Any) -> models.Model:
        if row.name not in keys:
            keys[row.name] = (text.fold(row.name), text.sort_key(row.name))
        folded, sort_key = keys[row.name]
        return UnitSpan(**attrs.asdict(row, recurse=False), folded=folded, sort_key=sort_key)

    return unit_span


def _compare(name: str, model: type[models.Model], expected: list[Any]) -> Iterator[Difference]:
    make = _maker(model)
    fields = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    wanted = {_key(make(row), fields) for row in expected}
    held = [_key(instance, fields) for instance in model._default_manager.all().iterator(_BATCH)]
    for key in sorted(wanted.difference(held)):
        yield Difference(name, True, key)
    for key in sorted(set(held).difference(wanted)):
        yield Difference(name, False, key)
    if len(held) != len(set(held)):
        yield Difference(name, False, f"{len(held) - len(set(held))} rows twice")


def _key(instance: models.Model, fields: list[str]) -> str:
    return " | ".join(f"{field}={getattr(instance, field)!r}" for field in fields)
