"""Writing programmes and targets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.figures import CATALOGUE
from tinhgon_web.core import audit
from tinhgon_web.core.models import User
from tinhgon_web.documents.models import Document
from tinhgon_web.work.models import Programme, Target

FIELDS = ("indicator", "place", "base", "value", "direction", "due_on", "clause")


class UnableToLoadProgrammes(ValueError):
    """A file of programmes names what is not there, or sets no value."""

    def __init__(self, path: Path, programme: str, why: str) -> None:
        super().__init__(f"{path}, programme '{programme}': {why}")
        self.path, self.programme, self.why = path, programme, why


class UnableToSetTarget(ValueError):
    """A programme or target that may not be: there already, or lying on the wrong side of its base."""


def add_programme(*, acting: User, document: str, starts_on: dt.date) -> Programme:
    """Make a document a programme, with one audit line.

    Raises:
        UnableToSetTarget: it is one already.
    """
    with transaction.atomic():
        programme, made = Programme.objects.get_or_create(
            document_id=document, defaults={"starts_on": starts_on}
        )
        if not made:
            raise UnableToSetTarget(_("This document is a programme already."))
        after = {"starts_on": starts_on.isoformat()}
        audit.write(acting=acting, verb="create", what=programme, after=after)
    return programme


def publish_programme(*, acting: User, programme: Programme, published: bool) -> Programme:
    """Show a programme to the public, or no longer, with one audit line; nothing where it is so already."""
    with transaction.atomic():
        held = Programme.objects.select_for_update().get(pk=programme.pk)
        if held.published != published:
            before, held.published = held.published, published
            held.save(update_fields=["published"])
            audit.write(
                acting=acting,
                verb="publish",
                what=held,
                before={"published": before},
                after={"published": published},
            )
    return held


def set_target(*, acting: User, target: Target, fields: Mapping[str, Any]) -> Target:
    """Write a target's fields, of a new one or one that is there, with one audit line.

    Raises:
        UnableToSetTarget: the programme has such a target, or the value lies on the wrong side of the base.
    """
    with transaction.atomic():
        before = told(target) if target.pk else None
        for name in FIELDS:
            setattr(target, name, fields[name])
        _check(target)
        target.save()
        verb = "create" if before is None else "change"
        written = {"before": _plain(before), "after": _plain(told(target))}
        audit.write(acting=acting, verb=verb, what=target, place=target.place, **written)
    return target


def _check(target: Target) -> None:
    below = target.value <= target.base
    if below != (target.direction == Target.Direction.AT_MOST) and target.value != target.base:
        raise UnableToSetTarget(
            _("A value that must be at most the target starts above it; one that must be at least it, below.")
        )
    same = Target.objects.filter(
        programme=target.programme, indicator=target.indicator, place=target.place, due_on=target.due_on
    )
    if same.exclude(pk=target.pk).exists():
        raise UnableToSetTarget(_("The programme has a target of this indicator, place and day."))


def remove_target(*, acting: User, target: Target) -> None:
    """Take a target away, with one audit line."""
    with transaction.atomic():
        audit.write(
            acting=acting, verb="delete", what=target, before=_plain(told(target)), place=target.place
        )
        target.delete()


def told(target: Target) -> dict[str, Any]:
    """A target's fields, as a form shows them."""
    return {name: getattr(target, name) for name in FIELDS}


def _plain(fields: Mapping[str, Any] | None) -> dict[str, str] | None:
    return None if fields is None else {name: str(value) for name, value in fields.items()}


def load_programmes(*, path: Path) -> int:
    """Make the programmes of a file and their targets what the file says; returns how many targets it sets.

    Raises:
        UnableToLoadProgrammes: a document or indicator is unknown, or a target has not exactly one value.
    """
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    synthetic = bool(read.get("synthetic"))
    made = 0
    with transaction.atomic():
        for programme in read["programmes"]:
            made += _load(path, programme, synthetic)
    return made


def _load(path: Path, read: Mapping[str, Any], synthetic: bool) -> int:
    document = str(read["document"])
    if not Document.objects.filter(id=document).exists():
        raise UnableToLoadProgrammes(path, document, "no such document; load the register first")
    programme, _made = Programme.objects.update_or_create(
        document_id=document, defaults={"starts_on": read["starts_on"]}
    )
    rows = [
        _target(path, programme, position, place, target, synthetic)
        for position, (place, target) in enumerate(_listed(read))
    ]
    programme.targets.all().delete()
    Target.objects.bulk_create(rows)
    return len(rows)


def _listed(read: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for place, targets in {"": read.get("targets", []), **read.get("places", {})}.items():
        for target in targets:
            yield place, target


def _target(
    path: Path, programme: Programme, position: int, place: str, read: Mapping[str, Any], synthetic: bool
) -> Target:
    given = [direction for direction in Target.Direction.values if direction in read]
    if (
        len(given) != 1
        or read.get("indicator") not in CATALOGUE
        or not isinstance(read.get("due_on"), dt.date)
    ):
        why = f"target {dict(read)} needs a known indicator, a due day, and one of at_most and at_least"
        raise UnableToLoadProgrammes(path, programme.document_id, why)
    return Target(
        programme=programme,
        position=position,
        indicator=read["indicator"],
        place=place,
        base=read.get("base", 0),
        value=read[given[0]],
        direction=given[0],
        due_on=read["due_on"],
        clause=read.get("clause", ""),
        synthetic=synthetic,
    )
