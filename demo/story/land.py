"""Synthetic land: a jittered grid shared out among communes, and each commune's squares among its villages.

Neighbours share whole sides, so polygons fit together without gaps. Only the communes' centres are real.
"""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence

from . import parameters

Square = tuple[int, int]
Ring = list[tuple[float, float]]
_SIDES = ((1, 0), (0, 1), (-1, 0), (0, -1))


def squares_around(centres: Iterable[tuple[float, float]]) -> set[Square]:
    """The squares within reach of some centre (latitude, longitude)."""
    step, reach = parameters.GRID_STEP, parameters.REACH
    span = math.ceil(reach / step)
    found: set[Square] = set()
    for latitude, longitude in centres:
        column, row = square_of(latitude, longitude)
        for dx in range(-span, span + 1):
            for dy in range(-span, span + 1):
                if math.hypot(dx, dy) * step <= reach:
                    found.add((column + dx, row + dy))
    return found


def square_of(latitude: float, longitude: float) -> Square:
    """The square (column, row) a place lies in."""
    return math.floor(longitude / parameters.GRID_STEP), math.floor(latitude / parameters.GRID_STEP)


def share_out(seeds: Sequence[Square], land: set[Square]) -> list[list[Square]]:
    """Grow a connected region from every seed over the land, each square to the nearest that reaches it."""
    regions: list[list[Square]] = [[] for _ in seeds]
    taken: set[Square] = set()
    queue = [(0.0, number, seed) for number, seed in enumerate(seeds)]
    heapq.heapify(queue)
    while queue:
        _, number, square = heapq.heappop(queue)
        if square in taken:
            continue
        taken.add(square)
        regions[number].append(square)
        for dx, dy in _SIDES:
            beside = (square[0] + dx, square[1] + dy)
            if beside in land and beside not in taken:
                away = math.dist(beside, seeds[number])
                heapq.heappush(queue, (away, number, beside))
    return regions


def spread_seeds(squares: Sequence[Square], count: int, rng: random.Random) -> list[Square]:
    """Squares spread over a region: each next one is far from those chosen, with some chance."""
    seeds = [rng.choice(squares)]
    while len(seeds) < count:
        candidates = [square for square in rng.sample(squares, min(len(squares), 24)) if square not in seeds]
        if candidates:
            seeds.append(max(candidates, key=lambda square: min(math.dist(square, seed) for seed in seeds)))
    return seeds


def neighbours(regions: Mapping[str, Iterable[Square]]) -> dict[str, list[str]]:
    """Which regions share a side, in order of their ids."""
    owner = {square: id_ for id_, squares in regions.items() for square in squares}
    found: dict[str, set[str]] = {id_: set() for id_ in regions}
    for (column, row), id_ in owner.items():
        for dx, dy in _SIDES:
            other = owner.get((column + dx, row + dy))
            if other is not None and other != id_:
                found[id_].add(other)
    return {id_: sorted(others) for id_, others in found.items()}


def outline(squares: Iterable[Square]) -> list[Ring]:
    """The rings of a region in degrees (longitude, latitude): the outer one first, then holes."""
    rings = [[_corner(*point) for point in ring] for ring in _rings(set(squares))]
    rings.sort(key=_signed_area, reverse=True)
    return [[*ring, ring[0]] for ring in rings]


def area_km2(rings: Sequence[Ring]) -> float:
    """The area inside rings from `outline`, holes taken off."""
    latitude = math.radians(rings[0][0][1])
    return round(sum(map(_signed_area, rings)) * 110.6 * 111.3 * math.cos(latitude), 2)


def _rings(squares: set[Square]) -> Iterator[list[Square]]:
    """Boundary rings as grid corners, the region to the left: outer rings run anticlockwise."""
    leaving: dict[Square, list[Square]] = {}
    for column, row in sorted(squares):
        corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
        for (dx, dy), start, end in zip(
            ((0, -1), (1, 0), (0, 1), (-1, 0)), corners, [*corners[1:], corners[0]], strict=True
        ):
            if (column + dx, row + dy) not in squares:
                leaving.setdefault(start, []).append(end)
    while leaving:
        start = next(iter(leaving))
        ring, here, came = [start], _leave(leaving, start, None), start
        while here != start:
            ring.append(here)
            here, came = _leave(leaving, here, came), here
        yield ring


def _leave(leaving: dict[Square, list[Square]], here: Square, came: Square | None) -> Square:
    """The next corner; where squares touch at a corner only, turn right, so that a ring never meets itself."""
    ends = leaving[here]
    index = 0
    if len(ends) > 1 and came is not None:
        dx, dy = here[0] - came[0], here[1] - came[1]
        right = (here[0] + dy, here[1] - dx)
        index = ends.index(right) if right in ends else 0
    end = ends.pop(index)
    if not ends:
        del leaving[here]
    return end


def _corner(column: int, row: int) -> tuple[float, float]:
    rng = random.Random(f"{parameters.SEED}/corner/{column}/{row}")
    shift = parameters.JITTER
    x, y = column + rng.uniform(-shift, shift), row + rng.uniform(-shift, shift)
    return round(x * parameters.GRID_STEP, 5), round(y * parameters.GRID_STEP, 5)


def _signed_area(ring: Ring) -> float:
    """Half the cross sum over a ring, closed or not; positive for anticlockwise."""
    following = [*ring[1:], ring[0]]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, following, strict=True)) / 2
