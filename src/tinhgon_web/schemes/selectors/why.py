""" "Why not A with B?": the best plan in which they are joined (or kept apart), held against this one."""

from __future__ import annotations

import json

import attrs
from django.utils.translation import get_language

from tinhgon.refusal import Refusal
from tinhgon_web.schemes import planning
from tinhgon_web.schemes.models import Scheme, Variant
from tinhgon_web.schemes.selectors.variants import grouping, plan_of, register_for


class UnableToAnswer(Refusal, ValueError):
    """The two units are the same, or not both in the scheme."""


@attrs.frozen(slots=True)
class Answer:
    """What the other plan changes, in words, with the groups it would make; `take` takes it over."""

    names: tuple[str, str]
    together: bool
    told: str
    more: list[tuple[str, float]]
    is_same: bool
    explained: tuple[str, str]
    units: str
    groups: str


def answer(scheme: Scheme, variant: Variant, one: str, other: str) -> Answer:
    """Answer for two units; where they are together already, for keeping them apart.

    Raises:
        UnableToAnswer: they are one unit, or not in the scheme.
        Refusal: no lawful plan honours it, as the planner says.
    """
    from tinhgon.planner.by_hand import from_groups

    register, head = register_for(scheme)
    plan = plan_of(scheme, variant.base or variant, register, head)
    ids = plan.posed.problem.ids
    if one == other or one not in ids or other not in ids:
        raise UnableToAnswer(
            "Chọn hai đơn vị khác nhau của đề án.", "Choose two different units of the scheme."
        )
    groups = grouping(variant)
    here = from_groups(plan, [group.members for group in groups.groups]).plan
    labels = here.solution.labels
    together = labels[ids.index(one)] == labels[ids.index(other)]
    pair = [(one, other)]
    there = plan.what_if(forbidden=pair) if together else plan.what_if(forced=pair)
    difference = here.compare(there)
    language = "vi" if get_language() == "vi" else "en"
    moved = set(difference.moved)
    after = planning.grouping_of(there)
    touched = {unit for group in after.groups if moved & set(group.members) for unit in group.members} | moved
    return Answer(
        names=(register.units[one].name(scheme.on), register.units[other].name(scheme.on)),
        together=bool(together),
        told=difference.text(language),
        more=[(one.name, one.more) for one in difference.objectives if one.more],
        is_same=difference.same,
        explained=(here.explain(one, language), there.explain(one, language)),
        units=json.dumps(sorted(touched)),
        groups=json.dumps([item for item in after.to_json() if touched & set(item["members"])]),
    )
