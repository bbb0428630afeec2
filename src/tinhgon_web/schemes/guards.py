"""Moves, their papers and kept versions are insert-only."""

from __future__ import annotations

from tinhgon_web.core import insert_only

install = insert_only.installer("schemes_move", "schemes_keptversion")
install_on_papers = insert_only.installer("schemes_paper")
remove = insert_only.remove
