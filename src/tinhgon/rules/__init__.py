"""The dated law as data (`vn/*.yaml`) and the criteria over it."""

from tinhgon.rules.communes import commune_finding, merged_commune_finding
from tinhgon.rules.findings import Band, Finding, Obligation
from tinhgon.rules.models import ModelStatus, model_status
from tinhgon.rules.organs import deputies_finding, group_average_finding, unit_size_finding
from tinhgon.rules.parameters import Parameter, Period
from tinhgon.rules.posts import (
    Allowance,
    commune_allowance,
    commune_posts_finding,
    extra_part_time_posts,
    village_allowance,
    village_posts_finding,
)
from tinhgon.rules.regions import region_of
from tinhgon.rules.rulebook import Rulebook, UnableToFindRule, UnableToLoadRules
from tinhgon.rules.villages import village_finding

__all__ = [
    "Allowance",
    "Band",
    "Finding",
    "ModelStatus",
    "Obligation",
    "Parameter",
    "Period",
    "Rulebook",
    "UnableToFindRule",
    "UnableToLoadRules",
    "commune_allowance",
    "commune_finding",
    "commune_posts_finding",
    "deputies_finding",
    "extra_part_time_posts",
    "group_average_finding",
    "merged_commune_finding",
    "model_status",
    "region_of",
    "unit_size_finding",
    "village_allowance",
    "village_finding",
    "village_posts_finding",
]
