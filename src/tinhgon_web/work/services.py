"""Writing programmes and targets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from tinhgon.figures import CATALOGUE
from tinhgon_web.documents.models import Document
from tinhgon_web.work.models import Programme, Target


class UnableToLoadProgrammes(ValueError):
    """A file of programmes names what is not there, or sets no value."""

    def __init__(self, path: Path, programme: str, why: str) -> None:
        super().__init__(f"{path}, programme '{programme}': {why}")
        self.path, self.programme, self.why = path, programme, why


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
