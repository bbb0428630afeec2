"""Grids of units with drawn residents (synthetic), large enough for every step of the max-p form."""

from __future__ import annotations

import numpy as np
from cases import problem_of

from tinhgon.planner.problem import Problem


def grid(width: int, height: int, *, seed: int, threshold: float) -> Problem:
    """Units in rows, neighbours left, right, above and below, with 1 to 20 residents each."""
    residents = np.random.default_rng(seed).integers(1, 21, width * height).astype(float)
    at = np.arange(width * height).reshape(height, width)
    beside = np.column_stack([at[:, :-1].ravel(), at[:, 1:].ravel()])
    above = np.column_stack([at[:-1].ravel(), at[1:].ravel()])
    edges = [(a, b) for a, b in np.concatenate([beside, above]).tolist()]
    return problem_of(residents[:, None].tolist(), edges, [[threshold]])
