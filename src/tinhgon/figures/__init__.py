"""Indicators over a register: every figure with the events and documents it counts."""

from tinhgon.figures.catalogue import (
    CATALOGUE,
    REVIEW,
    UnableToFindIndicator,
    UnableToFindPlace,
    UnableToMeasureWindow,
    figures,
)
from tinhgon.figures.claims import ComparedClaim, compare_claims
from tinhgon.figures.figure import KIND_NAMES, Counted, Effects, Figure, Rate, percent
from tinhgon.figures.models import MODELS
from tinhgon.figures.organs import organ_findings
from tinhgon.figures.standards import UnitFinding, commune_findings, findings_of, village_findings

__all__ = [
    "CATALOGUE",
    "KIND_NAMES",
    "MODELS",
    "REVIEW",
    "ComparedClaim",
    "Counted",
    "Effects",
    "Figure",
    "Rate",
    "UnableToFindIndicator",
    "UnableToFindPlace",
    "UnableToMeasureWindow",
    "UnitFinding",
    "commune_findings",
    "compare_claims",
    "figures",
    "findings_of",
    "organ_findings",
    "percent",
    "village_findings",
]
