"""Everything a scheme's own page shows."""

from __future__ import annotations

import datetime as dt

import attrs

from tinhgon.refusal import Refusal
from tinhgon.schemes import Change, changes_since
from tinhgon_web.core import asof
from tinhgon_web.core.models import Job
from tinhgon_web.core.rights import Rights
from tinhgon_web.schemes import planning
from tinhgon_web.schemes.models import Scheme, SpecificFactor, Variant
from tinhgon_web.schemes.selectors import shortage
from tinhgon_web.schemes.selectors.course import Standing, standing
from tinhgon_web.schemes.selectors.variants import Judged, judge, register_for


@attrs.frozen(slots=True)
class Card:
    """A variant in the list; `refusal` says why it can no longer be judged."""

    row: Variant
    judged: Judged | None
    refusal: Refusal | None
    is_chosen: bool


@attrs.frozen(slots=True)
class SchemePage:
    """A scheme: where it is, who falls short, the variants, the runs under way, what changed since it set out."""

    row: Scheme
    place: str
    standing: Standing
    bands: list[shortage.Band]
    cards: list[Card]
    running: list[Job]
    changes: list[Change]
    units: dict[str, str]

    @property
    def chosen(self) -> Card | None:
        """The variant chosen."""
        return next((card for card in self.cards if card.is_chosen), None)


def unit_names(scheme: Scheme) -> dict[str, str]:
    """Id -> name of the units a scheme is about."""
    register, _head = register_for(scheme)
    ids = planning.units_in(register, scheme.kind, scheme.place, scheme.on)
    return {id_: register.units[id_].name(scheme.on) for id_ in ids}


def card(scheme: Scheme, variant: Variant) -> Card:
    """A variant, judged as it stands where it can be."""
    chosen = scheme.chosen_id == variant.pk
    try:
        return Card(variant, judge(scheme, variant), None, chosen)
    except Refusal as refusal:
        return Card(variant, None, refusal, chosen)


def page(scheme: Scheme, today: dt.date, rights: Rights, user: int) -> SchemePage:
    """Read a scheme's page."""
    register, _head = register_for(scheme)
    factors = {row.unit: row for row in scheme.factors.defer("evidence").select_related("by")}
    variants = scheme.variants.select_related("base", "created_by").prefetch_related("edits")
    running = Job.objects.filter(
        kind="schemes.plan", state__in=[Job.State.WAITING, Job.State.RUNNING], args__scheme=scheme.pk
    )
    return SchemePage(
        row=scheme,
        place=register.units[scheme.place].name(scheme.on),
        standing=standing(scheme, register, today, rights, user),
        bands=shortage.bands(register, scheme.kind, scheme.place, scheme.on, factors),
        cards=[card(scheme, variant) for variant in variants],
        running=list(running),
        changes=stale(scheme),
        units=unit_names(scheme),
    )


def stale(scheme: Scheme) -> list[Change]:
    """What the units of a scheme under way are today and were not when it was drafted."""
    if scheme.state != Scheme.State.UNDER_WAY:
        return []
    register, _head = register_for(scheme)
    return changes_since(register, scheme.pictures, max(scheme.on, asof.today()))


def reasons() -> list[str]:
    """The codes of the reasons for an exception."""
    return SpecificFactor.Reason.values
