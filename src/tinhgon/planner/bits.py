"""Sets of up to 64 nodes as bit masks, for compiled code."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tinhgon.planner.compiled import compiled
from tinhgon.planner.problem import IntArray

MaskArray = npt.NDArray[np.uint64]

ONE = np.uint64(1)
NONE = np.uint64(0)


@compiled
def bit(i: int) -> np.uint64:
    """The set of node i alone."""
    return ONE << np.uint64(i)


@compiled
def lowest(mask: np.uint64) -> int:
    """The smallest node of a set that is not empty."""
    at = 0
    for width in (32, 16, 8, 4, 2, 1):
        if mask & ((ONE << np.uint64(width)) - ONE) == NONE:
            mask >>= np.uint64(width)
            at += width
    return at


@compiled
def row_masks(indptr: IntArray, indices: IntArray) -> MaskArray:
    """Compressed rows as one mask per node."""
    masks = np.zeros(len(indptr) - 1, dtype=np.uint64)
    for i in range(len(masks)):
        for at in range(indptr[i], indptr[i + 1]):
            masks[i] |= bit(indices[at])
    return masks


@compiled
def connected(mask: np.uint64, near: MaskArray) -> bool:
    """Whether the nodes of a set hang together."""
    reached = bit(lowest(mask))
    fresh = reached
    while fresh:
        i = lowest(fresh)
        fresh &= fresh - ONE
        new = near[i] & mask & ~reached
        reached |= new
        fresh |= new
    return bool(reached == mask)
