"""`manage.py draw_icons`: draw the site's mark as the pictures that telephones and desktops ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

_FOLDER = Path(__file__).parents[2] / "static" / "core"
ICONS = {"icon-192.png": (192, False), "icon-512.png": (512, False), "icon-maskable-512.png": (512, True)}
"""Name -> pixels, and whether its edges may be cut off to any shape."""


class Command(BaseCommand):
    """Draw mark.svg anew; to be run, and what it writes committed, when the mark changes."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the pictures beside the mark."""
        mark = (_FOLDER / "mark.svg").read_text(encoding="utf-8")
        for name, (pixels, is_maskable) in ICONS.items():
            (_FOLDER / name).write_bytes(drawn(_bled(mark) if is_maskable else mark, pixels))


def _bled(mark: str) -> str:
    """The mark with its ground drawn out to the edges, so that it stands in the middle four fifths."""
    wider = mark.replace('viewBox="0 0 28 28"', 'viewBox="-4 -4 36 36"')
    return wider.replace('width="28" height="28" rx="6"', 'x="-4" y="-4" width="36" height="36"')


def drawn(svg: str, pixels: int) -> bytes:
    """A square drawing as PNG."""
    import typst

    page = f"#set page(width: {pixels}pt, height: {pixels}pt, margin: 0pt, fill: none)\n"
    page += '#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    made = typst.compile(page.encode(), format="png", ppi=72.0, sys_inputs={"svg": svg})
    assert isinstance(made, bytes), "one page"
    return made
