"""Numbers that somebody reported, held against the computed ones: the difference is shown, never smoothed."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from tinhgon.citations import Citation
from tinhgon.figures.catalogue import CATALOGUE, figures
from tinhgon.figures.figure import Figure
from tinhgon.registry.events import ClaimMade, Number
from tinhgon.registry.state import Register
from tinhgon.rules import Rulebook


@attrs.frozen(slots=True)
class ComparedClaim:
    """A claim, who made it, the computed figure over the claim's own window, and claimed less computed."""

    seq: int
    claim: ClaimMade
    figure: Figure | None
    difference: Number | None

    @property
    def source(self) -> Citation:
        """The document that reports the number."""
        return self.claim.citation

    @property
    def agrees(self) -> bool:
        """Whether the reported number equals the computed one."""
        return self.difference == 0


def compare_claims(
    register: Register, rulebook: Rulebook, codes: Iterable[str] | None = None
) -> list[ComparedClaim]:
    """Every claim of the register (of some indicators) with its computed figure; None for unknown indicators."""
    wanted = None if codes is None else frozenset(codes)
    return [
        _compare(register, rulebook, seq, claim)
        for seq, claim in register.claims.items()
        if wanted is None or claim.indicator in wanted
    ]


def _compare(register: Register, rulebook: Rulebook, seq: int, claim: ClaimMade) -> ComparedClaim:
    if claim.indicator not in CATALOGUE:
        return ComparedClaim(seq, claim, None, None)
    [figure] = figures(register, rulebook, claim.start, claim.end, [claim.indicator])
    difference = None if figure.value is None else round(claim.value - figure.value, 6)
    return ComparedClaim(seq, claim, figure, difference)
