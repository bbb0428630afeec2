"""Packing by a sweep: dynamic programming across the map, pruned by prices, which finds a packing or rules it out.

Prices leave every packing a slack: what its sets cost beyond their worth, and the prices of the nodes left out. A
packing within a limit of slack is put together place by place: the first place not yet decided is left out, or a set
is taken that begins there. Ways that hold the same places ahead are one state, the cheapest stays (a broken-profile
DP; as a decision diagram: Bergman, Cire, van Hoeve and Hooker 2016). Few states are within the limit, because the
relaxation of a packing is tight. Where there are more than wanted, the dearest are dropped: then the sweep is a beam
that finds good packings, and what it dropped is told, so that it never claims more than it has shown.

A sweep from the other end bounds what is still to come, which leaves far fewer states to the next one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tinhgon.planner.bits import NONE, ONE, MaskArray
from tinhgon.planner.compiled import compiled
from tinhgon.planner.maxp.minimal import CostArray, IntArray

NOWHERE = 2**62  # slack of what does not exist
TAKEN, LEFT_OUT = -1, -2  # choices at a place other than a set: held by an earlier set, or in none
WORD = 64


class Deck(NamedTuple):
    """Sets in the order of the sweep, cheapest first among those that begin at a place; n places, s sets."""

    starts: CostArray  # (n + 1,) first set that begins at each place
    masks: MaskArray  # (s, words) the places of a set; bit 0 is where it begins
    slack: CostArray  # (s,)
    idle: CostArray  # (n,) what it costs to leave a place out
    ends: CostArray  # (n,) the place after the last one of any set that begins here or before
    wanted: int  # how many sets exactly are to be taken; 0: as many as may be


class Layer(NamedTuple):
    """States before a place: the places held from there on, by what slack, and how each was come to."""

    masks: MaskArray  # (room, words + 1); the last word counts the sets taken, if a number of them is wanted
    slack: CostArray  # (room,)
    before: IntArray  # (room,) the state of the layer before
    choice: IntArray  # (room,)
    used: CostArray  # (1,)
    dropped: CostArray  # (1,) the least slack that was dropped
    table: IntArray  # states by their mask (linear probing)


class Swept(NamedTuple):
    """What a sweep has shown."""

    chosen: CostArray  # sets of the cheapest packing found; none if `slack` is NOWHERE
    slack: int  # of that packing
    unseen: int  # a packing not looked at has at least this slack
    least: CostArray  # (n + 1,) a packing within the limit has spent so much before each place
    steps: int  # states and sets looked at


@compiled
def layer_for(room: int, words: int) -> Layer:
    """An empty layer."""
    size = 1
    while size < 2 * room:
        size *= 2
    return Layer(
        np.zeros((room, words), np.uint64), np.zeros(room, np.int64), np.zeros(room, np.int32),
        np.zeros(room, np.int32), np.zeros(1, np.int64), np.full(1, NOWHERE), np.full(size, -1, np.int32),
    )  # fmt: skip


@compiled
def clear(layer: Layer) -> None:
    """Forget all states."""
    layer.used[0] = 0
    layer.dropped[0] = NOWHERE
    layer.table[:] = -1


@compiled
def slot_of(layer: Layer, mask: MaskArray) -> int:
    """Where in the table the mask is, or would be."""
    key = np.uint64(0xCBF29CE484222325)
    for word in mask:
        key = (key ^ word) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
    last = np.uint64(len(layer.table) - 1)
    slot = key & last
    while layer.table[slot] >= 0 and not same(layer.masks[layer.table[slot]], mask):
        slot = (slot + ONE) & last
    return int(slot)


@compiled
def same(one: MaskArray, other: MaskArray) -> bool:
    """Whether two masks are equal."""
    difference = NONE
    for word in range(len(one)):
        difference |= one[word] ^ other[word]
    return bool(difference == NONE)


@compiled
def reach(layer: Layer, mask: MaskArray, slack: int, before: int, choice: int) -> None:
    """Come to a state, if it is new or this way is cheaper."""
    if slack >= layer.dropped[0]:
        return
    if layer.used[0] == len(layer.slack):
        thin(layer, len(layer.slack) // 2)
    slot = slot_of(layer, mask)
    state = np.int64(layer.table[slot])
    if state < 0:
        state = layer.used[0]
        layer.used[0] += 1
        layer.table[slot] = state
        layer.masks[state] = mask
        layer.slack[state] = NOWHERE
    if slack < layer.slack[state]:
        layer.slack[state], layer.before[state], layer.choice[state] = slack, before, choice


@compiled
def thin(layer: Layer, most: int) -> None:
    """Drop the dearest states."""
    used = layer.used[0]
    order = np.argsort(layer.slack[:used], kind="mergesort")
    layer.dropped[0] = min(layer.dropped[0], layer.slack[order[most]])
    kept = np.sort(order[:most])
    layer.used[0] = most
    layer.table[:] = -1
    for new in range(most):
        old = kept[new]
        layer.masks[new] = layer.masks[old]
        layer.slack[new] = layer.slack[old]
        layer.before[new], layer.choice[new] = layer.before[old], layer.choice[old]
        layer.table[slot_of(layer, layer.masks[new])] = new


@compiled
def shift(mask: MaskArray) -> None:
    """On to the next place, in place."""
    last = len(mask) - 2
    for word in range(last):
        mask[word] = (mask[word] >> ONE) | (mask[word + 1] << np.uint64(WORD - 1))
    mask[last] >>= ONE


@compiled
def length(mask: MaskArray) -> int:
    """One more than the highest place held; 0 if none is."""
    for word in range(len(mask) - 2, -1, -1):
        if mask[word] != NONE:
            bits, at = mask[word], 0
            for width in (32, 16, 8, 4, 2, 1):
                if bits >> np.uint64(width):
                    bits >>= np.uint64(width)
                    at += width
            return word * WORD + at + 1
    return 0


@compiled
def free(deck: Deck, s: int, held: MaskArray) -> bool:
    """Whether a set holds no place that is held."""
    common = NONE
    for word in range(deck.masks.shape[1]):
        common |= deck.masks[s, word] & held[word]
    return bool(common == NONE)


@compiled
def take(deck: Deck, s: int, held: MaskArray, mask: MaskArray) -> None:
    """The mask of a state after it takes the set."""
    words = deck.masks.shape[1]
    for word in range(words):
        mask[word] = deck.masks[s, word] | held[word]
    mask[words] = held[words] + (ONE if deck.wanted else NONE)
    shift(mask)


@compiled
def hopeful(slack: int, mask: MaskArray, place: int, limit: int, rest: CostArray) -> bool:
    """Whether a state may end within the limit: what lies beyond all places held is still to be spent."""
    if slack + rest[place] <= limit:
        return True
    return bool(slack + rest[min(len(rest) - 1, place + length(mask))] <= limit)


@compiled
def advance(deck: Deck, place: int, here: Layer, there: Layer, limit: int, rest: CostArray) -> int:
    """Decide a place in every state before it; returns how many states and sets were looked at."""
    mask, steps = np.zeros(here.masks.shape[1], np.uint64), 0
    ceiling = limit - rest[deck.ends[place]]  # whatever is held, that much is still to come
    for state in range(here.used[0]):
        slack, held = here.slack[state], here.masks[state]
        steps += 1
        mask[:] = held
        shift(mask)
        if held[0] & ONE:
            reach(there, mask, slack, state, TAKEN)
            continue
        if hopeful(slack + deck.idle[place], mask, place + 1, limit, rest):
            reach(there, mask, slack + deck.idle[place], state, LEFT_OUT)
        for s in range(deck.starts[place], deck.starts[place + 1]):
            total = slack + deck.slack[s]
            if total > ceiling or total >= there.dropped[0]:
                break
            steps += 1
            if free(deck, s, held):
                take(deck, s, held, mask)
                if hopeful(total, mask, place + 1, limit, rest):
                    reach(there, mask, total, state, s)
    return steps


@compiled
def sweep(deck: Deck, limit: int, rest: CostArray, most: int, purse: int) -> Swept:
    """The cheapest packing within the limit, with at most so many states before any place, in so many steps.

    `rest` (n + 1,) is what a packing within the limit spends at the least from each place on.
    """
    n, words = len(deck.idle), deck.masks.shape[1] + 1
    here, there = layer_for(2 * most, words), layer_for(2 * most, words)
    here.used[0] = 1
    before, choice = np.zeros(1024, np.int32), np.zeros(1024, np.int32)
    ends, least = np.zeros(n + 1, np.int64), np.zeros(n + 1, np.int64)
    dropped = unseen = NOWHERE
    steps = 0
    for place in range(n):
        if steps > purse:
            return Swept(np.zeros(0, np.int64), NOWHERE, 0, np.maximum(least, least[place]), steps)
        clear(there)
        steps += advance(deck, place, here, there, limit, rest)
        if there.used[0] > most:
            thin(there, most)
        used, here, there = there.used[0], there, here
        end = ends[place] + used
        while end > len(before):
            before, choice = np.concatenate((before, before)), np.concatenate((choice, choice))
        before[ends[place] : end], choice[ends[place] : end] = here.before[:used], here.choice[:used]
        ends[place + 1] = end
        dropped = min(dropped, here.dropped[0])
        unseen = min(unseen, here.dropped[0] + rest[deck.ends[place]])
        least[place + 1] = max(least[place], min(dropped, here.slack[:used].min() if used else NOWHERE))
    last = best_end(deck, here)
    if last < 0:
        return Swept(np.zeros(0, np.int64), NOWHERE, unseen, least, steps)
    return Swept(way_back(before, choice, ends, last), here.slack[last], unseen, least, steps)


@compiled
def best_end(deck: Deck, here: Layer) -> int:
    """The cheapest state after the last place, of those with the number of sets wanted; -1 if there is none."""
    best = -1
    for state in range(here.used[0]):
        fits = here.masks[state, -1] == np.uint64(deck.wanted)
        if fits and (best < 0 or here.slack[state] < here.slack[best]):
            best = state
    return best


@compiled
def way_back(before: IntArray, choice: IntArray, ends: CostArray, state: int) -> CostArray:
    """The sets on the way to a state after the last place."""
    found = [0 for _ in range(0)]
    for place in range(len(ends) - 2, -1, -1):
        at = ends[place] + state
        if choice[at] >= 0:
            found.append(int(choice[at]))
        state = before[at]
    return np.array(found[::-1], dtype=np.int64)
