"""What bringing in and taking out adds to the rail."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tinhgon_web.core.asof import Request
from tinhgon_web.core.rail import Entry
from tinhgon_web.core.rights import Right


def _may_edit(request: HttpRequest) -> bool:
    return cast(Request, request).rights.may(Right.EDIT)


def _reads_everything(request: HttpRequest) -> bool:
    rights = cast(Request, request).rights
    return rights.may(Right.READ) and rights.places() is None


ENTRIES = [
    Entry("imports:list", _("Import from Excel"), "upload", 92, may=_may_edit),
    Entry(
        "exports:register", _("Take the register out"), "download", 93, may=_reads_everything, palette=True
    ),
]
