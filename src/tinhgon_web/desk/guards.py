"""Histories are insert-only."""

from __future__ import annotations

from tinhgon_web.core import insert_only

HISTORIES = ("desk_commentstep", "desk_ticketstep")
install = insert_only.installer(*HISTORIES)
remove = insert_only.remove
