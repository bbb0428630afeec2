"""Every seed, date and count of the story, in one place.

The counts here say how many acts are arranged and how large they are. No figure is stored anywhere: figures are
what the engine counts in the journal.
"""

from __future__ import annotations

import datetime as dt

SEED = "dak-nong-2019"

BASELINE = dt.date(2015, 12, 31)
"""The day NQ 18 counts from; everything that was there then is taken into the register on it."""
WINDOW_FROM = dt.date(2018, 3, 8)
"""Programme 26-CTr/TU; an act of this very day is before the window."""
WINDOW_TO = dt.date(2019, 10, 9)
"""The review conference; an act of this very day is inside the window."""
SURVEY = dt.date(2018, 12, 31)
"""The day villages' households were counted for the schemes."""
CENSUS = dt.date(2019, 4, 1)
"""A later count of some villages."""

# --- the land (synthetic) -----------------------------------------------------------------------
GRID_STEP = 0.0075
"""Side of a square of land, degrees (about 0.8 km)."""
REACH = 0.076
"""How far a commune may reach from its centre, degrees; gives about 6,500 km² in all."""
JITTER = 0.3
"""How far corners are pushed off the grid, in sides of a square."""

# --- villages -----------------------------------------------------------------------------------
VILLAGES = 789
FEWEST_VILLAGES, MOST_VILLAGES = 5, 19
OBLIGED_PAIRS = 56
"""Schemes that join two villages below half of the standard."""
OBLIGED_TRIPLES = 4
"""Schemes that join three such villages."""
OBLIGED_WITH_NEIGHBOUR = 12
"""Schemes that join one such village with a larger neighbour."""
OBLIGED_WITHOUT_SCHEME = 35
"""Villages below half of the standard with a reason for exception, or still without a scheme."""
WITH_EXCEPTION = 24
WITHDRAWN_SCHEMES = 3
LATER_SCHEMES = 4
"""Schemes of November 2019, after the review; enacted from 1 February 2020."""
CENSUS_VILLAGES = 36
CENSUS_FELL_BELOW, CENSUS_ROSE_ABOVE = 3, 2
EXACTLY_HALF = 4
"""Villages with exactly half of the standard: not obliged ("below 50 %")."""
SECRETARY_IS_HEAD_SHARE = 0.17
"""Share of villages whose head is also secretary of the Party cell at the baseline."""

# --- part-time posts ----------------------------------------------------------------------------
VILLAGE_POSTS_CLOSED = 1880
VILLAGE_POSTS_OPENED = 5
COMMUNE_POSTS_CLOSED = 304
COMMUNE_POSTS_OPENED = 3
COMMUNE_CAPS = {"I": (22, 14), "II": (20, 12), "III": (19, 10)}
"""Class of commune -> most part-time posts under Decree 92/2009 and under Decree 34/2019."""

# --- provincial divisions -----------------------------------------------------------------------
DIVISIONS_CLOSED = 83
DIVISIONS_SPLIT_OFF = 2
LEADERS_CUT = 118
"""How far leaders of divisions are brought down; the placements in the acts are arranged to it."""
DEPUTY_POSTS_CLOSED = 9
RETIRED_ABOUT = 5
"""Retirements the sources report with "about"."""
LEADERS_APPOINTED = 4

# --- public service units -----------------------------------------------------------------------
SCHOOL_MERGERS = 8
SCHOOLS_SPLIT_OFF = 1
