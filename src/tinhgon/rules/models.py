"""Models of concurrent posts (kiêm nhiệm, nhất thể hóa): what the law made of each, and when."""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias, cast

import attrs

from tinhgon.citations import Citation
from tinhgon.rules.findings import cited
from tinhgon.rules.rulebook import Rulebook

Status: TypeAlias = Literal["none", "pilot", "encouraged", "mandatory", "suspended", "ended"]


@attrs.frozen(slots=True)
class ModelStatus:
    """The legal status of a model on a day; "none" where no document is known to provide for it."""

    model: str
    status: Status
    citations: tuple[Citation, ...]
    verified: bool


def model_status(model: str, on: dt.date, *, rulebook: Rulebook) -> ModelStatus:
    """Give the status of a model on a day; a model the rulebook does not know raises `UnableToFindRule`."""
    found = rulebook.find("concurrent_model", on, model=model)
    citations, verified = cited(found)
    return ModelStatus(model, cast(Status, found.value) if found else "none", citations, verified)
