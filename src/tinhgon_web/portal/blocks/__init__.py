"""The blocks an article's body is made of."""

from __future__ import annotations

from tinhgon_web.portal.blocks.drawn import Chart, Map
from tinhgon_web.portal.blocks.figures import LiveFigure
from tinhgon_web.portal.blocks.media import Film, Gallery, Photo
from tinhgon_web.portal.blocks.words import Heading, Paper, Paragraphs, Quote, Table

BODY = [
    ("text", Paragraphs()),
    ("heading", Heading()),
    ("photo", Photo()),
    ("gallery", Gallery()),
    ("quote", Quote()),
    ("table", Table()),
    ("paper", Paper()),
    ("film", Film()),
    ("figure", LiveFigure()),
    ("map", Map()),
    ("chart", Chart()),
]

__all__ = ["BODY"]
