"""Where is my village now: names of any time, typed any way, to the units of any day."""

from __future__ import annotations

from tinhgon.lookup.converting import Conversion, Converter, Part
from tinhgon.lookup.finding import Finder, Found
from tinhgon.lookup.gazetteer import Gazetteer, Name

__all__ = ["Conversion", "Converter", "Finder", "Found", "Gazetteer", "Name", "Part"]
