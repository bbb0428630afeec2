"""Writing the journal and its projection. `record` is the only way the web writes what happened."""

from __future__ import annotations

from tinhgon_web.apparatus.services.loading import (
    Loaded,
    UnableToLoadPeople,
    UnableToLoadRegister,
    load_people,
    load_register,
)
from tinhgon_web.apparatus.services.projecting import Difference, check_apparatus, rebuild_apparatus
from tinhgon_web.apparatus.services.recording import (
    Made,
    Recorded,
    UnableToRecordUnseen,
    as_if,
    record,
    sent,
    unseen,
)

__all__ = [
    "Difference",
    "Loaded",
    "Made",
    "Recorded",
    "UnableToLoadPeople",
    "UnableToLoadRegister",
    "UnableToRecordUnseen",
    "as_if",
    "check_apparatus",
    "load_people",
    "load_register",
    "rebuild_apparatus",
    "record",
    "sent",
    "unseen",
]
