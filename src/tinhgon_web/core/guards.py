"""The audit is insert-only."""

from __future__ import annotations

from tinhgon_web.core import insert_only

install = insert_only.installer("core_auditline")
remove = insert_only.remove
