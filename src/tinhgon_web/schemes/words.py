"""What pages call states, reasons, bands, figures and changes of schemes."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, Promise] = {
    # kinds
    "kind:village": _("Villages and residential groups"),
    "kind:commune": _("Commune-level units"),
    # states
    "state:drafting": _("being drafted"),
    "state:under_way": _("under way"),
    "state:in_force": _("in force"),
    "state:annulled": _("annulled"),
    "state:withdrawn": _("withdrawn"),
    # bands
    "band:must": _("Must merge"),
    "band:may": _("May merge"),
    "band:meets": _("Meets the standard"),
    "band:unknown": _("No standard or no count known"),
    # reasons of exceptions
    "reason:ethnicity": _("Ethnic community"),
    "reason:belief": _("Belief, religion"),
    "reason:defence": _("Defence, security"),
    "reason:custom": _("Custom"),
    "reason:terrain": _("Divided terrain"),
    "reason:distance": _("Long distance"),
    "reason:resettlement": _("Land clearance or resettlement plan"),
    # figures
    "figure:units_after": _("Units after"),
    "figure:abolished": _("Units abolished"),
    "figure:violations": _("Still below the standard"),
    "figure:renamed": _("Residents whose unit is renamed"),
    "figure:leaders": _("Leaders' posts freed"),
    "figure:part_time": _("Part-time posts freed"),
    "figure:released": _("People to be placed"),
    "figure:saved": _("Allowance pool saved a month, VND"),
    "figure:saved_a_year": _("Allowance pool saved a year, VND"),
    "figure:premises": _("Premises left over"),
    # objectives of the planner
    "objective:violations": _("units below the standard"),
    "objective:abolished": _("units abolished"),
    "objective:renamed_residents": _("residents whose unit is renamed"),
    "objective:parts": _("units that meet the standard"),
    # what the planner minds, in its order
    "aim:violations": _("fewest units below the standard"),
    "aim:abolished": _("fewest units abolished"),
    "aim:renamed_residents": _("fewest residents whose unit is renamed"),
    "aim:parts": _("most units that meet the standard"),
    # what is asked of the planner
    "form:law": _("by the law"),
    "form:max-p": _("most units that meet the standard"),
    "form:max-p+renamed": _("most units that meet the standard"),
    "form:target": _("units in all:"),
    # origins
    "origin:planned": _("by the planner"),
    "origin:by_hand": _("by hand"),
    # maps
    "map:before": _("The units as they are"),
    "map:after": _("The units as the variant makes them"),
    # what changed of a unit
    "change:closed": _("no longer there"),
    "change:name": _("name"),
    "change:kind": _("kind"),
    "change:parent": _("unit above"),
    "change:households": _("households"),
    "change:population": _("residents"),
    "change:area_km2": _("area"),
    # left over
    "sort:person": _("People"),
    "sort:organ": _("Organisations of the units that ceased"),
    "sort:premises": _("Premises"),
    "sort:records": _("Records"),
    "status:open": _("not begun"),
    "status:under_way": _("under way"),
    "status:done": _("done"),
    # measures
    "measure:households": _("households"),
    "measure:population": _("residents"),
}


def name(code: str) -> str:
    """What pages call something; a code nobody named is shown as it is."""
    return str(NAMES.get(code, code.partition(":")[2]))
