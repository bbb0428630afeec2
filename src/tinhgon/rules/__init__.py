"""The dated law as data (`vn/*.yaml`) and the criteria over it."""

from tinhgon.rules.communes import commune_finding, merged_commune_finding
from tinhgon.rules.findings import Band, Finding, Obligation
from tinhgon.rules.parameters import Parameter, Period
from tinhgon.rules.rulebook import Rulebook, UnableToFindRule, UnableToLoadRules
from tinhgon.rules.villages import village_finding

__all__ = [
    "Band",
    "Finding",
    "Obligation",
    "Parameter",
    "Period",
    "Rulebook",
    "UnableToFindRule",
    "UnableToLoadRules",
    "commune_finding",
    "merged_commune_finding",
    "village_finding",
]
