"""What a reorganisation changes for those who live there: what the law says, and whether its text was checked."""

from __future__ import annotations

import datetime as dt

import attrs
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhgon.citations import Citation

SINCE = dt.date(2023, 7, 12)
"""The day the first of these texts was signed; what acts before it changed is told by their own documents."""


@attrs.frozen(slots=True)
class Note:
    """One thing that changes or does not; `verified`: the law's own text was read, not a report of it."""

    says: str | Promise
    citations: tuple[Citation, ...]
    verified: bool


_TEXTS = (Citation("35/2023/UBTVQH15", "Điều 21"), Citation("190/2025/QH15", "Điều 10"))
NOTES = (
    Note(
        _("Papers issued before stay valid until the day they expire; nobody has to exchange them."),
        _TEXTS,
        False,
    ),
    Note(
        _("Whoever wants new papers because the name or border has changed pays no fee for the exchange."),
        _TEXTS,
        False,
    ),
)
