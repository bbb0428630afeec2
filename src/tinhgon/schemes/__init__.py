"""Schemes: which units become one, edits to that by hand, the acts it takes, what it frees and what it leaves over."""

from tinhgon.schemes.acts import Decision, Placements, acts_of, default_placements
from tinhgon.schemes.changes import Change, changes_since, snapshot
from tinhgon.schemes.edits import UnableToEdit, apply_edits
from tinhgon.schemes.effects import Effects, effects_of
from tinhgon.schemes.grouping import Group, Grouping, UnableToReadGrouping
from tinhgon.schemes.names import NameFault, name_faults

__all__ = [
    "Change",
    "Decision",
    "Effects",
    "Group",
    "Grouping",
    "NameFault",
    "Placements",
    "UnableToEdit",
    "UnableToReadGrouping",
    "acts_of",
    "apply_edits",
    "changes_since",
    "default_placements",
    "effects_of",
    "name_faults",
    "snapshot",
]
