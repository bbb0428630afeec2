"""Editing a variant by hand: a stack of edits, of which the last may be undone and done again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from tinhgon.refusal import Refusal
from tinhgon_web.core import audit
from tinhgon_web.core.models import User
from tinhgon_web.schemes.models import Edit, Scheme, Variant
from tinhgon_web.schemes.selectors.variants import grouping
from tinhgon_web.schemes.services.drafting import held, next_number


class UnableToUndo(Refusal, ValueError):
    """There is nothing to undo, or nothing to do again."""


def copy_variant(*, acting: User, scheme: int, number: int) -> Variant:
    """A variant to edit by hand, beginning as another one stands.

    Raises:
        UnableToChange: the scheme has gone on.
    """
    with transaction.atomic():
        row = held(scheme)
        base = row.variants.get(number=number)
        made = Variant.objects.create(
            scheme=row,
            number=next_number(row),
            origin=Variant.Origin.BY_HAND,
            base=base if base.origin == Variant.Origin.PLANNED else base.base,
            form=base.form,
            seed=base.seed,
            effort=base.effort,
            wishes=base.wishes,
            groups=grouping(base).to_json(),
            head=base.head,
            created_by=acting,
            created_at=timezone.now(),
        )
        audit.write(acting=acting, verb="copy", what=row, after={"variant": made.number}, place=row.place)
    return made


def edit(*, acting: User, scheme: int, number: int, change: Mapping[str, Any]) -> Variant:
    """Put an edit on the stack of a variant made by hand; what was undone before is gone.

    A variant of the planner stays as it is: the edit makes a copy first. Returns the variant edited.

    Raises:
        UnableToChange: the scheme has gone on.
        UnableToEdit: the edit does not fit the units.
    """
    with transaction.atomic():
        row = held(scheme)
        variant = row.variants.get(number=number)
        if variant.origin == Variant.Origin.PLANNED:
            variant = copy_variant(acting=acting, scheme=scheme, number=number)
        variant.edits.filter(undone=True).delete()
        last = variant.edits.order_by("-number").values_list("number", flat=True).first()
        Edit.objects.create(
            variant=variant, number=1 + (last or 0), edit=dict(change), by=acting, at=timezone.now()
        )
        grouping(variant)
        _follow(row, variant, acting, "edit", dict(change))
    return variant


def undo(*, acting: User, scheme: int, number: int) -> None:
    """Undo the last edit that stands.

    Raises:
        UnableToUndo: none stands.
    """
    _turn(acting, scheme, number, undone=False)


def redo(*, acting: User, scheme: int, number: int) -> None:
    """Do again the edit undone last.

    Raises:
        UnableToUndo: none was undone.
    """
    _turn(acting, scheme, number, undone=True)


def _turn(acting: User, scheme: int, number: int, *, undone: bool) -> None:
    with transaction.atomic():
        row = held(scheme)
        variant = row.variants.get(number=number)
        edits = variant.edits.filter(undone=undone)
        turned = edits.order_by("number" if undone else "-number").first()
        if turned is None:
            vi, en = ("làm lại", "do again") if undone else ("hoàn tác", "undo")
            raise UnableToUndo(f"Không còn gì để {vi}.", f"There is nothing left to {en}.")
        Edit.objects.filter(pk=turned.pk).update(undone=not undone)
        _follow(row, variant, acting, "redo" if undone else "undo", turned.edit)


def _follow(scheme: Scheme, variant: Variant, acting: User, verb: str, change: object) -> None:
    """The placements of the chosen variant are made for its groups: they go with them."""
    if scheme.chosen_id == variant.pk:
        Scheme.objects.filter(pk=scheme.pk).update(placements={})
    after = {"variant": variant.number, "edit": change}
    audit.write(acting=acting, verb=verb, what=scheme, after=after, place=scheme.place)
