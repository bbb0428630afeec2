"""What a version of a scheme proposes, whatever became of it since: what people were asked about stays as it was."""

from __future__ import annotations

import attrs

from tinhgon.schemes import Effects, Grouping, Placements, effects_of
from tinhgon_web.schemes import planning
from tinhgon_web.schemes.law import rulebook
from tinhgon_web.schemes.models import Scheme
from tinhgon_web.schemes.selectors.variant import Layout, layout
from tinhgon_web.schemes.selectors.variants import grouping, laid_over, register_for


@attrs.frozen(slots=True)
class Proposal:
    """A version of a scheme: laid out, and what it does."""

    scheme: Scheme
    layout: Layout
    effects: Effects


def proposal(scheme: Scheme, version: int) -> Proposal | None:
    """A version on the register the scheme is looked at on; None where nothing was chosen in it.

    Raises:
        UnableToEdit: an edit does not fit the units any more.
    """
    found = _version(scheme, version)
    if found is None or not found[0].groups:
        return None
    register, _head = register_for(scheme)
    groups, placements = found[0], laid_over(found[1], register, found[0], scheme.on)
    units = len(planning.units_in(register, scheme.kind, scheme.place, scheme.on))
    effects = effects_of(register, groups, placements, scheme.on, rulebook(), units)
    return Proposal(scheme, layout(scheme, groups), effects)


def _version(scheme: Scheme, version: int) -> tuple[Grouping, Placements] | None:
    """The groups and what an officer placed: as they stand, or as they were kept when the scheme was sent back."""
    if version == scheme.version:
        chosen = scheme.chosen
        return (grouping(chosen), Placements.from_json(scheme.placements)) if chosen else None
    kept = scheme.versions.filter(version=version).first()
    return (Grouping.from_json(kept.groups), Placements.from_json(kept.placements)) if kept else None
